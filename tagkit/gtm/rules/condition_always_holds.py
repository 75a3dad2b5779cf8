r"""A condition is true whatever the variable is, so it restricts nothing.

Every text contains the empty text and matches ``.*``. A variable that has no value is compared as
the text ``undefined``, so ``.+`` does not tell whether it has one.

Before::

    {{DLV - user id}} matches .+

After::

    {{DLV - user id}} does not match ^(undefined|null|)$

Source: GTM's runtime: ``new RegExp('.+').test(undefined)`` is true, as measured.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK460", "condition-always-holds", Severity.NOTE, "a condition is true whatever the value"
)

_ANY = frozenset({"", "^", "$", ".*", "^.*", ".*$", "^.*$", ".*?", "(.*)", "^(.*)$", "(.*?)"})
_SOME = frozenset({".+", "^.+", ".+$", "^.+$", "(.+)", "^(.+)$", "."})
_EMPTY = {"CONTAINS": "contains", "STARTS_WITH": "starts with", "ENDS_WITH": "ends with"}
_HINT = "to ask whether there is a value, write: does not match '^(undefined|null|)$'"


def check(container: Container) -> Iterator[Finding]:
    """Each such condition; a NOTE where it does no harm, a WARNING where it is meant to test."""
    if not is_web(container):
        return
    variables = {variable.name: variable for variable in container.of("variable")}
    comparisons = tuple(comparisons_of(container))
    tested = Counter((id(one.trigger.data), one.variable) for one in comparisons)
    for comparison in comparisons:
        # Where GTM asks for a condition, or for the name of an event, this is how one says any.
        if comparison.field != "filter" or not comparison.variable:
            continue
        word, right = comparison.type, comparison.right
        name = comparison.variable
        # What is asked once more is narrowed by the other condition.
        alone = tested[id(comparison.trigger.data), name] == 1
        absent = alone and _often_absent(variables.get(name))
        if (word in _EMPTY and not right) or (word == "MATCH_REGEX" and right in _ANY):
            if not comparison.negate and not alone:
                continue
            if comparison.negate:
                message = (
                    f"{comparison.trigger.words} never fires: '{right}' is found in every text, "
                    f"and '{name}' must be without it"
                )
            else:
                message = (
                    f"'{name}' {_EMPTY.get(word, 'matches')} '{right}' is always true, so it does "
                    f"not narrow {comparison.trigger.words}"
                )
            meant = comparison.negate or absent
            yield Finding(
                RULE,
                comparison.right_route,
                message,
                hint=_HINT if meant else "leave the condition out, or write what it is to test",
                severity=Severity.WARNING if meant else None,
            )
        elif word == "MATCH_REGEX" and right in _SOME and absent:
            if variables[name].data.get("formatValue"):
                continue  # undefined may be another text by then
            then = "it holds for an empty text only" if comparison.negate else "it always holds"
            yield Finding(
                RULE,
                comparison.right_route,
                f"{comparison.trigger.words} asks with '{right}' whether '{name}' has a value, but "
                f"one without is compared as the text 'undefined': {then}",
                hint=_HINT,
                severity=Severity.WARNING,
            )


def _often_absent(variable: Entity | None) -> bool:
    """Whether it is a variable that often has no value, and has no default for that."""
    if variable is None:
        return False
    default = variable.parameter("setDefaultValue")
    if default is not None and default.value == "true":
        return False
    if variable.type == "u":
        component, key = variable.parameter("component"), variable.parameter("queryKey")
        return bool(component and component.value == "QUERY" and key and key.value)
    return variable.type in ("v", "k", "j")
