"""Adopt a container, build the plan, and see whether it means the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.adopt.adoption import Adoption, adopt
from tagkit.artefacts import GTM_FILE, Target, emit
from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.gtm.check import readable
from tagkit.pipeline import errors_of
from tagkit.plan.inherit import inherit
from tagkit.plan.resolve import resolve
from tagkit.schema import SchemaName, validate
from tagkit.source import load

from .meaning import Found, Meaning, meanings, same

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOG = Catalog()


class Verdict(NamedTuple):
    """An event of the original, and what is not the same: empty when all is."""

    platform: str
    tag: str
    differs: tuple[str, ...]
    before: Meaning
    after: Meaning | None
    reason: str = ""


def judge(data: Any) -> tuple[Adoption, list[Verdict]]:
    adoption = adopt(readable(data), errors_of)
    rebuilt = build(adoption.text) if adoption.text else None
    after = meanings(rebuilt, data) if rebuilt else []
    why = {left.words: left.reason for left in adoption.left}
    return adoption, [
        verdict._replace(reason=why.get(f"tag '{verdict.tag}'", adoption.reason))
        if verdict.differs
        else verdict
        for verdict in compare(meanings(data), after)
    ]


def build(text: str) -> Any:
    found = Findings()
    plan = inherit(load(text, "plan.yaml", found), Bases().read, found)
    assert validate(plan.data, SchemaName.PLAN, found), found
    resolved = resolve(plan.data, CATALOG, found)
    assert not found.fatal, found
    return json.loads(emit(resolved, [Target.GTM], found)[GTM_FILE])


def compare(before: list[Found], after: list[Found]) -> Iterator[Verdict]:
    """Each event of the original against one of the rebuilt container, each used once."""
    rest = list(after)
    missing = []
    for found in before:
        twin = next((o for o in rest if o.platform == found.platform
                     and not _differences(found.meaning, o.meaning)), None)  # fmt: skip
        if twin is None:
            missing.append(found)
            continue
        rest.remove(twin)
        yield Verdict(found.platform, found.tag, (), found.meaning, twin.meaning)
    for found in missing:
        nearest = min(
            (o for o in rest if o.platform == found.platform),
            key=lambda o: (
                len(_differences(found.meaning, o.meaning))
                + 5 * (not same(found.meaning["event"], o.meaning["event"]))
            ),
            default=None,
        )
        if nearest is None or not same(found.meaning["event"], nearest.meaning["event"]):
            yield Verdict(found.platform, found.tag, ("gone",), found.meaning, None)
            continue
        rest.remove(nearest)
        differs = tuple(_differences(found.meaning, nearest.meaning))
        yield Verdict(found.platform, found.tag, differs, found.meaning, nearest.meaning)


def _differences(before: Meaning, after: Meaning) -> list[str]:
    return [
        key
        for key in sorted({*before, *after})
        if not same(before.get(key), after.get(key)) and not _unknown(key, before)
    ]


def _unknown(key: str, before: Meaning) -> bool:
    """Which pixel it is, where no tag of the original starts one."""
    return key == "pixels" and not before.get(key)


def table(verdicts: list[Verdict]) -> str:
    """How many came back, and what differs, by reason."""
    lines = []
    for platform in ("ga4", "meta"):
        own = [v for v in verdicts if v.platform == platform]
        same = sum(not v.differs for v in own)
        share = f"{100 * same / len(own):.1f} %" if own else "-"
        lines.append(f"{platform}: {same} of {len(own)} come back the same ({share})")
        reasons = Counter(_why(v) for v in own if v.differs)
        lines += [f"  {number:4}  {reason}" for reason, number in reasons.most_common()]
    return "\n".join(lines)


def _why(verdict: Verdict) -> str:
    if verdict.after is None and verdict.reason:
        plain = re.sub("'[^']*'|[0-9]+", "…", verdict.reason)
        return f"left alone: {plain}"
    return f"not the same: {', '.join(verdict.differs)}"
