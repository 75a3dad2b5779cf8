"""The selectors of a plan, held against pages: which match nothing, and what is like them there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Severity
from tagkit.doctor.places import may_be_on
from tagkit.doctor.rules import DEAD_SELECTOR
from tagkit.nearest import closest
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagkit.diagnostics import Route
    from tagkit.doctor.facts import Facts, Page
    from tagkit.plan.model import Conversion, Resolved, Trigger

_STRING = r"""(?s)(["'])(?:\\.|(?!\1)[^\\])*\1"""
_NAME = re.compile(r"([.#])((?:\\.|[\w-]|[^\x00-\x7f])+)")
_TAG = re.compile(r"(?:^|[\s>+~,(])([a-zA-Z][\w-]*)")
_NAMED = re.compile(r"""\[\s*([\w-]+)\s*[~|^$*]?=\s*["']?([^"'\]]+)["']?\s*(?:[is]\s*)?\]""")
_BY_ID = r'\[id="(?:\\.|[^"\\])*"\]'
_LATER = "element_visible"
_EXCEPTIONS = ("unless", "not")
_IGNORE = "if it comes only after an action, say so: # tagkit: ignore[TK626] comes after …"
_SHOWN = 3


class Names(NamedTuple):
    """What elements are called by, on all the pages."""

    ids: frozenset[str]
    classes: frozenset[str]
    tags: frozenset[str]
    named: frozenset[str]


def selectors_of(plan: Resolved) -> list[tuple[str, Route]]:
    """The selectors that the author wrote, and the ids in triggers, with their places."""
    found = [*plan.selectors]
    for conversion in plan.conversions:
        for trigger in _each(conversion.triggers) if "trigger" in conversion.said else ():
            css = getattr(trigger.settings, "css", "")
            if by_id := re.match(_BY_ID, css):
                found.append((by_id[0], (*trigger.route, trigger.kind.value, "id")))
    return found


def _each(triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    for trigger in triggers:
        yield trigger
        yield from _each(trigger.members)


def check_selectors(plan: Resolved, pages: Sequence[Page]) -> Iterator[Finding]:
    """A finding for each selector that matches on none of the pages where it may be wanted."""
    for css, route in selectors_of(plan):
        wanted = [page for page in pages if _is_wanted(route, plan, page) is not False]
        counts = [page.facts.css[css] for page in wanted if page.facts is not None]
        if not counts or any(number > 0 for number in counts):
            continue
        where = wanted[0].name if len(wanted) == 1 else f"any of the {len(wanted)} pages"
        if counts[0] < 0:
            message = f"this browser cannot read {quoted(css)} as a selector"
            yield Finding(DEAD_SELECTOR, route, message, "try it in the console of a browser")
            continue
        facts = [page.facts for page in wanted if page.facts is not None]
        message = f"{quoted(css)} matches nothing on {where}"
        if route[-1] == "id":
            message = f"no element has this id on {where}"
        hint = hint_for(css, names_on(facts))
        if _LATER in route:
            hint = f"{hint}\n{_IGNORE}"
            yield Finding(DEAD_SELECTOR, route, message, hint, severity=Severity.WARNING)
        elif not any(_is_wanted(route, plan, page) for page in wanted):
            hint = (
                f"{hint}\nits conditions name an address, and no saved page says that it is there"
            )
            yield Finding(DEAD_SELECTOR, route, message, hint, severity=Severity.WARNING)
        elif any(step in _EXCEPTIONS for step in route):
            yield Finding(DEAD_SELECTOR, route, message, hint, severity=Severity.NOTE)
        else:
            yield Finding(DEAD_SELECTOR, route, message, hint)


def names_on(pages: Iterable[Facts]) -> Names:
    """All names of some pages."""
    pages = list(pages)
    return Names(
        frozenset(name for facts in pages for name in facts.ids),
        frozenset(name for facts in pages for name in facts.classes),
        frozenset(name for facts in pages for name in facts.tags),
        frozenset(name for facts in pages for name in facts.named),
    )


def _is_wanted(route: Route, plan: Resolved, page: Page) -> bool | None:
    """Whether what the selector is for may happen on the page, by the conditions of its triggers.

    None when the page does not say where it is.
    """
    owner = next(
        (c for c in plan.conversions if c.route and route[: len(c.route)] == c.route), None
    )
    if owner is None:
        return True
    inside = [
        trigger
        for trigger in owner.triggers
        if trigger.route and route[: len(trigger.route)] == trigger.route
    ]
    verdicts = [may_be_on(trigger, page) for trigger in inside or owner.triggers]
    return True if True in verdicts else None if None in verdicts else False


def hint_for(css: str, names: Names) -> str:
    """What of the selector is not there, and what is there in its place."""
    said = [word for word in _words(css, names) if word]
    if not said:
        return "each part of it is there, but nowhere together: has an element moved?"
    return "; ".join(said[:_SHOWN])


def _words(css: str, names: Names) -> Iterator[str]:
    bare = re.sub(r"\[[^\]]*\]", "", re.sub(_STRING, "", css))
    for sign, escaped in dict.fromkeys(_NAME.findall(bare)):
        name = re.sub(r"\\(.)", r"\1", escaped)
        there, others, other = names.classes, names.ids, "#"
        if sign == "#":
            there, others, other = names.ids, names.classes, "."
        if name in there:
            continue
        if name in others:
            yield f"there is no '{sign}{name}', but '{other}{name}'"
        elif near := closest(name, sorted(there)):
            yield f"there is no '{sign}{name}'; did you mean '{sign}{near}'?"
        elif near := closest(name, sorted(others)):
            yield f"there is no '{sign}{name}'; did you mean '{other}{near}'?"
        else:
            yield f"there is no '{sign}{name}', nor anything like it"
    for name, value in dict.fromkeys(_NAMED.findall(css)):
        yield _attribute(name, value, names)
    plain = re.sub(r"[.#:][^\s>+~,()]*", "", bare)
    for tag in dict.fromkeys(_TAG.findall(plain)):
        if tag.lower() not in names.tags:
            yield f"there is no <{tag}>"


def _attribute(name: str, value: str, names: Names) -> str:
    if name == "id":
        if value in names.ids:
            return ""
        near = closest(value, sorted(names.ids))
        return f"there is no id '{value}'" + (f"; did you mean '{near}'?" if near else "")
    pairs = (one.partition("=") for one in names.named)
    values = sorted(found for key, _, found in pairs if key == name)
    if value in values or (not values and not name.startswith("data-")):
        return ""  # it is there, or of a kind that was not looked at
    if near := closest(value, values):
        return f"there is no [{name}={value}]; did you mean [{name}={near}]?"
    return f"there is no [{name}={value}]"


def unmatched(conversion: Conversion, plan: Resolved, page: Page) -> str:
    """What the author's own triggers ask for and the page has not; empty when it has it."""
    routes = {trigger.route for trigger in conversion.triggers}
    mine = [
        css
        for css, route in selectors_of(plan)
        if any(route[: len(at)] == at for at in routes) and not {*_EXCEPTIONS} & {*route}
    ]
    assert page.facts is not None  # noqa: S101 # who asks has looked
    if mine and not any(page.facts.css[css] > 0 for css in mine):
        return f"no {mine[0]} here"
    return ""
