"""What a request in a HAR sent: its body as text, and the fields of a form.

Browsers write the same body in several ways. Chrome has the fields of a form in ``params`` as they
went over the wire (``cd%5Bvalue%5D``), Firefox has the headers of a beacon before its text.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 1_000_000
"""Characters of an address or of fields that are looked at."""

_HEADERS = re.compile(r"(?:[A-Za-z-]++:[^\r\n]*+\r?\n)++\r?\n")
_NAME = re.compile(r';\s*name="([^"\r\n]*)"', re.IGNORECASE)
_BLANK_LINE = re.compile(r"\r?\n\r?\n")


def body_of(request: Mapping[str, Any]) -> str:
    """The text that was sent; none when there was none, or the HAR does not have it."""
    posted = mapping(request.get("postData"))
    sent = text(posted.get("text"))
    encoding = posted.get("encoding") or posted.get("_encoding")
    if encoding == "base64":
        try:
            sent = base64.b64decode(sent, validate=False).decode(errors="replace")
        except (binascii.Error, ValueError):
            return sent
    headers = _HEADERS.match(sent)
    return sent[headers.end() :] if headers else sent


def form_of(request: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a form that was sent: as text, as multipart, as JSON, or as a list."""
    sent = body_of(request).lstrip()
    if sent.startswith("--"):
        return _multipart(sent[:LONGEST])
    if sent.startswith("{"):
        try:
            said = json.loads(sent)
        except (ValueError, RecursionError):
            return {}
        return {key: text(value) for key, value in mapping(said).items()}
    return pairs(sent) if sent else _listed(mapping(request.get("postData")).get("params"))


def _multipart(sent: str) -> dict[str, str]:
    boundary = sent.partition("\n")[0].rstrip()
    fields: dict[str, str] = {}
    for part in f"\n{sent}".split(f"\n{boundary}")[1:]:
        blank = _BLANK_LINE.search(part)
        name = _NAME.search(part, 0, blank.start()) if blank else None
        if blank and name:
            fields[name[1]] = part[blank.end() :].removesuffix("\r")
    return fields


def _listed(params: Any) -> dict[str, str]:  # noqa: ANN401
    listed = [mapping(field) for field in params] if isinstance(params, list) else []
    fields = {text(field.get("name")): text(field.get("value")) for field in listed}
    if not any("%5B" in name.upper() for name in fields):
        return fields
    return {unquote_plus(name): unquote_plus(value) for name, value in fields.items()}


def pairs(query: str) -> dict[str, str]:
    """What a query, or a body that is written like one, has by name."""
    if len(query) > LONGEST:
        return {}
    return dict(parse_qsl(query, keep_blank_values=True))


def mapping(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """The value as an object of JSON; an empty one of anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:  # noqa: ANN401
    """The value as text; none of anything else."""
    return value if isinstance(value, str) else ""
