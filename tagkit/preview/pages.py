"""Pages of the preview's own: what is shown in the shop's place when there is no page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tagkit.preview.exchange import text_answer

if TYPE_CHECKING:
    from tagkit.preview.exchange import Answer

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:34em;padding:0 1em;
color-scheme:light dark}}h1{{font-size:1.2em}}code{{overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1><p>{text}</p></body></html>"""


def message_page(status: int, title: str, text: str) -> Answer:
    """A page that says what is wrong; both are plain text."""
    return text_answer(status, _PAGE.format(title=escape(title), text=escape(text)))


def not_found(path: str) -> Answer:
    """There is no such file."""
    return message_page(404, "Not found", f"There is no file {path} in the folder of the page.")
