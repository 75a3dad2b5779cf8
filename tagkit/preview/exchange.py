"""What a browser asks of the preview, and what it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message

    from tagkit.preview.hosts import Mentioned

HOME = "/__tagkit__/"
"""Below it everything is ours; no shop has such a path."""
Headers = tuple[tuple[str, str], ...]
HTML = "text/html; charset=utf-8"


class Asked(NamedTuple):
    """A request. ``target`` is path and query as sent, ``origin`` our own as the browser has it."""

    method: str
    target: str
    origin: str
    headers: Message
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path alone, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        return self.target.partition("?")[2]

    @property
    def shows_a_page(self) -> bool:
        """Whether the browser shows the answer; what a script asks for may be of any kind."""
        place = self.headers.get("Sec-Fetch-Dest")
        if place is None:  # a browser of before 2023
            return "X-Requested-With" not in self.headers
        return place in ("document", "iframe", "frame", "embed", "object")


class Answer(NamedTuple):
    """A response. A body in pieces is sent as it comes; its length is then not known."""

    status: int
    body: bytes | Iterable[bytes]
    headers: Headers = ()


class Shop(Protocol):
    """Where the shop's pages come from."""

    @property
    def start(self) -> str:
        """The address of the page that is shown first: path and query."""

    @property
    def shown(self) -> str:
        """What it is called: a URL, a file."""

    @property
    def origin(self) -> str:
        """Where its pages are for visitors: https://shop.example; '' where the plan says it."""

    @property
    def opens(self) -> str:
        """What a scenario writes in place of such an address's first slash, to open it."""

    @property
    def mentioned(self) -> Mentioned:
        """The hosts that its pages may ask for something."""

    @property
    def is_file(self) -> bool:
        """Whether that is the name of a file, and no URL."""

    def answer(self, asked: Asked, head: str) -> Answer:
        """A page or a file of the shop; ``head`` stands first in every page's head."""


def text_answer(status: int, text: str, content_type: str = HTML, *more: tuple[str, str]) -> Answer:
    """An answer that is text of ours, never kept by a browser: plans change."""
    kind = ("Content-Type", content_type)
    return Answer(status, text.encode(), (kind, ("Cache-Control", "no-store"), *more))
