"""What conversions are to the business: proposed from their names; and their ids."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tagkit.adopt.recognise import entries_by_event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.adopt.model import Piece

_GOALS = (
    "purchase", "generate_lead", "lead", "contact_form", "sign_up", "completeregistration",
    "submitapplication", "schedule", "subscribe", "qualify_lead", "close_convert_lead",
)  # fmt: skip
_HINDRANCES = re.compile(
    r"error|fail|declin|refus|invalid|exception|404|not_?found|out_?of_?stock|sold_?out|abandon"
    r"|empty_?search|no_?results|timeout"
)
_FUNNEL = {
    # GA4's own order of a shop's funnel
    "view_item_list": 1, "select_item": 1, "view_item": 1, "viewcontent": 1, "add_to_wishlist": 2,
    "add_to_cart": 2, "addtocart": 2, "view_cart": 3, "begin_checkout": 3, "initiatecheckout": 3,
    "add_contact_info": 4, "add_address_info": 4, "add_shipping_info": 4, "add_payment_info": 5,
    "addpaymentinfo": 5,
}  # fmt: skip
_ID = 40


def kinds_of(pieces: Iterable[Piece]) -> dict[int, str]:
    """By the piece's place in the list: macro, anti, funnel or secondary."""
    pieces = list(pieces)
    names = [piece.event.lower() for piece in pieces]
    goal = next((goal for goal in _GOALS if goal in names), "")
    found = {}
    for index, name in enumerate(names):
        entry = entries_by_event().get(pieces[index].event)
        if (goal and name == goal) or (entry and entry.kind == "macro"):
            found[index] = "macro"
        elif entry:
            found[index] = entry.kind
        elif _HINDRANCES.search(name):
            found[index] = "anti"
        else:
            found[index] = "funnel" if name in _FUNNEL else "secondary"
    return found


def name_ids(pieces: Iterable[Piece]) -> None:
    """Give each piece an id: its event's name, or its tag's, in the letters of an id."""
    taken: dict[str, int] = {}
    for piece in pieces:
        base = (_slug(piece.event) if piece.event else "") or _slug(piece.name) or "conversion"
        by_name = _slug(piece.name)
        if base in taken and by_name and by_name not in taken:
            base = by_name
        piece.id = _free(base, taken, "_", _ID)


def name_apart(pieces: Iterable[Piece]) -> None:
    """Tell names apart that two tags share, or two events of one tag."""
    taken: dict[str, int] = {}
    for piece in pieces:
        base = " ".join(piece.name.split()) or piece.event
        piece.name = _free(base, taken, " ", len(base) + 9) if base else ""


def _free(base: str, taken: dict[str, int], between: str, longest: int) -> str:
    """The name, or the name and a number; ``taken`` remembers where to go on counting."""
    free = base
    while free.casefold() in taken:
        taken[base.casefold()] += 1
        number = f"{between}{taken[base.casefold()]}"
        free = base[: longest - len(number)] + number
    taken[free.casefold()] = 1
    return free


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return re.sub(r"^[0-9_]+", "", plain)[:_ID].strip("_")
