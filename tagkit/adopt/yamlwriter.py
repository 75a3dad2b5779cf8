"""Write a plan as YAML in the style of the manual: short things on one line, comments above."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.adopt.model import Json
    from tagkit.diagnostics import Route

WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[ ./-]+[A-Za-z0-9_]+)*")
_PLAIN_PATH = re.compile(r"/[A-Za-z0-9_./-]*")
_WORDS = frozenset("null true false yes no on off y n ~ nan inf".split())
# Letters that YAML does not take as they are, or that nobody sees.
_ODD = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_DOLLARS = re.compile(r"(?<!\$)\$+(?=\{)")
_BLOCK = re.compile(r"\S.*(?:\n(?:.*\S)?)*", re.ASCII)


def written(plan: Json, comments: Mapping[Route, Sequence[str]]) -> str:
    """The plan as text. A comment stands above the line on which its place begins."""
    return "\n".join(_Writer(comments).mapping(_literal(plan), (), 0)) + "\n"


def _literal(data: Json) -> Json:
    """The same, with what would be variables of the plan as the text that it is."""
    if isinstance(data, dict):
        return {key: _literal(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_literal(value) for value in data]
    return literal(data) if isinstance(data, str) else data


def literal(text: str) -> str:
    """A text in which nothing is a variable of the plan."""
    return _DOLLARS.sub(r"\g<0>\g<0>", text)


class _Writer:
    def __init__(self, comments: Mapping[Route, Sequence[str]]) -> None:
        self._comments = {route: list(said) for route, said in comments.items()}
        self._within: dict[Route, list[Route]] = {}
        for route in comments:
            for depth in range(len(route) + 1):
                self._within.setdefault(route[:depth], []).append(route)

    def mapping(self, data: Mapping[str, Json], route: Route, indent: int) -> Iterator[str]:
        pad = " " * indent
        for number, (key, value) in enumerate(data.items()):
            place = (*route, key)
            start = f"{pad}{_key(key)}:"
            block = isinstance(value, str) and _is_block(value)
            flow = "" if block else _flow(value)
            if not route and number and (isinstance(value, list) or not _fits(start, flow)):
                yield ""
            # what a person reads as a list of things is a list
            listed = not route and isinstance(value, list)
            if not block and not listed and _fits(start, flow):
                yield from self._said(place, pad, below=True)
                yield f"{start} {flow}"
                continue
            yield from self._said(place, pad)
            if block:
                yield f"{start} {_header(value)}"
                yield from (f"{pad}  {line}".rstrip(" ") for line in value.split("\n"))
            elif isinstance(value, dict) and value:
                yield start
                yield from self.mapping(value, place, indent + 2)
            elif isinstance(value, list) and value:
                yield start
                yield from self._list(value, place, indent + 2)
            else:
                yield f"{start} {flow}"

    def _list(self, data: Sequence[Json], route: Route, indent: int) -> Iterator[str]:
        pad = " " * indent
        for index, value in enumerate(data):
            place = (*route, index)
            flow = _flow(value)
            if not isinstance(value, dict) or (len(route) > 1 and _fits(pad, flow)):
                yield from self._said(place, pad, below=True)
                yield f"{pad}- {flow}"
                continue
            yield from self._said(place, pad)
            lines = list(self.mapping(value, place, indent + 2))
            first = next((n for n, line in enumerate(lines) if not _is_comment(line)), 0)
            yield from (pad + line.lstrip() for line in lines[:first])
            yield f"{pad}- {lines[first][indent + 2 :]}"
            yield from lines[first + 1 :]

    def _said(self, place: Route, pad: str, *, below: bool = False) -> Iterator[str]:
        routes = self._within.get(place, ()) if below else (place,)
        said = (line for route in routes for line in self._comments.pop(route, ()))
        yield from dict.fromkeys(f"{pad}# {_one_line(line)}" for line in said)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("# ")


def _one_line(text: str) -> str:
    return " ".join(_ODD.sub(" ", text).split())


def _fits(start: str, flow: str) -> bool:
    return len(start) + 1 + len(flow) <= WIDTH and "\\n" not in flow


def _flow(data: Json) -> str:
    """The data on one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_key(k)}: {_flow(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_flow, data)) + "]"
    return _scalar(data)


def _key(key: str) -> str:
    return _scalar(key)


def _scalar(value: Json) -> str:
    if not isinstance(value, str):
        return json.dumps(value, allow_nan=False)
    plain = _PLAIN.fullmatch(value) or _PLAIN_PATH.fullmatch(value)
    if plain and value.lower() not in _WORDS:
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes, as JSON writes it; nothing invisible stays as it is."""
    return _ODD.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xD800 <= number < 0xE000:  # noqa: PLR2004 # half a character is none
        return "\ufffd"
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"  # noqa: PLR2004


def _is_block(value: str) -> bool:
    """Whether the text is better written line by line, and can be."""
    if "\n" not in value or not _BLOCK.fullmatch(value):
        return False
    lines = value.split("\n")
    return not any(line != line.rstrip() or _ODD.search(line) for line in lines)


def _header(value: str) -> str:
    return "|" if value.endswith("\n") else "|-"
