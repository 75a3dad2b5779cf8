"""``--page FILE``: a page on disk, and the files of its folder."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from urllib.parse import quote, unquote

from tagkit.preview.dress import dressed, stand_ins
from tagkit.preview.exchange import Answer
from tagkit.preview.hosts import Mentioned
from tagkit.preview.pages import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagkit.preview.exchange import Asked

# Not from the machine's registry, where an editor may have made JavaScript text/plain.
_TYPES = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2",
    ".ttf": "font/ttf", ".pdf": "application/pdf", ".txt": "text/plain", ".mp4": "video/mp4",
}  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml")
_TEXTS = (*_PAGES, ".js", ".mjs", ".css")
_PIECE = 262_144


class Folder:
    """The folder of a page; nothing outside it is given away, nor what is hidden in it."""

    is_file = True
    origin = ""

    def __init__(self, page: Path, opens: str) -> None:
        self._root = page.parent.resolve()
        self.mentioned = Mentioned()
        self.start = f"/{quote(page.name)}"
        self.shown = page.name
        self.opens = opens

    def answer(self, asked: Asked, head: str) -> Answer:
        """A file; ``/`` is the page that was named."""
        if asked.path == "/":
            return Answer(302, b"", (("Location", self.start),))
        file = self._file(asked.path)
        if file is None:
            return not_found(unquote(asked.path))
        suffix = file.suffix.lower()
        kind = ("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
        headers = (kind, ("Cache-Control", "no-store"))
        if asked.method == "HEAD" and suffix not in _TEXTS:
            return Answer(200, b"", headers)
        try:
            opened = file.open("rb")
        except OSError:
            return not_found(unquote(asked.path))
        if suffix not in _TEXTS:
            return Answer(200, _pieces(opened), headers)
        with opened:
            content = opened.read()
        self.mentioned.read(content)
        if suffix in _PAGES and asked.shows_a_page:
            policy = ("Content-Security-Policy", self.mentioned.policy())
            return Answer(200, dressed(content, head), (*headers, policy))
        return Answer(200, stand_ins(content), headers)

    def _file(self, path: str) -> Path | None:
        """The file at a path, None when there is none or it is not the browser's business."""
        parts = unquote(path).split("/")
        if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return None
        try:
            file = self._root.joinpath(*(part for part in parts if part)).resolve(strict=True)
            file = file / "index.html" if file.is_dir() else file
        except (OSError, ValueError):
            return None
        return file if file.is_file() and file.resolve().is_relative_to(self._root) else None


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(_PIECE):
            yield piece
