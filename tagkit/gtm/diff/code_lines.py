"""Two texts of several lines as a short unified diff, blanks apart."""

from __future__ import annotations

from typing import NamedTuple

_AROUND = 1
_MOST = 24
_TOO_MANY = 2000
_WIDTH = 110
_BEFORE = 30


class Line(NamedTuple):
    """A line and its sign: ``-``, ``+``, a blank; ``…`` where something is left out."""

    sign: str
    text: str


def code_lines(old: str | None, new: str | None) -> list[Line]:
    """The lines that differ, with one around them; of many, the first."""
    before, after = _lines(old or ""), _lines(new or "")
    start = 0
    while start < min(len(before), len(after)) and before[start][0] == after[start][0]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end][0] == after[-1 - end][0]:
        end += 1
    first = max(start - _AROUND, 0)
    tail = max(end - _AROUND, 0)
    before, after = before[first : len(before) - tail], after[first : len(after) - tail]
    if max(len(before), len(after)) > _TOO_MANY:
        return [Line("…", f"{len(before)} lines became {len(after)}")]
    lines = _unified(before, after)
    if len(lines) <= _MOST + 1:
        return lines
    return [*lines[:_MOST], Line("…", f"{len(lines) - _MOST} lines more")]


def _unified(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> list[Line]:
    from difflib import SequenceMatcher  # 17 ms, only when there is code to compare

    matcher = SequenceMatcher(None, [key for key, _ in before], [key for key, _ in after])
    lines: list[Line] = []
    for number, group in enumerate(matcher.get_grouped_opcodes(_AROUND)):
        if number:
            lines.append(Line("…", ""))
        for word, a, b, c, d in group:
            if word == "equal":
                lines += [Line(" ", _cut(text)) for _, text in before[a:b]]
                continue
            one = b - a == d - c == 1
            first = _first_shown(before[a][1], after[c][1]) if one else 0
            lines += [Line("-", _cut(text, first)) for _, text in before[a:b]]
            lines += [Line("+", _cut(text, first)) for _, text in after[c:d]]
    return lines


def _lines(code: str) -> list[tuple[str, str]]:
    """What is compared of each line, and the line; none that are empty."""
    return [(" ".join(line.split()), line.rstrip()) for line in code.splitlines() if line.strip()]


def _first_shown(one: str, other: str) -> int:
    """From where on two lines are shown, so that the place where they differ is seen."""
    if max(len(one), len(other)) <= _WIDTH:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    at = next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
    return max(0, at - _BEFORE)


def _cut(line: str, first: int = 0) -> str:
    """A piece of a long line."""
    shown = line[first : first + _WIDTH]
    return ("…" if first else "") + shown + ("…" if first + _WIDTH < len(line) else "")
