"""What is looked at: an address, or a saved page; and what can be wrong with either."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from tagkit.doctor.rules import NO_PAGE
from tagkit.paths import shown_name
from tagkit.textfile import MISSING, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.diagnostics import Finding, Findings

LIMIT = 20_000_000
SAVED = "https://saved-page.invalid"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset)\b", re.IGNORECASE)
_MARK = re.compile(
    rb"<(?:script|div|p|a|meta|link|form|section|main|span|ul|h[1-6])\b", re.IGNORECASE
)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/.*)?", re.IGNORECASE)
_BESIDE = 5_000_000
_HEAD = 100_000


class Target(NamedTuple):
    """A page to open. ``name`` is what people see; a file has a ``body``."""

    name: str
    address: str
    is_file: bool = False
    body: bytes = b""
    folder: Path = Path()

    @property
    def content_type(self) -> str:
        """UTF-8 where it is; else what the page says, or the browser guesses."""
        try:
            self.body.decode()
        except UnicodeDecodeError:
            return "text/html"
        return "text/html; charset=utf-8"

    @property
    def text(self) -> str:
        """Its markup: what is not ASCII does not matter to those who look at it."""
        return self.body.decode("utf-8", "replace")

    def beside(self, url: str) -> bytes | None:
        """A file that a browser saved with the page, None when it is none."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != SAVED:
            return None
        try:
            root = self.folder.resolve()
            file = (root / unquote(parts.path).lstrip("/")).resolve()
            if not file.is_relative_to(root) or not file.is_file():
                return None
            return file.read_bytes() if file.stat().st_size <= _BESIDE else None
        except (OSError, ValueError):
            return None


def target_of(said: str, found: Findings) -> Target | None:
    """What a word of the command line names; None, with a finding, when it cannot be looked at."""
    if _ADDRESS.match(said):
        return _at(said, found)
    path = Path(said)
    body = read_bytes(path, found, LIMIT)
    if body is None:
        found[:] = _hinted(found, said)
        return None
    if other := _other(body):
        found.say(NO_PAGE, (), other, hint="save the page from a browser: 'HTML only'")
        return None
    name = quote(path.name) or "page.html"
    return Target(shown_name(path), f"{SAVED}/{name}", is_file=True, body=body, folder=path.parent)


def name_of(said: str) -> str:
    """How a page is called: without the password that its address may have."""
    if not _ADDRESS.match(said):
        return shown_name(Path(said))
    try:
        parts = urlsplit(said)
    except ValueError:
        return said
    return said.replace(f"{parts.netloc}", parts.netloc.rpartition("@")[2], 1)


def _at(said: str, found: Findings) -> Target | None:
    try:
        host, _ = urlsplit(said).hostname, urlsplit(said).port
    except ValueError:
        host = None
    if not host:
        hint = "write it as https://shop.example/"
        found.say(NO_PAGE, (), "this is no address", hint=hint)
        return None
    return Target(name_of(said), said)


def _hinted(found: Iterable[Finding], said: str) -> list[Finding]:
    """An address without its beginning is a file that is not there."""
    if not _HOST.fullmatch(said) or said.lower().endswith((".html", ".htm")):
        return list(found)
    hint = f"a page of the web is written https://{said}"
    return [f._replace(hint=f.hint or hint) if f.rule is MISSING else f for f in found]


def _other(body: bytes) -> str:
    """What a file is in place of a page; empty when it is one."""
    from tagkit.foreign import MAGIC

    for mark, what, _ in MAGIC:
        if body.startswith(mark):
            return f"this is {what}, no page"
    if not body.strip():
        return "the file is empty"
    is_page = _HTML.search(body) or _MARK.search(body[:_HEAD])
    return "" if is_page else "this is no HTML page"
