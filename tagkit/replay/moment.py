"""One event of a data layer: what its push said, what the data layer held, which page it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.replay.consent import Consent
    from tagkit.replay.model import Model
    from tagkit.source import Json


class Push(NamedTuple):
    """One entry of a data layer.

    ``command`` are the arguments of a gtag call, () of what is none. ``route`` leads to it in the
    recording. ``url`` is empty, and ``page`` None, where that does not say.
    """

    route: Route
    data: Json
    command: tuple[Json, ...] = ()
    url: str = ""
    page: Json = None

    @property
    def is_command(self) -> bool:
        """Whether it was made by gtag()."""
        return bool(self.command)


class Moment(NamedTuple):
    """An event, and what the conditions and values of a conversion can see then.

    ``page`` counts the page loads from 0. ``push`` is None of the events that GTM adds.
    """

    name: Json
    model: Model
    push: Push | None
    consent: Consent
    url: str
    page: int
