"""The consent that a data layer tells of, and what it leaves of the conversions that fire."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagkit.replay.hits import GA4, META
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.program.model import Program
    from tagkit.replay.conditions import Verdict
    from tagkit.replay.firing import Fired
    from tagkit.source import Json

_NO_TYPES = frozenset({"region", "wait_for_update"})


class Consent:
    """What gtag said of it on one page. A type that nobody set counts as granted (measured)."""

    def __init__(self) -> None:
        self._default: dict[str, bool] = {}
        self._regional: dict[str, set[bool]] = {}
        self._update: dict[str, bool] = {}
        self._is_elsewhere = False

    def take(self, action: Json, settings: Json) -> None:
        """One ``gtag('consent', action, settings)``."""
        if not isinstance(settings, dict):
            return
        said = {key: one == "granted" for key, one in settings.items() if key not in _NO_TYPES}
        if action == "update":
            self._update.update(said)
        elif action == "default" and settings.get("region"):
            for key, granted in said.items():
                self._regional.setdefault(key, set()).add(granted)
        elif action == "default":
            self._default.update(said)

    def hear_of_banner(self) -> None:
        """A banner's event: if it does not use gtag, it told GTM what no recording has."""
        self._is_elsewhere = not self._update

    def granted(self, types: Iterable[str]) -> Verdict:
        """Whether all of them are; None where the recording cannot tell."""
        said = [self._is_granted(one) for one in types]
        return False if False in said else None if None in said else True

    def _is_granted(self, key: str) -> Verdict:
        if key in self._update:
            return self._update[key]
        granted = self._default.get(key, True)
        if not granted and self._is_elsewhere:
            return None
        return None if self._regional.get(key, set()) - {granted} else granted


class Sent(NamedTuple):
    """A conversion that fired, and where. ``sure``: its tags were surely allowed to send."""

    number: int
    sure: bool
    route: Route | None


class _Waiting(NamedTuple):
    """An event for Meta. ``is_sent``: GA4 has it."""

    sent: Sent
    is_sent: bool


class Gate:
    """Which conversions may send something when they fire, in the container that tagkit builds.

    A GA4 tag that is not allowed to is lost; Meta's event waits on its page for the consent.
    ``lost`` counts what nobody was sent, ``lost_of`` what one of them was not.
    """

    def __init__(self, program: Program) -> None:
        by_mode = ("analytics_storage",) if program.consent.mode == "basic" else ()
        self._needs: list[dict[str, tuple[str, ...]]] = []
        for one in program.actions:
            needs: dict[str, tuple[str, ...]] = {}
            if one.ga4:
                needs[GA4] = by_mode if one.ga4.consent is None else one.ga4.consent
            if one.meta:
                needs[META] = (*program.pixel_consent, *one.hold)
            self._needs.append(needs)
        self._waiting: dict[int, list[_Waiting]] = {}
        self._consent = Consent()
        self.lost: Counter[int] = Counter()
        self.lost_of: dict[str, Counter[int]] = {GA4: Counter(), META: Counter()}

    def go_on(self, consent: Consent | None) -> Iterator[Sent]:
        """What has waited and may go, before an event on the page with this consent."""
        for number, waiting in list(self._waiting.items()):
            granted = self._consent.granted(self._needs[number][META])
            if granted is False and consent is self._consent:
                continue
            del self._waiting[number]
            unsent = [one.sent for one in waiting if not one.is_sent]
            if granted is False:
                self.lost[number] += len(unsent)
                self.lost_of[META][number] += len(waiting)
            else:
                yield from (one._replace(sure=one.sure and granted is True) for one in unsent)
        self._consent = consent or Consent()

    def let(self, fired: Fired, route: Route | None) -> Iterator[Sent]:
        """The conversion, if it may send at once."""
        number, one = fired.number, Sent(*fired, route)
        said = {to: self._consent.granted(types) for to, types in self._needs[number].items()}
        is_sent = True in said.values() or None in said.values()
        if is_sent:
            yield one._replace(sure=one.sure and True in said.values())
        if said.get(GA4) is False:
            self.lost_of[GA4][number] += 1
        if said.get(META) is False:
            self._waiting.setdefault(number, []).append(_Waiting(one, is_sent))
        elif not is_sent:
            self.lost[number] += 1

    def facts(self, number: int) -> Iterator[str]:
        """What a conversion was not sent for want of consent."""
        lost = self.lost[number]
        if lost:
            yield f"{count(lost, 'event')} without consent"
        for to, counts in self.lost_of.items():
            if counts[number] > lost:
                yield f"{to} {counts[number]:,} without consent"
