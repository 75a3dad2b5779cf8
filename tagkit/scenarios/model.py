"""A scenario as read, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.diagnostics import Span


class Place(NamedTuple):
    """Where something is written. ``span`` is None for what tagkit itself says."""

    file: str
    span: Span | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.span.line}:{self.span.column}" if self.span else self.file


class Does(StrEnum):
    """What a step does; all but the first are written under ``steps:``."""

    OPEN = "open"
    CLICK = "click"
    FILL = "fill"
    SUBMIT = "submit"
    SCROLL = "scroll"
    WAIT = "wait"
    PUSH = "push"
    NAVIGATE = "navigate"
    CONSENT = "consent"
    EXPECT = "expect"


class Sent(NamedTuple):
    """An event that GA4 or Meta is to get. ``values`` of None must not be there.

    ``to`` is a measurement or pixel ID, ``times`` None at least once, ``event_id`` None either way.
    """

    event: str
    values: Mapping[str, Any]
    place: Place
    user_properties: Mapping[str, Any] = {}
    to: str = ""
    times: int | None = None
    event_id: bool | None = None


class Expectation(NamedTuple):
    """What is to happen; None: it does not matter. ``no_ga4``, ``no_meta``: nothing at all.

    ``others`` may fire or not.
    """

    place: Place
    fires: Mapping[str, int] | None = None
    ga4: tuple[Sent, ...] | None = None
    meta: tuple[Sent, ...] | None = None
    no_ga4: bool = False
    no_meta: bool = False
    others: frozenset[str] = frozenset()


class Step(NamedTuple):
    """One thing that happens. ``expected`` is for EXPECT only."""

    does: Does
    value: Any
    place: Place
    expected: Expectation | None = None

    def __str__(self) -> str:
        if isinstance(self.value, str):
            return f"{self.does}: {self.value}"
        if self.does is Does.PUSH:
            return f"push: {self.value.get('event', 'no event')}"
        if self.does is Does.FILL:
            return f"fill: {', '.join(self.value)}"
        return str(self.does)


class Scenario(NamedTuple):
    """What a visitor does. ``home`` is the folder from which its files are named."""

    name: str
    steps: tuple[Step, ...]
    place: Place
    home: Path
    consent: str | Mapping[str, str] = "granted"
    address: str = ""


class Owner(NamedTuple):
    """Whose a tag is: the name that ``fires`` has for it, and which event it sends where."""

    name: str
    platform: str
    event: str = ""


class Subject(NamedTuple):
    """What is tried: a container, and what its tags are called in scenarios.

    ``script`` is what stands in for gtm.js, ``owners`` by the names of tags; ``update_event`` is
    what the shop's banner pushes; ``consent`` what Meta's tags wait for; ``origin`` where files and
    the demo shop seem to lie.
    """

    name: str
    container: Mapping[str, Any]
    script: str
    owners: Mapping[str, Owner]
    update_event: str = ""
    consent: tuple[str, ...] = ()
    origin: str = "https://shop.example"
    is_plan: bool = True


class Failure(NamedTuple):
    """What did not come as expected, and how that came about.

    ``seen``: what happened, which is the same for all that is judged at once.
    """

    place: Place
    message: str
    trace: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class Outcome(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    FAILED = "failed"


class Seen(NamedTuple):
    """What happened, for who wants to look: what fired in order, hits, what is not simulated."""

    fired: tuple[str, ...] = ()
    ga4: tuple[Mapping[str, Any], ...] = ()
    meta: tuple[Mapping[str, Any], ...] = ()
    uncovered: tuple[str, ...] = ()


class Result(NamedTuple):
    """How a scenario ended. ``notes`` are no reason to fail."""

    subject: str
    scenario: Scenario
    milliseconds: int
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    seen: Seen = Seen()

    @property
    def outcome(self) -> Outcome:
        """Whether all was as expected."""
        return Outcome.FAILED if self.failures else Outcome.PASSED
