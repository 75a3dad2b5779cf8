"""One event of a data layer: what its push said, what the data layer held, which page it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.replay.model import Model
    from tagkit.source import Json


class Push(NamedTuple):
    """One entry of a data layer.

    ``message`` is None of what is no event and no data; ``command`` are the arguments of a gtag
    call. ``route`` leads to what was pushed, ``inner`` further to what the message is made of.
    ``url`` and ``time`` are empty, and ``page`` None, where the recording does not have them.
    """

    route: Route
    data: Json
    command: tuple[Json, ...] = ()
    inner: Route = ()
    url: str = ""
    time: str = ""
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
    url: str
    page: int
