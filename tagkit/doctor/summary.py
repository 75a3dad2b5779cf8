"""What the doctor saw, as a table for people and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.doctor.measuring import KINDS
from tagkit.doctor.ways import CANNOT, DETECTABLE, best
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.doctor.judge import Judged, Seen
    from tagkit.doctor.measuring import Destination

_SURE = {"high": "sure", "medium": "fairly sure", "low": "a guess"}
_HOW = 72
_EVENTS = 8


class Summary(NamedTuple):
    """The pages that were opened and the conversions, judged on all of them."""

    pages: tuple[Seen, ...]
    conversions: tuple[Judged, ...]

    def shape(self) -> dict[str, Any]:
        """For JSON: a frozen shape."""
        return {
            "doctor": {
                "pages": [_page_shape(seen) for seen in self.pages],
                "conversions": [_conversion_shape(judged) for judged in self.conversions],
            }
        }

    def table(self) -> str:
        """For people: each page in some lines, then a line for each conversion."""
        blocks = ["\n".join(_page_lines(seen)) for seen in self.pages]
        if self.conversions:
            blocks.append("\n".join(self._conversion_lines()))
        return "\n\n".join(blocks) + "\n"

    def _conversion_lines(self) -> Iterator[str]:
        heads = ("conversion", "here", "page", "how")
        opened = [seen.page.name for seen in self.pages if seen.page.facts is not None]
        names = short(opened)
        rows = [heads, *(_row(judged, names) for judged in self.conversions)]
        widths = [max(len(row[at]) for row in rows) for at in range(3)]
        for row in rows:
            cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
            if not widths[2] or len(names) == 1:
                del cells[2]
            yield "  ".join(cells).rstrip()
        works = sum(judged.best.works for judged in self.conversions)
        yield ""
        on = count(len(opened), "page")
        yield f"{works} of {count(len(self.conversions), 'conversion')} detectable on {on}"


def short(names: Sequence[str]) -> dict[str, str]:
    """The pages' names without what all of them begin with."""
    parts = [name.split("/") for name in names]
    same = 0
    while len(names) > 1 and all(len(p) > same + 1 and p[same] == parts[0][same] for p in parts):
        same += 1
    return {name: "/".join(part[same:]) or name for name, part in zip(names, parts, strict=True)}


def _row(judged: Judged, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    verdict = judged.best
    how = verdict.how if verdict.works or not verdict.why else verdict.why
    if verdict.unseen:
        how += f" (not on a saved page: {', '.join(verdict.unseen)})"
    return judged.id, verdict.shown, _where(judged, names), _cut(how)


def _where(judged: Judged, names: Mapping[str, str]) -> str:
    """The page that shows it, when it matters which."""
    if len(names) == 1 or not (judged.best.works or judged.best.state == CANNOT):
        return ""
    if all(best(verdicts).works for _, verdicts in judged.pages):
        return "each"
    return names[judged.on]


def _cut(text: str) -> str:
    return text if len(text) <= _HOW else f"{text[: _HOW - 1].rstrip()}…"


def _page_lines(seen: Seen) -> Iterator[str]:
    yield seen.page.name
    if seen.page.facts is None:
        yield "  not seen"
        return
    yield f"  platform       {_platform(seen)}"
    by_kind: dict[str, list[Destination]] = {}
    for one in seen.destinations:
        by_kind.setdefault(one.kind, []).append(one)
    for kind in ("GTM", "G", "pixel"):
        by_kind.setdefault(kind, [])
    for kind in KINDS:
        if kind in by_kind:
            ids = ", ".join(map(_destination, by_kind[kind])) or "none"
            yield f"  {KINDS[kind]:<14} {ids}"
    yield f"  data layer     {_data_layer(seen)}"
    yield f"  consent        {_consent(seen)}"


def _platform(seen: Seen) -> str:
    platform = seen.platform
    if not platform.sure:
        return "none that is known: judged as any site"
    said = f"{platform.name}{f' {platform.version}' if platform.version else ''}"
    parts = [f"{said} ({_SURE[platform.sure]})"]
    if platform.theme:
        parts.append(f"theme {platform.theme}")
    if platform.page:
        parts.append(f"{platform.page} page")
    if not platform.in_catalog:
        parts.append("not in the catalog: judged as any site")
    return ", ".join(parts)


def _destination(one: Destination) -> str:
    remarks = []
    if one.kind != "GTM":
        remarks.append("by the page itself" if one.own else "by a script, such as GTM")
    if one.times > 1:
        remarks.append(f"{one.times} times")
    return f"{one.id} ({', '.join(remarks)})" if remarks else one.id


def _data_layer(seen: Seen) -> str:
    facts = seen.page.facts
    assert facts is not None  # noqa: S101 # who asks has looked
    names = [name for name in facts.layers if name != "dataLayer"]
    events = dict.fromkeys(
        entry.event for entry in facts.entries if entry.event and not _is_gtms(entry.event)
    )
    shown = ", ".join([*events][:_EVENTS]) + (" …" if len(events) > _EVENTS else "")
    parts = [thing.name + f": {thing.says['en']}" for thing in seen.plugins]
    parts.append(f"pushed: {shown}" if events else "no events pushed" if facts.layers else "none")
    parts += [f"it is called {name}" for name in names]
    return "; ".join(parts)


def _is_gtms(event: str) -> bool:
    return event.startswith("gtm.")


def _consent(seen: Seen) -> str:
    banner = ", ".join(seen.consent.banners) or "no cookie banner that is known"
    default = {
        "before": "default before GTM",
        "after": "default after GTM has begun",
        "": "no default on the page",
    }[seen.consent.default]
    return f"{banner}; Consent Mode: {default}"


def _page_shape(seen: Seen) -> dict[str, Any]:
    page, platform = seen.page, seen.platform
    return {
        "page": page.name,
        "opened": page.facts is not None,
        "status": page.status or None,
        "at": page.at or None,
        "platform": {
            "id": platform.id,
            "sure": platform.sure or None,
            "signs": list(platform.signs),
            "version": platform.version or None,
            "theme": platform.theme or None,
            "page": platform.page or None,
        },
        "destinations": [
            {"id": one.id, "kind": KINDS[one.kind], "own": one.own, "times": one.times}
            for one in seen.destinations
        ],
        "plugins": [thing.name for thing in seen.plugins],
        "consent": {
            "banners": list(seen.consent.banners),
            "default": seen.consent.default or None,
        },
    }


def _conversion_shape(judged: Judged) -> dict[str, Any]:
    verdict = judged.best
    return {
        "id": judged.id,
        "state": DETECTABLE if verdict.works else verdict.state,
        "sure": verdict.sure if verdict.works else None,
        "page": judged.on if verdict.works else None,
        "why": verdict.why or None,
        "how": verdict.how or None,
    }
