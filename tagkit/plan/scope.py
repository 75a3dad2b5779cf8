"""What reading a part of a plan needs to know of the rest: its variables, and where to complain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Findings, Route
    from tagkit.values import Scalar, Source

ONE_KIND = Rule(
    "TK201", "one-kind", Severity.ERROR, "a source or trigger names exactly one kind of itself"
)
RULES = (ONE_KIND,)


class Scope:
    """The declared variables, those already read, the selectors seen, the stage's findings."""

    def __init__(self, found: Findings, language: str, declared: Mapping[str, Any]) -> None:
        self.found = found
        self.language = language
        self.declared = declared
        self.read: dict[str, Source] = {}
        self.reading: list[str] = []
        self.selectors: list[tuple[str, Route]] = []

    def kind_of(
        self, data: Mapping[str, Any], kinds: tuple[str, ...], what: str, route: Route
    ) -> str:
        """The one key of ``data`` that says what it is; empty, with a finding, when unclear."""
        present = [kind for kind in kinds if kind in data]
        if len(present) == 1:
            return present[0]
        if present:
            says = " and ".join(f"'{kind}'" for kind in present)
            self.found.say(
                ONE_KIND,
                (*route, present[1]),
                f"{what} names one kind, this one has {says}",
                hint="keep one of them",
                at_key=True,
            )
        else:
            self.found.say(
                ONE_KIND,
                route,
                f"{what} does not say what it is",
                hint=f"name one of {', '.join(kinds)}",
            )
        return ""

    def words(self, data: Any) -> str:  # noqa: ANN401
        """A text in the plan's language, or in the other one."""
        if isinstance(data, dict):
            return str(data.get(self.language) or next(iter(data.values())))
        return "" if data is None else str(data)


def text_of(value: Scalar) -> str:
    """A scalar as JavaScript's ``String()`` would write it."""
    if value is True or value is False:
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        return str(int(value))
    return str(value)


def regex_problem(pattern: str) -> str | None:
    """Why the pattern is no JavaScript regular expression; None when it is one."""
    from tagkit.plan.regex import problem_of

    return problem_of(pattern)
