"""Text for people: where, what, the line with a caret under the place, and what to write.

plan.yaml:4:19: error[TK302]: Meta has no standard event 'AddToKart'
  |
4 |     sends: {meta: AddToKart}
  |                   ^^^^^^^^^
  = hint: did you mean 'AddToCart'?
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import category, combining, east_asian_width

from tagkit.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.diagnostics import Diagnostic, Span
    from tagkit.source import Source

_WIDTH = 100  # of the piece of a source line that is shown
_AROUND = 30  # of it before the place, at least
_TAB = 4
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control, format, half a surrogate pair, breaks
_ESCAPED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ODD = re.compile("[^ -~\xa1-\xac\xae-\u02ff]")
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_FRAME = "34"


def report(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], *, colour: bool = False
) -> str:
    """Each diagnostic in turn and a line that counts them; "" when there is none."""
    shown = [
        line
        for diagnostic in diagnostics
        for line in lines(diagnostic, sources.get(diagnostic.file), colour=colour)
    ]
    return "".join(f"{line}\n" for line in [*shown, *_summary(diagnostics)])


class _Paint:
    def __init__(self, *, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[1;{code}m{text}\x1b[0m" if self.on and text else text


def lines(d: Diagnostic, source: Source | None, *, colour: bool = False) -> Iterator[str]:
    """One diagnostic, with the piece of the source that it is about."""
    paint = _Paint(on=colour)
    place = f":{d.span.line}:{d.span.column}" if d.span else ""
    level = paint(f"{d.severity}[{d.rule.code}]", _COLOURS[d.severity])
    yield f"{paint(safe(d.file) + place, '39')}: {level}: {paint(safe(d.message), '39')}"
    margin = " " * len(str(d.span.line)) if d.span else " "
    if d.span and source and source.text:  # a HAR is not kept
        bar = paint("|", _FRAME)
        shown, carets = excerpt(source.line(d.span.line), d.span)
        yield f"{margin} {bar}"
        yield f"{paint(str(d.span.line), _FRAME)} {bar} {shown}".rstrip()
        yield f"{margin} {bar} {_carets(carets, paint, _COLOURS[d.severity])}"
    equals = paint("=", _FRAME)
    for at in d.related:
        yield f"{margin} {equals} see {safe(at.place)}: {safe(at.word)}"
    for place in d.reached_from:
        yield f"{margin} {equals} reached from {safe(place)}"
    if d.hint:
        first, *rest = d.hint.splitlines() or [""]
        yield f"{margin} {equals} hint: {safe(first)}"
        for line in rest:
            yield f"{margin}         {safe(line)}"


def _carets(carets: str, paint: _Paint, code: str) -> str:
    indent = len(carets) - len(carets.lstrip())
    return carets[:indent] + paint(carets[indent:], code)


def excerpt(line: str, span: Span) -> tuple[str, str]:
    """The piece of a line around a place, and the carets that go under it."""
    start = min(span.column - 1, len(line))
    stop = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    stop = max(stop, start)
    cut = max(start - 2 * _WIDTH, 0)  # a container may be one line of some megabytes
    rest = len(line) - (start + 2 * _WIDTH)
    line = line[cut : start + 2 * _WIDTH]
    start, stop = start - cut, min(stop - cut, len(line))
    cells = [_cell(char) for char in line]
    widths = [_width(cell) for cell in cells]
    first, last = _window(widths, start, stop)
    shown = "".join(cells[first:last])
    before, after = "…" if first or cut else "", "…" if last < len(line) or rest > 0 else ""
    indent = len(before) + sum(widths[first:start])
    run = sum(widths[start : min(stop, last)])
    return before + shown + after, " " * indent + "^" * max(run, 1)


def _window(widths: list[int], start: int, stop: int) -> tuple[int, int]:
    """From where to where a line is shown so that the place is seen."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    before = max(_AROUND, (_WIDTH - sum(widths[start:stop])) // 2)
    first = _back(widths, start, before)
    last, used = first, 0
    while last < len(widths) and used + widths[last] <= _WIDTH:
        used += widths[last]
        last += 1
    return _back(widths, first, _WIDTH - used), last


def _back(widths: list[int], start: int, room: int) -> int:
    while start and widths[start - 1] <= room:
        start -= 1
        room -= widths[start]
    return start


def _cell(char: str) -> str:
    """What is shown for a character: itself if it is one that can be seen."""
    if char == "\t":
        return " " * _TAB
    if char <= "\x1f":
        return chr(0x2400 + ord(char))  # its picture: ␀ ␛
    return "\ufffd" if _ODD.match(char) and category(char) in _UNSEEN else char


def _width(cell: str) -> int:
    return sum(
        0 if combining(char) else 1 + (east_asian_width(char) in ("W", "F")) for char in cell
    )


def safe(text: str) -> str:
    """A text that cannot move the cursor, change colours or turn the line around."""
    return _ODD.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if category(char) not in _UNSEEN:
        return char
    return _ESCAPED.get(char) or (f"\\x{ord(char):02x}" if char < "\xff" else f"\\u{ord(char):04x}")


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """How many there are of each severity: "2 errors, 1 note"."""
    counts = Counter(d.severity for d in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    )


def _summary(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    files = sorted({d.file for d in diagnostics})
    if files:
        where = safe(files[0]) if len(files) == 1 else f"{len(files)} files"
        yield f"{counted(diagnostics)} in {where}"
