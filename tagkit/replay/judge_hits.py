"""The hits of a HAR, judged by a plan. Pure: entries come one after the other."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Findings, Rule, Severity, Span, Spot
from tagkit.ga4.names import AUTOMATIC, NEVER
from tagkit.nearest import closest
from tagkit.replay.destinations import Destinations
from tagkit.replay.har import Damage
from tagkit.replay.hit_contract import HitTerm, hit_breaks, hit_terms
from tagkit.replay.hits import GA4, META, Hit, hits_of
from tagkit.replay.rules import (
    BEFORE_CONSENT,
    BROKEN_HAR,
    MISSING,
    MISTYPED,
    MORE_BREAKS,
    NO_BODY,
    OTHER_DESTINATION,
    SENT_TWICE,
    TOO_LONG,
    UNKNOWN_EVENT,
)
from tagkit.replay.summary import Row, Summary
from tagkit.words import count, quoted, some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Document
    from tagkit.plan.model import Resolved
    from tagkit.replay.har import Entry

MOST = 20
"""How often the same is told."""
MOST_NAMES = 50
"""Unknown events, and other IDs, that are told of."""
_AT_ONCE = 1.0
_PAGES = 1000
"""Page loads that are remembered, for hits that belong together."""
_NOT_OURS = frozenset({*AUTOMATIC, *NEVER})
_METAS_OWN = frozenset(
    "PageView SubscribedButtonClick Microdata InputData AutomaticMatching".split()
)


def judge_hits(
    read: Iterable[Entry | Damage], plan: Resolved, document: Document, found: Findings
) -> Summary:
    """What was sent, and what is wrong with it; findings have spans of the HAR."""
    judge = _Judge(plan, document, found)
    for one in read:
        if isinstance(one, Damage):
            judge.damage(one)
        else:
            judge.entry(one)
    judge.finish()
    rows = tuple(judge.rows())
    return Summary("HAR", rows, judge.number, len(judge.loads), judge.folded, judge.hits)


class _Times(NamedTuple):
    """Something that is told once: where it was first, and how often it is there."""

    hit: Hit
    times: int


class _Judge:
    def __init__(self, plan: Resolved, document: Document, found: Findings) -> None:
        self._plan = plan
        self._document = document
        self._found = found
        self._destinations = Destinations(plan)
        self._fired: dict[str, Counter[int]] = {GA4: Counter(), META: Counter()}
        self._perhaps: dict[str, Counter[int]] = {GA4: Counter(), META: Counter()}
        self._first: dict[int, Hit] = {}
        self._broken: Counter[int] = Counter()
        self._facts: dict[int, Counter[str]] = {}
        self._terms: dict[tuple[str, int], tuple[HitTerm, ...]] = {
            (to, index): hit_terms(conversion, to)
            for index, conversion in enumerate(plan.conversions)
            for to in (GA4, META)
        }
        self._unknown: dict[tuple[str, str], _Times] = {}
        self._others: dict[tuple[str, str], _Times] = {}
        self._said: Counter[tuple[str, ...]] = Counter()
        self._last: dict[tuple[str, ...], Hit] = {}
        self._unread: list[Hit] = []
        self._ads_denied: dict[str, None] = {}
        self._between: dict[str, list[Hit]] = {}
        self._denied: dict[str, Counter[str]] = {}
        self._first_denied: dict[str, Hit] = {}
        self.folded: Counter[str] = Counter()
        self.loads: dict[str, None] = {}
        self.number = 0
        self.hits = 0

    def damage(self, damage: Damage) -> None:
        span = Span(damage.line, damage.column, damage.line, damage.column + 1)
        rule = TOO_LONG if damage.too_long else BROKEN_HAR
        self._say(("damage", rule.code), Finding(rule, (), damage.message, damage.hint, span=span))

    def entry(self, entry: Entry) -> None:
        self.number += 1
        page = entry.data.get("pageref") if isinstance(entry.data, dict) else None
        if isinstance(page, str) and len(self.loads) < _PAGES:
            self.loads.setdefault(page)
        for hit in hits_of(entry):
            self.hits += 1
            self._hit(hit)

    def _hit(self, hit: Hit) -> None:
        if hit.to == GA4 and hit.ads is not None:
            self._learn_ads(_page_of(hit), granted=hit.ads)
        is_ours = self._destinations.has(hit)
        if hit.is_unread and not hit.event and (is_ours or not hit.id):
            self._unread.append(hit)
            return
        if not is_ours:
            known = self._others.get((hit.to, hit.id))
            self._others[hit.to, hit.id] = _Times(known.hit if known else hit, _more(known))
            return
        self._look_at_consent(hit)
        indexes = self._destinations.conversions(hit)
        if not indexes:
            self._not_known(hit)
            return
        sure = len(indexes) == 1
        for index in indexes:
            (self._fired if sure else self._perhaps)[hit.to][index] += 1
            self._first.setdefault(index, hit)
            if hit.blocked:
                self._note(index, "blocked in the browser")
            if not sure:
                self._note(index, "or another of the same event")
        self._look_for_twin(hit, indexes)
        self._check(hit, indexes)

    def _note(self, index: int, fact: str) -> None:
        self._facts.setdefault(index, Counter())[fact] += 1

    def _not_known(self, hit: Hit) -> None:
        own = _NOT_OURS if hit.to == GA4 else _METAS_OWN
        if hit.event in own or not hit.event:
            self.folded[hit.event or "(no name)"] += 1
            return
        if unnamed := self._destinations.unnamed(hit.to):
            self._perhaps[hit.to].update(unnamed)
            return
        known = self._unknown.get((hit.to, hit.event))
        self._unknown[hit.to, hit.event] = _Times(known.hit if known else hit, _more(known))

    def _learn_ads(self, page: str, *, granted: bool) -> None:
        """GA4 says what the visitor has chosen: Meta's hits between two denials were denied."""
        between = self._between.pop(page, [])
        if granted:
            self._ads_denied.pop(page, None)
        elif len(self._ads_denied) < _PAGES:
            self._ads_denied[page] = None
            for hit in between:
                self._was_denied(hit)

    def _look_at_consent(self, hit: Hit) -> None:
        if self._plan.consent.mode == "off" or hit.blocked:
            return
        if hit.to == GA4:
            if hit.analytics is False:
                self._was_denied(hit)
        elif _page_of(hit) in self._ads_denied:  # unless the visitor has chosen since then
            self._between.setdefault(_page_of(hit), []).append(hit)

    def _was_denied(self, hit: Hit) -> None:
        self._denied.setdefault(hit.to, Counter())[hit.event] += 1
        self._first_denied.setdefault(hit.to, hit)

    def _look_for_twin(self, hit: Hit, indexes: tuple[int, ...]) -> None:
        key = hit.to, hit.id, hit.event, hit.load, repr(sorted(hit.parameters.items(), key=_name))
        before = self._last.pop(key, None)
        self._last[key] = hit
        if len(self._last) > _PAGES:
            del self._last[next(iter(self._last))]
        if before is None or not _at_once(before, hit):
            return
        names = some(self._plan.conversions[index].id for index in indexes)
        for index in indexes:
            self._note(index, "sent twice")
        related = ((_span(before), f"the first, entry {before.entry.number}"),)
        finding = _finding(
            SENT_TWICE,
            hit,
            f"{hit.to} got {quoted(hit.event)} ({names}) twice within a second, with the same "
            "parameters",
            "look for a second container, a tag with two triggers, or a push that comes twice",
        )
        self._say(("twice", hit.to, hit.event), finding._replace(related=related))

    def _check(self, hit: Hit, indexes: tuple[int, ...]) -> None:
        """Hold the contract against it. One of several conversions may be the one it keeps."""
        broken = {
            index: [
                (term, one)
                for term in self._terms[hit.to, index]
                for one in hit_breaks(term, hit.parameters, hit.event)
            ]
            for index in indexes
        }
        if not all(broken.values()):
            return
        for index, breaks in broken.items():
            conversion = self._plan.conversions[index]
            self._broken[index] += 1
            for term, one in breaks:
                spot: Spot = self._document.spot(term.parameter.route)
                word = f"the contract of '{conversion.id}': {term.parameter.name}"
                rule = MISSING if one.missing else MISTYPED
                message = f"{hit.to}'s {quoted(hit.event)} {one.message}"
                finding = _finding(rule, hit, message, one.hint)
                self._say(
                    (rule.code, hit.to, conversion.id, one.path),
                    finding._replace(related=((spot, word),)),
                )

    def _say(self, key: tuple[str, ...], finding: Finding) -> None:
        self._said[key] += 1
        if self._said[key] <= MOST:
            self._found.append(finding)
        elif self._said[key] == MOST + 1:
            message = f"{finding.message}; there is more of this, which is not told"
            more = finding._replace(rule=MORE_BREAKS, message=message, hint=None, severity=None)
            self._found.append(more)

    def finish(self) -> None:
        """Say what is said once, with how often it was there."""
        for (to, _), (hit, times) in islice(self._others.items(), MOST_NAMES):
            what = "measurement ID" if to == GA4 else "pixel"
            self._found.append(
                _finding(
                    OTHER_DESTINATION,
                    hit,
                    f"{count(times, 'hit')} went to {hit.id}, a {what} that the plan does not have",
                    self._destinations.hint(hit),
                )
            )
        if self._unread:
            self._found.append(self._not_in_the_har())
        for to, events in self._denied.items():
            self._found.append(self._before_consent(to, events))
        for one in islice(self._unknown.values(), MOST_NAMES):
            self._found.append(self._nobodys(*one))
        self._tell_how_many_more(OTHER_DESTINATION, self._others, "ID")
        self._tell_how_many_more(UNKNOWN_EVENT, self._unknown, "event")

    def _tell_how_many_more(
        self, rule: Rule, told: dict[tuple[str, str], _Times], what: str
    ) -> None:
        if len(told) > MOST_NAMES:
            hit = next(islice(told.values(), MOST_NAMES, None)).hit
            message = (
                f"and {count(len(told) - MOST_NAMES, f'more {what}')} that the plan does not have"
            )
            self._found.append(_finding(rule, hit, message, None)._replace(severity=Severity.NOTE))

    def _not_in_the_har(self) -> Finding:
        number = count(len(self._unread), "request")
        to = " and ".join(dict.fromkeys(one.to for one in self._unread))
        message = f"the HAR lacks the body of {number} to {to}: which events were sent is not known"
        hint = "export it with the bodies of requests, or record the data layer"
        return _finding(NO_BODY, self._unread[0], message, hint)

    def _nobodys(self, hit: Hit, times: int) -> Finding:
        """That no conversion sends an event, or not there."""
        often = "" if times == 1 else f" {times:,} times"
        other = self._destinations.why_not(hit)
        if other is not None:
            how, hint = other
            message = f"{hit.to} got {quoted(hit.event)} {how}{often}, and no conversion sends that"
            return _finding(UNKNOWN_EVENT, hit, message, hint)
        choice = closest(hit.event, self._destinations.names(hit.to))
        message = f"{hit.to} got {quoted(hit.event)}{often}, and no conversion sends it"
        if choice is None:
            return _finding(UNKNOWN_EVENT, hit, message, None)._replace(severity=Severity.NOTE)
        return _finding(UNKNOWN_EVENT, hit, message, f"did you mean '{choice}'?")

    def _before_consent(self, to: str, events: Counter[str]) -> Finding:
        storage = "analytics_storage" if to == GA4 else "ad_storage"
        said = some(name if times == 1 else f"{name} {times}x" for name, times in events.items())
        message = f"{to} got {count(events.total(), 'hit')} while {storage} was denied: {said}"
        basic = self._plan.consent.mode == "basic"
        finding = _finding(BEFORE_CONSENT, self._first_denied[to], message, None)
        if to == META:
            return finding._replace(hint="the pixel has to wait for the visitor's consent")
        if basic:
            return finding._replace(hint="in the plan's mode, basic, nothing is sent then")
        return finding._replace(severity=Severity.NOTE)

    def rows(self) -> Iterator[Row]:
        """What was sent of each conversion."""
        for index, conversion in enumerate(self._plan.conversions):
            sent = {to: self._fired[to][index] for to in (GA4, META)}
            most = {to: times + self._perhaps[to][index] for to, times in sent.items()}
            said = [f"{to} {_from(sent[to], times)}" for to, times in most.items() if times]
            first = self._first.get(index)
            yield Row(
                id=conversion.id,
                fired=max(sent.values()),
                unsure=max(most.values()) - max(sent.values()),
                first=f"entry {first.entry.number}" if first else "",
                broken=self._broken[index],
                has_contract=any(self._terms[to, index] for to in (GA4, META)),
                paused=conversion.paused,
                facts=(
                    *said,
                    *(
                        fact if times == 1 else f"{fact} ({times}x)"
                        for fact, times in self._facts.get(index, Counter()).items()
                    ),
                ),
            )


def _from(least: int, most: int) -> str:
    return str(most) if least == most else f"{least} to {most}"


def _more(known: _Times | None) -> int:
    return known.times + 1 if known else 1


def _name(pair: tuple[str, object]) -> str:
    return pair[0]


def _page_of(hit: Hit) -> str:
    data = hit.entry.data
    page = data.get("pageref") if isinstance(data, dict) else None
    return page if isinstance(page, str) else hit.page


def _at_once(before: Hit, hit: Hit) -> bool:
    if before.seconds is None or hit.seconds is None:
        return before.entry.number == hit.entry.number
    return abs(hit.seconds - before.seconds) <= _AT_ONCE


def _span(hit: Hit) -> Span:
    return Span(hit.entry.line, hit.entry.column, hit.entry.line, hit.entry.column + 1)


def _finding(rule: Rule, hit: Hit, message: str, hint: str | None) -> Finding:
    when = f", {hit.time}" if hit.time else ""
    where = f" (entry {hit.entry.number}{when})"
    return Finding(rule, (), message + where, hint, span=_span(hit))
