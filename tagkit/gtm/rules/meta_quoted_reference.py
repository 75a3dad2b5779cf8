"""A variable in quotes where Meta wants a number, a list or nothing.

GTM puts the text of a variable between quotes: a variable that is not set becomes the text
"undefined", a list of objects "[object Object]". Without quotes the variable keeps its type, and a
property that is not set is left out. An event id "undefined" is one id for all events; a name or an
external id "undefined" is matched like any other.

Before::

    fbq('track', 'Purchase', {value: '{{Value}}', contents: '{{Contents}}', currency: 'EUR'});

After::

    fbq('track', 'Purchase', {value: {{Value}}, contents: {{Contents}}, currency: 'EUR'});

Source: seen in the real runtime of GTM with the real fbevents.js (references in and outside quotes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import OBJECT
from tagkit.gtm.meta_tags import EVENT_COMMANDS, EVENT_ID_KEYS, fbq_tags
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.fbq_calls import Call, Value

RULE = Rule(
    "TK484",
    "meta-quoted-reference",
    Severity.WARNING,
    "a variable in quotes where Meta wants a number, a list or nothing",
)

_LISTS = ("content_ids", "contents")
_NUMBERS = ("value", "num_items", "predicted_ltv")
# Types whose variables are undefined when there is nothing to read.
_MAY_BE_UNSET = ("v", "k", "j", "u", "smm", "remm", "ed")
# They give text at all times, though it may be the wrong one.
_ALWAYS_TEXT = ("c", "d", "aev", "r", "cid", "ctv", "dbg")


class _Use(NamedTuple):
    tag: Entity
    route: Route
    key: str
    name: str
    effect: str
    severity: Severity


def check(container: Container) -> Iterator[Finding]:
    """The first use of each variable in each property, and how many more tags have it."""
    variables = {variable.name: variable for variable in container.of("variable")}
    uses: dict[tuple[str, str], list[_Use]] = {}
    for tag, code, calls in fbq_tags(container):
        said: set[tuple[str, str]] = set()
        for call in calls:
            for key, value in _passed(call):
                if not value.quoted or (key, value.quoted) in said:
                    continue
                said.add((key, value.quoted))
                effect, severity = _effect(key, variables.get(value.quoted), call)
                if effect:
                    use = _Use(tag, code.value_route, key, value.quoted, effect, severity)
                    uses.setdefault((key, value.quoted), []).append(use)
    for (key, name), found in uses.items():
        first = found[0]
        others = f", and so {_do(len(found) - 1)}" if len(found) > 1 else ""
        yield Finding(
            RULE,
            first.route,
            f"{first.tag.words} writes {key}: '{{{{{name}}}}}' in quotes{others}: {first.effect}",
            hint=f"write {key}: {{{{{name}}}}} without quotes",
            severity=first.severity,
        )


def _do(number: int) -> str:
    return f"{'does' if number == 1 else 'do'} {count(number, 'other tag')}"


def _passed(call: Call) -> Iterator[tuple[str, Value]]:
    """What a call passes by name: properties and event id, or the user data of ``init``."""
    if call.command in EVENT_COMMANDS or call.command == "init":
        for argument in call.arguments:
            if argument.kind == OBJECT:
                yield from argument.entries


def _effect(key: str, variable: Entity | None, call: Call) -> tuple[str, Severity]:
    kind = variable.type if variable else ""
    if key in _LISTS and call.command != "init":
        if kind in _ALWAYS_TEXT or _makes_text(variable):
            return "", Severity.NOTE
        if key == "contents":
            return "a list of objects becomes '[object Object]'", Severity.WARNING
        return "a list becomes one text", Severity.WARNING
    unset = kind in _MAY_BE_UNSET and not _has_default(variable)
    severity = Severity.WARNING if unset else Severity.NOTE
    if kind in _ALWAYS_TEXT or (variable is not None and _has_default(variable)):
        return "", severity
    if call.command == "init":
        # An address or number that is none is left out by the pixel; other words are hashed.
        if not unset or key not in {"external_id", "fn", "ln", "ct", "st", "zp", "country", "db"}:
            return "", severity
        return "when it is not set, everybody is called 'undefined'", severity
    if key in EVENT_ID_KEYS:
        # Only what is often unset: a variable that makes ids always gives one.
        what = "when it is not set, all events get the id 'undefined', and Meta keeps one of them"
        return (what, severity) if unset else ("", severity)
    if key in _NUMBERS:
        return "when it is not set, the text 'undefined' is sent", severity
    return "", severity


def _has_default(variable: Entity | None) -> bool:
    if variable is None:
        return False
    flag = variable.parameter("setDefaultValue")
    format_value = variable.data.get("formatValue")
    formatted = isinstance(format_value, dict) and "convertUndefinedToValue" in format_value
    return formatted or (flag is not None and flag.value == "true")


def _makes_text(variable: Entity | None) -> bool:
    code = variable.parameter("javascript") if variable else None
    return code is not None and ("JSON.stringify" in code.value or ".join(" in code.value)
