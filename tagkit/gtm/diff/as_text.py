"""A difference as text for people: what it means for measurement, then entity by entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.diff.code_lines import code_lines
from tagkit.gtm.diff.sentences import affected, counted, heading, sentence
from tagkit.report.text import safe
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tagkit.gtm.diff.model import Detail, Difference, Effect

    _Paint = Callable[[str, str], str]

_LONGEST = 90
_COLOURS = {"added": "32", "removed": "31", "renamed": "36", "changed": "33"}
_SIGNS = {"+": "32", "-": "31", "~": "33"}


def report(difference: Difference, old: str, new: str, *, colour: bool = False) -> str:
    """All of it; a sentence when there is nothing."""
    return "".join(f"{line}\n" for line in _lines(difference, safe(old), safe(new), colour=colour))


def _lines(difference: Difference, old: str, new: str, *, colour: bool) -> Iterator[str]:
    paint = _paint if colour else _plain
    left_out = difference.left_out
    beside = f"; {_others(left_out)} left out" if left_out else ""
    if not difference:
        yield f"{old} and {new} mean the same{beside}"
        return
    if difference.effects:
        yield paint("What it means for measurement", "39")
        for effect in difference.effects:
            yield from _effect(effect)
        yield ""
    if difference.changes:
        yield paint("What is different", "39")
        for change in difference.changes:
            word = paint(f"{change.change:<7}", _COLOURS[change.change])
            yield f"  {word} {heading(change, _quoted)}"
            for detail in change.details:
                yield from _detail(detail, paint)
        yield ""
    said = counted(difference.changes)
    yield f"{old} and {new} differ{f': {said}' if said else ''}{beside}"


def _effect(effect: Effect) -> Iterator[str]:
    yield f"  {sentence(effect, _quoted)}"
    if effect.affects:
        yield f"    this is for {affected(effect.affects, _quoted)}"


def _detail(detail: Detail, paint: _Paint) -> Iterator[str]:
    what = safe(detail.what)
    if detail.code:
        yield f"            {paint('~', _SIGNS['~'])} {what}"
        for line in code_lines(detail.old, detail.new):
            sign = paint(line.sign, _SIGNS.get(line.sign, "39"))
            yield f"                {sign} {safe(line.text)}".rstrip()
    elif detail.old is None or detail.new is None:
        sign = "+" if detail.old is None else "-"
        value = detail.new if detail.old is None else detail.old
        yield f"            {paint(sign, _SIGNS[sign])} {what}: {_short(value or '')}"
    else:
        both = f"{_short(detail.old)} -> {_short(detail.new)}"
        yield f"            {paint('~', _SIGNS['~'])} {what}: {both}"


def _others(number: int) -> str:
    return f"{count(number, 'entity')} of others" if number == 1 else f"{number} entities of others"


def _quoted(name: str) -> str:
    return f"'{_short(name)}'"


def _short(value: str) -> str:
    return safe(value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…")


def _paint(text: str, code: str) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m"


def _plain(text: str, _: str) -> str:
    return text
