"""A difference as Markdown, for a comment on a pull request.

Names stand in code spans, so that none of them is read as Markdown, HTML or a mention. A comment
on GitHub has at most 65,536 characters: what is more is counted, and left to the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm.diff.code_lines import code_lines
from tagkit.gtm.diff.sentences import affected, counted, heading, sentence
from tagkit.report.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.diff.model import Change, Detail, Difference

_LONGEST = 120
_MOST = 60_000
_TICKS = re.compile("`+")


def report(difference: Difference, old: str, new: str) -> str:
    """All of it, or as much as a comment takes."""
    beside = f" Of others, {difference.left_out} are left out." if difference.left_out else ""
    if not difference:
        return f"{_span(old)} and {_span(new)} mean the same.{beside}\n"
    said = counted(difference.changes)
    pieces = [f"{_span(old)} and {_span(new)} differ{f': {said}' if said else ''}.{beside}\n"]
    if difference.effects:
        pieces.append("\n**What it means for measurement**\n\n")
        for effect in difference.effects:
            pieces.append(f"- {sentence(effect, _span)}\n")
            if effect.affects:
                listed = affected(effect.affects, _span)
                pieces.append(f"  - this is for {listed}\n")
    if difference.changes:
        pieces.append("\n**What is different**\n\n")
        pieces += ("".join(_change(change)) for change in difference.changes)
    return _fitting(pieces)


def _fitting(pieces: list[str]) -> str:
    size = 0
    for index, piece in enumerate(pieces):
        size += len(piece)
        if size > _MOST:
            return f"{''.join(pieces[:index])}\n… and {len(pieces) - index} more\n"
    return "".join(pieces)


def _change(change: Change) -> Iterator[str]:
    yield f"- {change.change} {heading(change, _span)}\n"
    for detail in change.details:
        yield from _detail(detail)


def _detail(detail: Detail) -> Iterator[str]:
    what = _span(detail.what) if "'" in detail.what or "`" in detail.what else safe(detail.what)
    if detail.code:
        yield f"  - {what}\n"
        yield from _code(detail)
    elif detail.new is None:
        yield f"  - {what}: {_span(detail.old or '')} is gone\n"
    elif detail.old is None:
        yield f"  - {what}: {_span(detail.new)} is new\n"
    else:
        yield f"  - {what}: {_span(detail.old)} → {_span(detail.new)}\n"


def _code(detail: Detail) -> Iterator[str]:
    lines = code_lines(detail.old, detail.new)
    text = "\n".join(f"{line.sign}{safe(line.text)}".rstrip() for line in lines)
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 3)
    yield f"\n    {fence}diff\n"
    for line in text.split("\n"):
        yield f"    {line}\n"
    yield f"    {fence}\n\n"


def _span(name: str) -> str:
    """A code span that holds any text."""
    text = safe(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
    ticks = "`" * (max((len(found) for found in _TICKS.findall(text)), default=0) + 1)
    blank = " " if not text.strip() or text[0] in "` " or text[-1] in "` " else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"
