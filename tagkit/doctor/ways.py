"""How surely a page shows one conversion: the catalog's ways, held against the page's facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.doctor.facts import Asked, Link
from tagkit.doctor.signs import SURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagkit.doctor.facts import Facts, Page

PUSHED, DETECTABLE, CANNOT = "pushed", "detectable", "cannot"
OTHER, PUSH, ABSENT = "another page", "needs a push", "not there"
_STATES = (PUSHED, DETECTABLE, CANNOT, OTHER, PUSH, ABSENT)
_CLICKS = ("click", "link_click", "form_submit")

Way = dict[str, Any]


class Verdict(NamedTuple):
    """What a page says to one way of detection, or to the best of several.

    ``why``: what is missing, or the page that it takes. ``unseen``: globals that a saved page
    cannot have. ``relies``: on something that a theme may rename.
    """

    state: str
    sure: str = "high"
    why: str = ""
    how: str = ""
    unseen: tuple[str, ...] = ()
    relies: bool = False

    @property
    def works(self) -> bool:
        """Whether the conversion is seen when it happens here."""
        return self.state in (PUSHED, DETECTABLE)

    @property
    def rank(self) -> tuple[int, int]:
        """The better, the smaller."""
        state = _STATES.index(DETECTABLE if self.works else self.state)
        return state, SURE.index(self.sure)

    @property
    def shown(self) -> str:
        """In a table."""
        return f"{DETECTABLE} ({self.sure})" if self.works else self.state


def asked_of(ways: Iterable[Way]) -> Asked:
    """What a page must be asked to judge them."""
    css: list[str] = []
    globals_: list[str] = []
    links: list[Link] = []
    for way in ways:
        css += [way["page"], first_of(way["page"])] if "page" in way else []
        for thing in way.get("relies_on", ()):
            (css if "css" in thing else globals_).extend(thing.values())
        clicked = clicked_in(way["trigger"])
        css += [one for one in clicked if isinstance(one, str)]
        links += [one for one in clicked if isinstance(one, Link)]
    return Asked(tuple(dict.fromkeys(css)), tuple(dict.fromkeys(globals_)), tuple(links))


def judge(
    ways: Sequence[Way], page: Page, pushed: Mapping[str, str], language: str
) -> list[Verdict]:
    """A verdict for each way, in their order. ``pushed``: an event -> who pushes it there."""
    return [_verdict(way, page, pushed, language) for way in ways]


def best(verdicts: Iterable[Verdict]) -> Verdict:
    """The best of some; the first of those that are alike."""
    return min(verdicts, key=lambda verdict: verdict.rank)


def _verdict(way: Way, page: Page, pushed: Mapping[str, str], language: str) -> Verdict:
    facts = page.facts
    assert facts is not None  # noqa: S101 # who asks has looked
    sure, how = way["sure"], way.get("how", {}).get(language, "")
    said = pushed_names(way["trigger"])
    event = next((name for name in pushed if name in said), "")
    if event and _only_excludes(way["trigger"].get("where", {})):
        return Verdict(PUSHED, sure, how=f"{pushed[event]} pushes {event}")
    if "absent" in way:
        return Verdict(ABSENT, sure, how=way["absent"][language])
    if "customer_event" in way:
        return Verdict(OTHER, sure, "the checkout, where shopify-pixel.js hears it", how)
    if "needs" in way or ("listener" not in way and said):
        return Verdict(PUSH, sure, how=_words(way.get("needs", ""), language))
    if "page" in way and facts.css[way["page"]] < 1:
        return Verdict(OTHER, sure, f"happens on {way['page']}", how)
    missing, unseen = _missing(way.get("relies_on", ()), page, facts)
    if missing is not None and missing.is_element and not _is_home(way, facts):
        return Verdict(OTHER, sure, f"no {missing.what} here", how)
    if missing is not None:
        who = "the theme" if missing.is_element else "the page"
        return Verdict(CANNOT, sure, f"{who} has no '{missing.what}'", how, relies=True)
    clicked = clicked_in(way["trigger"])
    if clicked and not any(_is_there(one, facts) for one in clicked):
        return Verdict(OTHER, sure, _shown(clicked[0]), how)
    return Verdict(DETECTABLE, sure, how=how, unseen=unseen, relies="relies_on" in way)


class _Missing(NamedTuple):
    """What is relied on and not there: an element, or a global."""

    what: str
    is_element: bool


def _is_home(way: Way, facts: Facts) -> bool:
    """Whether it surely happens on such a page, so that a missing element says that it was renamed.

    A way names the surest page first: a list of products may have buttons, a product has one.
    """
    return "page" in way and facts.css[first_of(way["page"])] > 0


def first_of(css: str) -> str:
    """The first of the selectors that commas part."""
    depth = 0
    for found in re.finditer(r"""(?s)\\.|"[^"]*"|'[^']*'|[(\[\]),]""", css):
        depth += (found[0] in "([") - (found[0] in ")]")
        if found[0] == "," and not depth:
            return css[: found.start()].strip()
    return css


def _only_excludes(where: Mapping[str, Any]) -> bool:
    """Whether its conditions only leave some pushes out, such as those of a module's own gtag()."""
    tests = [
        test
        for said in where.values()
        for test in (said.values() if isinstance(said, dict) and "not" not in said else [said])
    ]
    return all(isinstance(test, dict) and [*test] == ["not"] for test in tests)


def _missing(
    things: Sequence[Mapping[str, str]], page: Page, facts: Facts
) -> tuple[_Missing | None, tuple[str, ...]]:
    """The first thing that is relied on and not there; globals that cannot be seen."""
    unseen: list[str] = []
    for thing in things:
        if "css" in thing and facts.css[thing["css"]] < 1:
            return _Missing(thing["css"], is_element=True), ()
        if "global" in thing and facts.globals[thing["global"]] is None:
            if not (page.is_file and page.blocked):
                return _Missing(thing["global"], is_element=False), ()
            unseen.append(thing["global"])
    return None, tuple(unseen)


def _is_there(clicked: str | Link, facts: Facts) -> bool:
    number = facts.links[clicked] if isinstance(clicked, Link) else facts.css[clicked]
    return number > 0


def _shown(clicked: str | Link) -> str:
    return "no such link here" if isinstance(clicked, Link) else f"no {clicked} here"


def pushed_names(trigger: Any) -> set[str]:  # noqa: ANN401
    """The data layer events that a trigger waits for by name."""
    return {
        name
        for one in _each(trigger)
        if isinstance(one, dict) and "event" in one
        for name in _listed(one["event"])
    }


def clicked_in(trigger: Any) -> list[str | Link]:  # noqa: ANN401
    """What has to be on a page for its click triggers: selectors, and links."""
    return [
        wanted
        for one in _each(trigger)
        if isinstance(one, dict)
        for kind in _CLICKS
        if kind in one
        for wanted in _wanted(one[kind])
    ]


def _wanted(said: Any) -> Iterator[str | Link]:  # noqa: ANN401
    if isinstance(said, str):
        yield said
    if not isinstance(said, dict):
        return
    if "css" in said:
        yield said["css"]
        return
    url = said.get("where", {}).get("click_url")
    if isinstance(url, dict) and "matches" in url:
        yield Link(url["matches"], bool(url.get("ignore_case")))


def _each(trigger: Any) -> Sequence[Any]:  # noqa: ANN401
    return trigger if isinstance(trigger, list) else [trigger]


def _listed(names: Any) -> list[str]:  # noqa: ANN401
    return [name for name in _each(names) if isinstance(name, str)]


def _words(said: Any, language: str) -> str:  # noqa: ANN401
    return str(said.get(language) or "") if isinstance(said, dict) else str(said)
