"""How it came that something fired or did not. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tagkit.nearest import closest
from tagkit.scenarios.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.scenarios.journal import Event, Journal
    from tagkit.scenarios.model import Subject

_OWN = ("gtm.", "tagkit.")
_LOADING = ("gtm.init_consent", "gtm.init", "gtm.js", "gtm.dom", "gtm.load", "tagkit.consent")
_LISTENER = "gtm.triggers"
"""By this GTM tells for which of its triggers of one kind it pushed an event."""
_MOST = 12
_TESTS = {
    "EQUALS": "",
    "CONTAINS": "one that contains ",
    "STARTS_WITH": "one that starts with ",
    "ENDS_WITH": "one that ends with ",
    "MATCH_REGEX": "one that matches ",
    "CSS_SELECTOR": "one that fits ",
    "GREATER": "more than ",
    "GREATER_OR_EQUALS": "at least ",
    "LESS": "less than ",
    "LESS_OR_EQUALS": "at most ",
    "URL_MATCHES": "the URL ",
}
_ENDS = {
    "blocked": "was blocked",
    "failed": "failed",
    "paused": "is paused",
    "already ran": "runs once on a page, and had run when it was due again",
    "setup failed": "was left out, since its setup tag failed",
    "running": "has not come to an end",
}


def why_not(name: str, journal: Journal, steps: range, subject: Subject) -> tuple[str, ...]:
    """Why a conversion, or a tag, did not fire."""
    tags = {tag for tag, owner in subject.owners.items() if owner.name == name}
    before = _heard_late(name, tags, journal, steps, subject)
    return before or _why(tags, journal, steps, subject)


def why_not_sent(
    platform: str, event: str, journal: Journal, steps: range, subject: Subject
) -> tuple[str, ...]:
    """Why none of a plan's tags sent an event."""
    tags = {
        tag
        for tag, owner in subject.owners.items()
        if (owner.platform, owner.event) == (platform, event)
    }
    return _why(tags, journal, steps, subject)


def _heard_late(
    name: str, tags: set[str], journal: Journal, steps: range, subject: Subject
) -> tuple[str, ...]:
    """That Meta heard of it in these steps, and it had fired in earlier ones."""
    heard = {(e.page, e.value.get("eventId")) for e in journal.entries
             if e.kind == "meta" and e.step in steps and e.value.get("tag") in tags}  # fmt: skip
    events = {(event.page, event.value.get("id")): event for event in journal.events()}
    lines = (
        f"it had fired before, on event '{events[firing.page, firing.event].name}', and counts "
        "there; Meta heard of it now"
        for firing in journal.firings(subject, range(steps.start))
        if firing.name == name and (firing.page, firing.event) in heard & events.keys()
    )
    return tuple(dict.fromkeys(lines))


def _why(tags: set[str], journal: Journal, steps: range, subject: Subject) -> tuple[str, ...]:
    events = journal.events(steps)
    names = _trigger_names(subject.container)
    lines = [line for tag in sorted(tags) for line in _ends(tag, events, names)]
    lines += _errors(tags, journal, steps)
    if not lines:
        triggers = _triggers_of(tags, subject.container)
        lines = [*_unmatched(triggers, events)]
    return tuple(dict.fromkeys(lines))


def unexpected(name: str, journal: Journal, steps: range, subject: Subject) -> tuple[str, ...]:
    """What made it fire."""
    firings = [firing for firing in journal.firings(subject, steps) if firing.name == name]
    events = {(event.page, event.value.get("id")): event for event in journal.events()}
    tags = {tag for tag, owner in subject.owners.items() if owner.name == name}
    names = _trigger_names(subject.container)
    lines = []
    for firing in firings[:_MOST]:
        event = events.get((firing.page, firing.event))
        if event is None:
            continue
        by = [
            f"'{names.get(str(trigger), trigger)}'"
            for tag in event.value.get("tags", ())
            if tag.get("name") in tags
            for trigger in tag.get("by") or ()
        ]
        because = f", by trigger {', '.join(dict.fromkeys(by))}" if by else ""
        lines.append(f"it fired on event '{event.name}'{because}")
    return tuple(_counted(lines))


def _errors(tags: set[str], journal: Journal, steps: range) -> Iterator[str]:
    """What the container's own JavaScript said when these tags ran."""
    for error in journal.of("errors", steps):
        if error.get("name") in tags:
            yield f"{error.get('kind')} '{error.get('name')}': {error.get('message')}"


def _ends(tag: str, events: list[Event], names: Mapping[str, str]) -> Iterator[str]:
    """What became of a tag that was due."""
    for event in events:
        for entry in event.value.get("tags", ()):
            if entry.get("name") != tag:
                continue
            status, on = entry.get("status"), f"on event '{event.name}'"
            if status == "no consent":
                missing = ", ".join(entry.get("missing") or ())
                yield f"tag '{tag}' had no consent {on}: {missing} denied"
            elif status == "blocked":
                by = entry.get("blockedBy") or ()
                said = ", ".join(f"'{names.get(str(one), one)}'" for one in by)
                yield f"tag '{tag}' was blocked {on}" + (f" by {said}" if said else "")
            elif status == "fired":
                yield f"tag '{tag}' ran {on}, and nothing was sent: it waits for consent"
            else:
                yield f"tag '{tag}' {_ENDS.get(str(status), status)} {on}"


def _triggers_of(tags: set[str], container: Mapping[str, Any]) -> list[str]:
    listed = container.get("containerVersion", {}).get("tag", ())
    found = [trigger for tag in listed if tag.get("name") in tags
             for trigger in tag.get("firingTriggerId") or ()]  # fmt: skip
    return list(dict.fromkeys(map(str, found)))


def _trigger_names(container: Mapping[str, Any]) -> dict[str, str]:
    listed = container.get("containerVersion", {}).get("trigger", ())
    return {str(trigger.get("triggerId")): str(trigger.get("name")) for trigger in listed}


def _unmatched(wanted: list[str], events: list[Event]) -> Iterator[str]:
    """What kept each trigger from matching, where it came nearest."""
    for trigger in wanted:
        tried = [
            (event, result)
            for event in events
            for result in event.value.get("triggers", ())
            if str(result.get("id")) == trigger and not result.get("matched")
        ]
        if not tried:
            continue
        event, result = min(tried, key=_distance)
        failed = result.get("failed") or {}
        if _subject(failed) == _LISTENER:
            yield f"trigger '{result['name']}' did not match: '{event.name}' was not one of its own"
        elif "event" in failed and _is_own(failed["wanted"]):
            yield f"trigger '{result['name']}' waits for {_spoken(failed['wanted'])}, and none came"
        elif _is_own(event.name) and _subject(failed) == "Event":
            waits = f"waits for event {shown(failed.get('wanted'))}, and none came"
            yield f"trigger '{result['name']}' {waits}"
        else:
            yield f"trigger '{result['name']}' did not match: {_condition(failed)}"


def _distance(tried: tuple[Event, Mapping[str, Any]]) -> int:
    """How near a trigger came: a condition failed, then another event, GTM's own last."""
    event, result = tried
    failed = result.get("failed") or {}
    if _subject(failed) not in ("Event", _LISTENER):
        return 0
    if closest(event.name, [str(failed.get("wanted"))]):
        return 1
    return 3 if _is_own(event.name) else 2


def _subject(failed: Mapping[str, Any]) -> str:
    said = "Event" if "event" in failed else str(failed.get("variable", ""))
    said = said.strip("{}")
    return "Event" if said == "_event" else said


def _condition(failed: Mapping[str, Any]) -> str:
    if "event" in failed:
        return f"Event is {shown(failed['event'])}, wanted {shown(failed['wanted'])}"
    word = _TESTS.get(str(failed.get("operator")), "")
    if failed.get("negate"):
        word = word.replace("one that", "none that") if word[:3] == "one" else f"not {word}"
    actual = failed.get("actual")
    said = "undefined" if actual is None else shown(actual)
    return f"{_subject(failed)} is {said}, wanted {word}{shown(failed.get('wanted'))}"


def _is_own(name: object) -> bool:
    return str(name).startswith(_OWN)


def _spoken(event: object) -> str:
    return {
        "gtm.click": "a click",
        "gtm.linkClick": "a click on a link",
        "gtm.formSubmit": "a form that is sent",
        "gtm.elementVisibility": "an element to be seen",
        "gtm.scrollDepth": "scrolling",
        "gtm.historyChange": "a change of the address",
        "gtm.timer": "time to pass",
        "gtm.video": "a video",
        "gtm.pageError": "a script error",
        "gtm.triggerGroup": "all of its triggers",
    }.get(str(event), f"event '{event}'")


def _counted(lines: list[str]) -> list[str]:
    return [f"{line} ({n} times)" if n > 1 else line for line, n in Counter(lines).items()]


def events_of(journal: Journal, steps: range) -> tuple[str, ...]:
    """The events that came, as one line."""
    events = journal.events(steps)
    if not events:
        return ("no event came",)
    names = [event.name for event in events if event.name not in _LOADING]
    if not names:
        return ("events: none but those of a page that loads",)
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return (f"events: {', '.join(names[:_MOST])}{more}",)


def sent_of(journal: Journal, steps: range) -> tuple[str, ...]:
    """What was sent, as one line."""
    parts = []
    for platform, kind in (("GA4", "ga4"), ("Meta", "meta")):
        names = _counted([str(hit.get("event")) for hit in journal.of(kind, steps)])
        parts.append(f"{platform} {', '.join(names[:_MOST])}" if names else f"{platform} nothing")
    return (f"sent: {'; '.join(parts)}",)
