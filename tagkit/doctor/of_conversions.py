"""What is to be said of conversions that pages cannot show, though the platform's pages do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding
from tagkit.doctor.rules import NOT_DETECTABLE, RENAMED
from tagkit.doctor.signs import SURE
from tagkit.doctor.ways import CANNOT, DETECTABLE
from tagkit.words import both, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.diagnostics import Route
    from tagkit.doctor.judge import Judged, Seen
    from tagkit.doctor.platform import Platform
    from tagkit.doctor.ways import Verdict

_FEW = 2
_SHOWN = 6
_HINT = "push it: 'tagkit catalog {id}' prints what; or give the plan a trigger of your own for it"


def broken(judged: Judged) -> tuple[str, Verdict] | None:
    """The page and the verdict of the surest way that its theme breaks; None when all is well.

    All is well when some page shows the conversion as surely.
    """
    lost = [(page, v) for page, vs in judged.pages for v in vs if v.state == CANNOT and v.relies]
    if not lost:
        return None
    page, verdict = min(lost, key=lambda pair: SURE.index(pair[1].sure))
    if judged.best.works and SURE.index(judged.best.sure) <= SURE.index(verdict.sure):
        return None
    return page, verdict


def say_of(
    conversions: Sequence[Judged],
    pages: Sequence[Seen],
    platform: Platform,
    routes: Mapping[str, Route],
) -> Iterator[tuple[str, Finding]]:
    """Findings with the page that they are about; ``routes``: the conversions in a plan."""
    lost = {judged.id: found for judged in conversions if (found := broken(judged))}
    renamed = next((seen for seen in pages if seen.platform.renamed), None)
    if renamed is not None:
        yield renamed.page.name, _renamed_page(renamed)
    relied = sum(1 for judged in conversions if judged.id in lost or _is_relied_on(judged))
    if len(lost) >= _FEW and len(lost) * 2 >= relied:
        page = next(iter(lost.values()))[0]
        yield page, _renamed_parts(lost, relied, platform)
        return
    for judged in conversions:
        if judged.id not in lost:
            continue
        page, verdict = lost[judged.id]
        message = f"'{judged.id}' cannot be detected here: {verdict.why}"
        if judged.best.works:
            message = f"'{judged.id}' is detected less surely ({judged.best.sure}): {verdict.why}"
        where = "" if judged.id not in routes else f" ({page})"
        hint = _HINT.format(id=judged.id)
        yield page, Finding(NOT_DETECTABLE, routes.get(judged.id, ()), message + where, hint)


def _is_relied_on(judged: Judged) -> bool:
    """Whether a page shows it by something that its theme might have renamed."""
    return any(v.state == DETECTABLE and v.relies for _, verdicts in judged.pages for v in verdicts)


def _renamed_page(seen: Seen) -> Finding:
    platform = seen.platform
    page = f"the {platform.page} page" if platform.page else f"a page of {platform.name}"
    message = (
        f"this theme renames what themes of {platform.name} have: this is {page}, and "
        f"'{platform.renamed}' matches nothing, so most of what happens here is not detected"
    )
    hint = "have the theme keep the platform's own ids and classes, or push the events of the shop"
    return Finding(RENAMED, (), message, hint)


def _renamed_parts(
    lost: Mapping[str, tuple[str, Verdict]], relied: int, platform: Platform
) -> Finding:
    ids = [*lost]
    shown = both(ids) if len(ids) <= _SHOWN else f"{', '.join(ids[:_SHOWN])} and others"
    name = platform.name or "this platform"
    message = (
        f"this theme renames what themes of {name} have: {len(ids)} of "
        f"{count(relied, 'conversion')} that rely on it cannot be detected ({shown})"
    )
    missing = "; ".join(dict.fromkeys(verdict.why for _, verdict in [*lost.values()][:2]))
    return Finding(RENAMED, (), message, f"{missing} …; push these, or write triggers of your own")
