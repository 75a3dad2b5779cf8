"""Tests as written -> conditions as GTM's runtime (and our snippets) can hold them.

The runtime has no "any of", compares case-insensitively by regex only, and tests an undefined
value as the text "undefined" (gtm runtime, measured 2026-11).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.plan.model import Test, TriggerKind
from tagkit.values import BuiltIn, Clicked, Condition, Conditions, Op, Source, identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALWAYS_DEFINED = ("page_url", "page_hostname", "page_path", "event")
_CLICKED = {f"click_{field}": field for field in ("text", "url", "id", "classes", "target")}
_ANCHORS = {
    Op.EQUALS: ("^", "$"),
    Op.CONTAINS: ("", ""),
    Op.STARTS_WITH: ("^", ""),
    Op.ENDS_WITH: ("", "$"),
}
_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")


def conditions_of(tests: tuple[Test, ...], kind: TriggerKind | None, css: str = "") -> Conditions:
    """The conditions that hold exactly when all tests do, each once.

    ``kind`` is the trigger they stand in (None: an exception), ``css`` its selector.
    """
    return distinct(c for test in tests for c in _lowered(test, kind, css))


def distinct(conditions: Iterable[Condition]) -> Conditions:
    """The conditions in their order, each once."""
    return tuple({identity(condition): condition for condition in conditions}.values())


def _lowered(test: Test, kind: TriggerKind | None, css: str) -> Iterator[Condition]:
    subject = test.subject if test.itself else _subject(test.subject, kind, css)
    condition = _compared(subject, test)
    yield condition
    if test.refers or test.undefined:
        return
    defined = is_built_in(subject, *_ALWAYS_DEFINED)
    if not (test.negate or defined) and holds_when_undefined(condition):
        yield Condition(subject, Op.EQUALS, "undefined", negate=True)


def _subject(subject: Source, kind: TriggerKind | None, css: str) -> Source:
    """On a click trigger the clicked thing, not the innermost node that GTM's variables see."""
    if kind is TriggerKind.CLICK and isinstance(subject, BuiltIn) and subject.name in _CLICKED:
        return Clicked(_CLICKED[subject.name], css)
    return subject


def _compared(subject: Source, test: Test) -> Condition:
    values, op = test.values, test.op
    if test.refers:
        return Condition(subject, op, values[0], test.negate, test.ignore_case, refers=True)
    if op is Op.CSS:
        selector = ", ".join(values)
        if is_built_in(subject, "click_element") and not test.itself:
            selector = with_descendants(selector)
        return Condition(subject, op, selector, test.negate)
    if op in _ANCHORS and (len(values) > 1 or test.ignore_case):
        start, end = _ANCHORS[op]
        return Condition(
            subject, Op.MATCHES, start + any_of(values) + end, test.negate, test.ignore_case
        )
    if op is Op.MATCHES:
        pattern = values[0] if len(values) == 1 else "|".join(f"(?:{value})" for value in values)
        return Condition(subject, op, pattern, test.negate, test.ignore_case)
    return Condition(subject, op, values[0], test.negate)


def is_built_in(subject: Source, *names: str) -> bool:
    """Whether it is one of these built-in variables, not another source of such a name."""
    return isinstance(subject, BuiltIn) and subject.name in names


def holds_when_undefined(condition: Condition) -> bool:
    """Whether the text "undefined" satisfies it, negation aside."""
    text, value = "undefined", condition.value
    match condition.op:
        case Op.CONTAINS:
            return value in text
        case Op.STARTS_WITH:
            return text.startswith(value)
        case Op.ENDS_WITH:
            return text.endswith(value)
        case Op.MATCHES:
            from tagkit.plan.regex import may_be_found_in

            return may_be_found_in(value, text, ignore_case=condition.ignore_case)
    return False


def any_of(values: tuple[str, ...]) -> str:
    """A regular expression for any of the texts, to be put between anchors."""
    escaped = [escape(value) for value in values]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def escape(text: str) -> str:
    """The text as a JavaScript regular expression that matches only it."""
    return _SPECIAL.sub(lambda match: "\\" + match.group(), text)


def with_descendants(selector: str) -> str:
    """The selector for the elements and all that is in them.

    GTM tests the innermost element of a click, the icon in the link.
    """
    parts = []
    for part in split_selector(selector):
        parts += [part, f"{part} *"]
    return ", ".join(dict.fromkeys(parts))


def split_selector(selector: str) -> list[str]:
    """The alternatives of a selector list; commas in brackets and quotes do not count."""
    parts, depth, quote, start, index = [], 0, "", 0, 0
    while index < len(selector):
        letter = selector[index]
        if letter == "\\":
            index += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(selector[start:index].strip())
            start = index + 1
        index += 1
    parts.append(selector[start:].strip())
    return [part for part in parts if part]
