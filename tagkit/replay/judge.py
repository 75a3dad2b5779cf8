"""A recorded data layer, judged by a plan. Pure."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Findings, Severity, Spot
from tagkit.program.compile import compile_plan
from tagkit.replay.coercion import text_of
from tagkit.replay.consent import Gate
from tagkit.replay.contract import Break, Term, breaks_of, route_to, terms_of
from tagkit.replay.events import Listened
from tagkit.replay.firing import Firings, in_the_data, on_the_page
from tagkit.replay.play import play
from tagkit.replay.rules import MISSING, MISTYPED, MORE_BREAKS, NO_PUSH, UNKNOWN_EVENT
from tagkit.replay.summary import Row, Summary
from tagkit.values import Ecommerce
from tagkit.words import count, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Document, Route
    from tagkit.plan.model import Conversion, Resolved
    from tagkit.replay.consent import Sent
    from tagkit.replay.datalayer import DataLayerRecording
    from tagkit.replay.moment import Moment, Push

MOST = 20
"""How often the same break of the contract is told."""
MOST_NAMES = 50
"""Unknown events that are told of."""
_GTAG = "gtag() leaves its values in eventModel; use dataLayer.push({event: …, …})"
_ARGUMENTS = "gtag() has to push its arguments: function gtag() { dataLayer.push(arguments) }"
_KEPT = 300
"""Pushes that a data layer keeps (measured), and in which the place of a value is looked for."""


class Place(NamedTuple):
    """Where in the recording something is."""

    route: Route
    at_key: bool = False


def judge_data_layer(
    recording: DataLayerRecording, plan: Resolved, document: Document, found: Findings
) -> Summary:
    """What fired, and what is wrong with the pushes; findings point into the recording."""
    judge = _Judge(plan, document, found)
    seen: deque[Push] = deque(maxlen=_KEPT)
    pushes = judge.noted(recording.pushes, seen)
    for moment in play(pushes, one_page=recording.one_page):
        judge.take(moment, seen)
    judge.finish()
    rows = judge.rows(recording)
    return Summary("data layer", tuple(rows), judge.number, judge.pages, judge.folded)


class _Judge:
    def __init__(self, plan: Resolved, document: Document, found: Findings) -> None:
        self._document = document
        self._found = found
        self._program = compile_plan(plan)
        self._conversions = plan.conversions
        self._terms = [terms_of(one) for one in plan.conversions]
        self._firings = Firings(self._program)
        self._gate = Gate(self._program)
        self._listened = Listened(plan, self._program)
        self._fired: Counter[int] = Counter()
        self._unsure: Counter[int] = Counter()
        self._broken: Counter[int] = Counter()
        self._first: dict[int, Route] = {}
        self._used: Push | None = None
        self._told: set[tuple[Route, str]] = set()
        self._same: Counter[tuple[str, str, bool]] = Counter()
        self._unknown: dict[str, tuple[Route, int]] = {}
        self.folded: Counter[str] = Counter()
        self.pages = 1
        self.number = 0
        self._events = 0
        self._arrays: list[Route] = []

    def noted(self, pushes: Iterable[Push], seen: deque[Push]) -> Iterator[Push]:
        """The pushes, counted, and the last of them remembered."""
        for push in pushes:
            self.number += 1
            seen.append(push)
            if push.is_command and isinstance(push.data, list):
                self._arrays.append(push.route)
            yield push

    def take(self, moment: Moment, seen: deque[Push]) -> None:
        self.pages = max(self.pages, moment.page + 1)
        name = text_of(moment.name)
        if self._listened.is_of_banner(name):
            moment.consent.hear_of_banner()
        self._count(self._gate.go_on(moment.consent))
        fired = list(self._firings.at(moment))
        for one in fired:
            self._count(self._gate.let(one, moment.push.route if moment.push else None))
        if moment.push is None:
            return
        self._events += 1
        self._check([one.number for one in fired], moment, moment.push, seen)
        if not fired and not self._listened.knows(moment):
            if self._listened.is_noise(name):
                self.folded[name] += 1
            else:
                route, times = self._unknown.get(name, (name_route(moment.push), 0))
                self._unknown[name] = route, times + 1

    def _count(self, sent: Iterable[Sent]) -> None:
        for one in sent:
            counts = self._fired if one.sure else self._unsure
            counts[one.number] += 1
            if one.route is not None:
                self._first.setdefault(one.number, one.route)

    def _check(self, indexes: list[int], moment: Moment, push: Push, seen: deque[Push]) -> None:
        said: dict[tuple[str, bool], Finding] = {}
        stale = self._is_stale(indexes, push, seen)
        for index in indexes:
            conversion = self._conversions[index]
            broken = False
            for term in self._terms[index]:
                for one in breaks_of(term, moment, stale=stale):
                    broken = True
                    key = one.path, one.missing
                    if key not in said:
                        said[key] = self._finding(one, moment, push, seen)
                    wanted = self._wanted(conversion, term)
                    if wanted not in said[key].related:
                        related = (*said[key].related, wanted)
                        said[key] = said[key]._replace(related=related)
            self._broken[index] += broken
        event = text_of(moment.name)
        for (path, missing), finding in said.items():
            if (finding.route, path) in self._told:  # an earlier push's, which is there still
                continue
            self._told.add((finding.route, path))
            self._same[event, path, missing] += 1
            if self._same[event, path, missing] <= MOST:
                self._found.append(finding)

    def _is_stale(self, indexes: list[int], push: Push, seen: deque[Push]) -> bool:
        """Whether an event before has had the ecommerce object of this one already.

        A push of the object and one of the event behind it is how some shops do it.
        """
        terms = [term for index in indexes for term in self._terms[index]]
        if not any(isinstance(term.source, Ecommerce) for term in terms):
            return False
        last = next((one for one in reversed(seen) if sets(one, "ecommerce")), None)
        stale = last is not None and last is not push and last is self._used
        self._used = last
        return stale

    def _finding(self, one: Break, moment: Moment, push: Push, seen: deque[Push]) -> Finding:
        place, old = find_place(one.path, push, seen)
        if one.missing and old:
            place, old = Place(name_route(push)), False
        name = quoted(text_of(moment.name))
        message = f"{name} {one.message}"
        if old:
            message += "; it is of an earlier push, the data layer keeps it"
        rule = MISSING if one.missing else MISTYPED
        hint = _GTAG if push.is_command and one.missing else one.hint
        return Finding(rule, place.route, message, hint, place.at_key)

    def _wanted(self, conversion: Conversion, term: Term) -> tuple[Spot, str]:
        spot = self._document.spot(term.parameter.route)
        return spot, f"the contract of '{conversion.id}': {term.parameter.name}"

    def finish(self) -> None:
        self._count(self._gate.go_on(None))
        for (event, path, missing), times in self._same.items():
            if times > MOST:
                what = "is missing" if missing else "is of another type"
                self._found.say(
                    MORE_BREAKS, (), f"'{path}' of {quoted(event)} {what} "
                    f"{count(times - MOST, 'more time')}",
                )  # fmt: skip
        if self.number and not self._events:
            message = "no push in this recording has an event, so that nothing can fire"
            self._found.say(NO_PUSH, (), message, hint="record what is given to dataLayer.push")
        if self._arrays:
            calls = f"{count(len(self._arrays), 'call')} of gtag()"
            message = (
                f"an array is taken for {calls}; of an array that a page pushes GTM takes none"
            )
            self._found.say(NO_PUSH, self._arrays[0], message, hint=_ARGUMENTS)
        self._tell_of_unknown()

    def _tell_of_unknown(self) -> None:
        for number, (name, (route, times)) in enumerate(self._unknown.items()):
            if number == MOST_NAMES:
                message = f"and {count(len(self._unknown) - number, 'more event')} of other names"
                self._found.append(Finding(UNKNOWN_EVENT, route, message, severity=Severity.NOTE))
                return
            hint = self._listened.nearest(name)
            times_said = "" if times == 1 else f" {times:,} times"
            self._found.append(
                Finding(
                    UNKNOWN_EVENT,
                    route,
                    f"{quoted(name)} is pushed{times_said}, and no conversion listens to it",
                    hint,
                    severity=None if hint else Severity.NOTE,
                )
            )

    def rows(self, recording: DataLayerRecording) -> Iterator[Row]:
        for index, (conversion, action) in enumerate(
            zip(self._conversions, self._program.actions, strict=True)
        ):
            first = self._first.get(index)
            place = ""
            if first is not None:
                span = recording.source.locate(first)
                place = f"line {span.line}"
            yield Row(
                id=conversion.id,
                fired=self._fired[index],
                unsure=self._unsure[index],
                first=place,
                broken=self._broken[index],
                has_contract=bool(self._terms[index]),
                undecided=on_the_page(action),
                in_the_data=in_the_data(action),
                paused=conversion.paused,
                facts=tuple(self._gate.facts(index)),
            )


def find_place(path: str, push: Push, seen: deque[Push]) -> tuple[Place, bool]:
    """Where a value was pushed, and whether that was an earlier push.

    Where it is in none, the nearest that holds it in the event's own push, else the event's name.
    """
    for one in reversed(seen):
        route, whole = ((), False) if one.is_command else route_to(path, one.data)
        if whole:
            return Place((*one.route, *route)), one is not push
        if one is push and route:
            return Place((*one.route, *route), at_key=True), False
    return Place(name_route(push)), False


def sets(push: Push, key: str) -> bool:
    """Whether a push gives a key a value."""
    if not push.is_command:
        return isinstance(push.data, dict) and key in push.data
    command, *arguments = push.command
    first = arguments[0] if arguments else None
    return command == "set" and (key in first if isinstance(first, dict) else key == first)


def name_route(push: Push) -> Route:
    """Where the event's name stands."""
    if push.is_command:
        return (*push.route, _step(push, 1 if push.command[0] == "event" else 0))
    return (*push.route, "event")


def _step(push: Push, number: int) -> str | int:
    return str(number) if isinstance(push.data, dict) else number
