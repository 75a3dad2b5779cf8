"""Which events a plan listens to, and which are nobody's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.nearest import closest
from tagkit.plan.model import EventSettings, TriggerKind
from tagkit.plan.written import all_triggers, event_names
from tagkit.replay.coercion import text_of
from tagkit.replay.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved
    from tagkit.program.model import Firing, Program
    from tagkit.replay.moment import Moment

_NAMES = 10_000
"""Names for which it is kept whether anybody listens."""
_OURS_AND_GTMS = ("gtm.", "gtm4wp.", "tagkit.")
_NOISE = frozenset(
    """
    page_view pageview virtualPageview session_start first_visit user_engagement
    optimize.activate optimize.callback
    """.split()
)
_BANNERS = frozenset(
    """
    consent consent_update consent_default cookie_consent_update cookie_consent_marketing
    cookie_consent_statistics cookie_consent_preferences consent_status cookieyes_consent_update
    OneTrustLoaded OneTrustGroupsUpdated OptanonLoaded CookieScriptLoaded CookiebotOnConsentReady
    CookiebotOnAccept CookiebotOnDecline CookiebotOnLoad CookiebotOnTagsExecuted
    """.split()
)
"""Events of consent banners, in the names that they give them."""


class Listened:
    """The events of a plan's triggers."""

    def __init__(self, plan: Resolved, program: Program) -> None:
        self._firings = [one for action in program.actions for one in _events(action.firings)]
        self._known: dict[str, bool] = {}
        self._own = frozenset(plan.consent.update_events)
        self._names = tuple(
            dict.fromkeys(
                name
                for conversion in plan.conversions
                for trigger in all_triggers(conversion.triggers)
                if isinstance(trigger.settings, EventSettings)
                for name in event_names(trigger)
                if not name.startswith(_OURS_AND_GTMS)
            )
        )

    def knows(self, moment: Moment) -> bool:
        """Whether a trigger asks for an event of this name, or may do so."""
        name = text_of(moment.name)
        if name not in self._known:
            if len(self._known) >= _NAMES:
                self._known.clear()
            self._known[name] = any(
                one.event is not None and holds(one.event, moment) is not False
                for one in self._firings
            )
        return self._known[name]

    def is_noise(self, name: str) -> bool:
        """Whether it is GTM's own event, a banner's or a page view's."""
        return name.startswith(_OURS_AND_GTMS) or name in _NOISE or self.is_of_banner(name)

    def is_of_banner(self, name: str) -> bool:
        """Whether a consent banner tells by it of the visitor's choice."""
        return name in _BANNERS or name in self._own

    def nearest(self, name: str) -> str | None:
        """A hint that offers the event that was meant."""
        choice = closest(name, self._names)
        return f"did you mean '{choice}'?" if choice is not None else None


def _events(firings: tuple[Firing, ...]) -> Iterator[Firing]:
    for firing in firings:
        if firing.kind is TriggerKind.EVENT:
            yield firing
        yield from _events(firing.members)
