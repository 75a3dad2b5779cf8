"""Recordings as large as they come: a HAR of a long visit, most of it bodies of answers."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from pathlib import Path

_HEADERS = [{"name": f"x-header-{number}", "value": "some value of it"} for number in range(15)]
_PAGE = 100
"""Requests of a page; five of them are hits."""


def write_har(path: Path, megabytes: float, *, indent: int | None = 2) -> None:
    """A HAR of about that size, as browsers export it."""
    choose = random.Random(5)  # noqa: S311
    letters = "".join(choose.choice('abc <p class=\\"x\\">{}[]: \\n') for _ in range(400_000))
    with path.open("w", encoding="utf-8") as file:
        file.write('{"log": {"version": "1.2", "pages": [], "entries": [\n')
        number = 0
        while file.tell() < megabytes * 1e6:
            file.write(",\n" if number else "")
            file.write(json.dumps(_entry(number, letters, choose), indent=indent))
            number += 1
        file.write("\n]}}\n")


def _entry(number: int, letters: str, choose: random.Random) -> dict[str, Any]:
    url, body = f"https://herbata.example/asset/{number}.js", ""
    step = number % _PAGE
    if step == 0:
        body = letters
    elif step % 20 == 1:
        url = _hit(number)
    else:
        start = choose.randrange(300_000)
        body = letters[start : start + choose.randrange(60_000)]
    return {
        "_initiator": {"type": "script", "stack": {"callFrames": [{"url": url}] * 5}},
        "startedDateTime": f"2026-11-22T10:{number // 60 % 60:02}:{number % 60:02}.000Z",
        "pageref": f"page_{number // _PAGE}",
        "time": 12.5,
        "request": {"method": "GET", "url": url, "headers": _HEADERS, "queryString": []},
        "response": {"status": 200, "headers": _HEADERS, "content": {"text": body}},
        "cache": {},
        "timings": {"send": 0, "wait": 10, "receive": 2.5},
    }


def _hit(number: int) -> str:
    said = {
        "v": "2",
        "tid": "G-1A2B3C4D5E",
        "_p": number // _PAGE,
        "en": ("view_item", "add_to_cart", "begin_checkout")[number % 3],
        "cu": "PLN",
        "epn.value": "49.9",
        "pr1": f"idTEA-{number}~nmSencha~pr49.9~qt1",
        "gcs": "G111",
    }
    return "https://region1.google-analytics.com/g/collect?" + urlencode(said)
