"""A journal and what was expected -> what is otherwise. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tagkit.scenarios.model import Failure
from tagkit.scenarios.trace import events_of, sent_of, unexpected, why_not, why_not_sent
from tagkit.scenarios.values import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.scenarios.journal import Journal
    from tagkit.scenarios.model import Expectation, Scenario, Sent, Subject

_PAGE_VIEWS = ("page_view", "PageView")


def judge(expected: Expectation, journal: Journal, steps: range, subject: Subject) -> list[Failure]:
    """What was otherwise in these steps; empty when all was as expected."""
    failures = [*_fires(expected, journal, steps, subject)]
    for platform, kind, sent, nothing in (
        ("GA4", "ga4", expected.ga4, expected.no_ga4),
        ("Meta", "meta", expected.meta, expected.no_meta),
    ):
        hits = [hit for hit in journal.of(kind, steps) if hit.get("event")]
        if nothing and hits:
            message = f"{platform} was to get nothing, and got {_listed(hits)}"
            failures.append(Failure(expected.place, message))
        elif sent is not None and not nothing:
            for failure, one in _sent(platform, sent, hits, expected):
                why = why_not_sent(platform, one.event, journal, steps, subject) if one else ()
                failures.append(failure._replace(trace=failure.trace or why))
    seen = (*events_of(journal, steps), *sent_of(journal, steps)) if failures else ()
    return [failure._replace(seen=seen) for failure in failures]


def before_consent(journal: Journal, scenario: Scenario, subject: Subject) -> list[Failure]:
    """Whether Meta heard of anything while the consent that its tags wait for was denied."""
    now: dict[str, str] = {}
    page = ""
    failures: dict[str, Failure] = {}
    for entry in journal.entries:
        if entry.kind == "consent":
            now, page = entry.value.get("state") or now, entry.page
        elif entry.kind == "event" and entry.page != page:
            # only the first of a page: later ones may be told anew, with a consent of long ago
            now, page = entry.value.get("consent") or now, entry.page
        missing = [kind for kind in subject.consent if now.get(kind) == "denied"]
        if entry.kind == "meta" and entry.value.get("tag") and missing:
            message = f"Meta got '{entry.value.get('event')}' before consent: "
            message += f"{', '.join(missing)} denied"
            seen = events_of(journal, range(entry.step, entry.step + 1))
            step = scenario.steps[entry.step]
            failures.setdefault(message, Failure(step.place, message, seen=seen))
    return list(failures.values())


def _fires(
    expected: Expectation, journal: Journal, steps: range, subject: Subject
) -> Iterator[Failure]:
    if expected.fires is None:
        return
    firings = [f for f in journal.firings(subject, steps) if f.name not in expected.others]
    counts = Counter(firing.name for firing in firings)
    wanted = {name: times for name, times in expected.fires.items() if times}
    for name, times in wanted.items():
        if counts[name] == times:
            continue
        if not counts[name]:
            message = f"'{name}' did not fire"
            if times > 1:
                message += f"; {times} times were expected"
            yield Failure(expected.place, message, why_not(name, journal, steps, subject))
        else:
            message = f"'{name}' fired {_times(counts[name])}, expected {_times(times)}"
            yield Failure(expected.place, message, unexpected(name, journal, steps, subject))
    for name in dict.fromkeys(firing.name for firing in firings if firing.name not in wanted):
        often = f" {_times(counts[name])}" if counts[name] > 1 else ""
        message = f"'{name}' fired{often}, and was not expected"
        yield Failure(expected.place, message, unexpected(name, journal, steps, subject))


def _sent(
    platform: str, sent: tuple[Sent, ...], hits: list[dict[str, Any]], expected: Expectation
) -> Iterator[tuple[Failure, Sent | None]]:
    """What is otherwise; with it the event when nothing of its name was sent."""
    others = [hit for hit in hits if hit["event"] not in _PAGE_VIEWS]
    if not sent and others:
        message = f"{platform} was to get no event, and got {_listed(others)}"
        yield Failure(expected.place, message), None
    free = list(hits)
    for one in sent:
        failure, taken = _one(platform, one, hits if one.times is not None else free)
        if taken in free:
            free.remove(taken)
        if failure:
            yield failure, None if taken else one


def _one(
    platform: str, one: Sent, hits: list[dict[str, Any]]
) -> tuple[Failure | None, dict[str, Any] | None]:
    """What is wrong with an event that was to be sent, and the hit that it is."""
    named = [(differences(hit, one), hit) for hit in hits if hit["event"] == one.event]
    times = sum(not wrong for wrong, _ in named)
    wrong, nearest = min(named, key=lambda pair: len(pair[0]), default=([], None))
    if times == one.times or (one.times is None and times):
        return None, nearest
    if times or one.times == 0:
        message = f"{platform} got '{one.event}' {_times(times)}, expected {_times(one.times or 0)}"
        return Failure(one.place, message), nearest
    if nearest:
        message = f"{platform} got '{one.event}', but not as expected"
        return Failure(one.place, message, tuple(wrong)), nearest
    return Failure(one.place, f"{platform} did not get '{one.event}'"), None


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(hits: list[dict[str, Any]]) -> str:
    return ", ".join(dict.fromkeys(f"'{hit['event']}'" for hit in hits))
