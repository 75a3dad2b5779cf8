"""The bundled demo shop."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tagkit import shop
from tagkit.preview.dress import BRIDGE, SNIPPET
from tagkit.preview.exchange import Answer
from tagkit.preview.hosts import Mentioned

if TYPE_CHECKING:
    from tagkit.preview.exchange import Asked
    from tagkit.preview.session import Session


class Demo:
    """The shop that has no server but this one."""

    start = "/"
    origin = ""
    opens = "shop:/"
    is_file = False

    def __init__(self, session: Session) -> None:
        self._session = session
        self.mentioned = Mentioned()
        self.shown = "the demo shop"

    def answer(self, asked: Asked, head: str) -> Answer:
        """A page of the shop; it has one for addresses that it does not know."""
        about = self._session.built.about if self._session.built else {}
        language = about.get("language")
        page = shop.page(
            unquote(asked.path),
            asked.query,
            head=f"{BRIDGE}{head}{SNIPPET}",
            language=language if language in shop.LANGUAGES else shop.LANGUAGES[0],
            update_event=next(iter(about.get("updateEvents", ())), None),
        )
        headers = (
            ("Content-Type", page.content_type),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", self.mentioned.policy()),
        )
        return Answer(page.status, page.body, headers)
