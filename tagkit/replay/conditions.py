"""Whether conditions hold at a moment: yes, no, or None where the recording cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.replay.coercion import UNKNOWN, number_of, text_of
from tagkit.replay.literals import matches
from tagkit.replay.values import value_of
from tagkit.values import Condition, Op

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.replay.coercion import Value
    from tagkit.replay.moment import Moment

Verdict = bool | None


def all_hold(conditions: Iterable[Condition], at: Moment) -> Verdict:
    """False as soon as one surely does not hold."""
    unsure = False
    for condition in conditions:
        held = holds(condition, at)
        if held is False:
            return False
        unsure |= held is None
    return None if unsure else True


def holds(condition: Condition, at: Moment) -> Verdict:
    """One condition, its negation included."""
    if condition.refers or condition.op is Op.CSS:
        return None
    value = value_of(condition.subject, at)
    if value is UNKNOWN:
        return None
    held = _compare(condition, value)
    return None if held is None else held is not condition.negate


def _compare(condition: Condition, value: Value) -> Verdict:
    text, wanted = text_of(value), condition.value
    match condition.op:
        case Op.EQUALS:
            return text == wanted
        case Op.CONTAINS:
            return wanted in text
        case Op.STARTS_WITH:
            return text.startswith(wanted)
        case Op.ENDS_WITH:
            return text.endswith(wanted)
        case Op.MATCHES:
            return matches(wanted, text, ignore_case=condition.ignore_case)
    number, limit = number_of(value), number_of(wanted)
    match condition.op:
        case Op.GREATER:
            return number > limit
        case Op.GREATER_OR_EQUAL:
            return number >= limit
        case Op.LESS:
            return number < limit
    return number <= limit
