"""Parts of an address, as GTM's URL variables give them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from tagkit.replay.coercion import UNDEFINED, UNKNOWN

if TYPE_CHECKING:
    from tagkit.replay.coercion import Value

_PORTS = {"http": "80", "https": "443"}


def part_of(url: str, part: str, key: str) -> Value:
    """The part of an address; UNKNOWN when the recording has none, undefined when it is no URL."""
    if not url:
        return UNKNOWN
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return UNDEFINED
    if not split.scheme or not split.hostname:
        return UNDEFINED
    match part:
        case "full":
            whole = url.partition("#")[0]
            return whole.replace(split.netloc, split.netloc.lower(), 1)
        case "protocol":
            return split.scheme
        case "host":
            return split.hostname
        case "port":
            return str(port) if port else _PORTS.get(split.scheme, "")
        case "path":
            return split.path or "/"
        case "extension":
            file = split.path.rpartition("/")[2]
            return file.rpartition(".")[2] if "." in file else ""
        case "fragment":
            return split.fragment
    return _query(split, key)


def _query(split: SplitResult, key: str) -> Value:
    if not key:
        return split.query
    for pair in split.query.split("&"):
        name, _, value = pair.partition("=")
        if unquote(name.replace("+", " ")) == key:
            return unquote(value.replace("+", " "))
    return UNDEFINED
