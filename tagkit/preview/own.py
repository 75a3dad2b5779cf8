"""Everything below ``/__tagkit__/``: the panel, and the scripts that stand in for others'."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from tagkit.preview.exchange import HOME, text_answer
from tagkit.preview.pages import not_found
from tagkit.rendering import js
from tagkit.resources import TEMPLATES
from tagkit.simulator import pixel, start

if TYPE_CHECKING:
    from tagkit.preview.exchange import Answer, Asked, Shop
    from tagkit.preview.session import Session

_JAVASCRIPT = "text/javascript; charset=utf-8"
_TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8"}
# A link of the shop's may lead the frame to a payment elsewhere and back.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src http: https:; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# A visitor comes to the shop's first page from nowhere, not from the panel.
_OF_THE_PANEL = (("Content-Security-Policy", _POLICY), ("Referrer-Policy", "no-referrer"))
# A page with several containers, or one snippet twice, still has one simulator.
_ONCE = """\
if (!window.__tagkitStarted) {
window.__tagkitStarted = true;
window.__tagkitLayer = %s;
if (window.__tagkitChosen) window.__tagkitChosen();
%s}
"""


def answer(asked: Asked, session: Session, shop: Shop) -> Answer:
    """What is asked of ours."""
    name = asked.path.removeprefix(HOME)
    match name:
        case "gtm.js":
            return _script(_container(asked, session, shop))
        case "fbevents.js":
            return _script(pixel())
        case "nothing.js":
            return _script("")
        case "state.json":
            return _state(session, shop)
        case "mentioned" if asked.method == "POST":
            allowed = shop.mentioned.add(asked.body.decode("latin-1"))
            return text_answer(200, json.dumps(allowed), "application/json")
        case "forget" if asked.method == "POST":
            return text_answer(204, "", "text/plain", ("Clear-Site-Data", '"cookies"'))
    file = TEMPLATES / "preview" / (name or "panel.html")
    if "/" in name or not file.is_file():
        return not_found(asked.path)
    kind = _TYPES.get(file.suffix, _JAVASCRIPT)
    more = _OF_THE_PANEL if file.suffix == ".html" else ()
    return text_answer(200, file.read_text("utf-8"), kind, *more)


def _container(asked: Asked, session: Session, shop: Shop) -> str:
    """The simulator with the container, for the data layer that the page's snippet names."""
    session.refresh()
    built = session.built
    layer = parse_qs(asked.query).get("l", ["dataLayer"])[0]
    options = {"dataLayer": layer, "origin": shop.origin or (built.origin if built else "")}
    return _ONCE % (js(layer), start(built.container if built else {}, options))


def _script(code: str) -> Answer:
    return text_answer(200, code, _JAVASCRIPT)


def _state(session: Session, shop: Shop) -> Answer:
    session.refresh()
    state = {
        **session.state(),
        "shop": {"start": shop.start, "opens": shop.opens, "isFile": shop.is_file},
    }
    return text_answer(200, json.dumps(state, ensure_ascii=False), "application/json")
