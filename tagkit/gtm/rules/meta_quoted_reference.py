"""A variable in quotes where Meta wants a number, a list or nothing.

GTM puts the text of a variable between quotes: a variable that is not set becomes the text
"undefined", a list of objects "[object Object]". Without quotes the variable keeps its type, and a
property that is not set is left out. Events that all have the id "undefined" are paired with none
of the server's; a name or an external id "undefined" is matched like any other.

Before::

    fbq('track', 'Purchase', {value: '{{Value}}', contents: '{{Contents}}', currency: 'EUR'});

After::

    fbq('track', 'Purchase', {value: {{Value}}, contents: {{Contents}}, currency: 'EUR'});

Source: seen in the real runtime of GTM with the real fbevents.js.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import OBJECT
from tagkit.gtm.meta_tags import EVENT_COMMANDS, EVENT_ID_KEYS, fbq_tags
from tagkit.words import both, count

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
# Keys of advanced matching whose text the pixel hashes as it is; an address or a phone number that
# is none it leaves out.
_HASHED = ("external_id", "fn", "ln", "ct", "st", "zp", "country", "db")
_NOBODY = "what is not set is matched as the text 'undefined', for everybody"
_ONE_ID = (
    "when it is not set, all events get the id 'undefined', by which Meta pairs none with the "
    "server's"
)
_UNSET = "when it is not set, the text 'undefined' is sent"
# They give text at all times, though it may be the wrong one.
_ALWAYS_TEXT = ("c", "d", "aev", "r", "cid", "ctv", "dbg")


class _Use(NamedTuple):
    tag: Entity
    route: Route
    keys: tuple[str, ...]
    name: str
    effect: str
    severity: Severity


def check(container: Container) -> Iterator[Finding]:
    """The first use of each variable in each property, and how many more tags have it."""
    variables = {variable.name: variable for variable in container.of("variable")}
    uses: dict[tuple[str, str], list[_Use]] = {}
    for tag, code, calls in fbq_tags(container):
        said: set[tuple[str, str]] = set()
        user: dict[str, str] = {}
        for call in calls:
            for key, value in _passed(call):
                variable = variables.get(value.quoted)
                if not value.quoted or (key, value.quoted) in said:
                    continue
                said.add((key, value.quoted))
                if call.command == "init":
                    if key in _HASHED and _may_be_unset(variable):
                        user[key] = value.quoted
                    continue
                effect, severity = _effect(key, variable)
                if effect:
                    use = _Use(tag, code.value_route, (key,), value.quoted, effect, severity)
                    uses.setdefault((key, value.quoted), []).append(use)
        if user:
            name = next(iter(user.values()))
            use = _Use(tag, code.value_route, tuple(user), name, _NOBODY, Severity.WARNING)
            uses.setdefault((code.value, ""), []).append(use)
    for found in uses.values():
        first = found[0]
        others = f", and so {_do(len(found) - 1)}" if len(found) > 1 else ""
        key, reference = first.keys[0], f"{{{{{first.name}}}}}"
        more = f" (with {both(first.keys[1:])})" if len(first.keys) > 1 else ""
        yield Finding(
            RULE,
            first.route,
            f"{key}: '{reference}' is in quotes in {first.tag.words}{more}{others}: {first.effect}",
            hint=f"write {key}: {reference} without quotes",
            severity=first.severity,
        )


def _do(number: int) -> str:
    return f"{'is it' if number == 1 else 'it is'} in {count(number, 'other tag')}"


def _passed(call: Call) -> Iterator[tuple[str, Value]]:
    """What a call passes by name: properties and event id, or the user data of ``init``."""
    if call.command in EVENT_COMMANDS or call.command == "init":
        for argument in call.arguments:
            if argument.kind == OBJECT:
                yield from argument.entries


def _effect(key: str, variable: Entity | None) -> tuple[str, Severity]:
    """What comes of the quotes, and how bad it is; "" when nothing does."""
    kind = variable.type if variable else ""
    if kind in _ALWAYS_TEXT:
        return "", Severity.NOTE
    if key in _LISTS and _makes_text(variable):
        return "", Severity.NOTE
    if key == "contents":
        return "a list of objects becomes '[object Object]'", Severity.WARNING
    if key == "content_ids" and _makes_list(variable):
        return "a list becomes one text", Severity.WARNING
    if _may_be_unset(variable):
        if key in EVENT_ID_KEYS:
            return _ONE_ID, Severity.WARNING
        if key in _NUMBERS or key == "content_ids":  # which may be one id, and no list
            return _UNSET, Severity.WARNING
    elif key in _NUMBERS and not _has_default(variable):
        return _UNSET, Severity.NOTE
    return "", Severity.NOTE


def _may_be_unset(variable: Entity | None) -> bool:
    return variable is not None and variable.type in _MAY_BE_UNSET and not _has_default(variable)


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


def _makes_list(variable: Entity | None) -> bool:
    code = variable.parameter("javascript") if variable and variable.type == "jsm" else None
    return code is not None and (".map(" in code.value or ".push(" in code.value)
