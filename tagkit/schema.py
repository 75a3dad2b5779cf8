"""Is a document shaped as it should be? Data and a schema's name -> findings.

One validator is quick and says yes; only its no brings in the thorough one, whose errors are
worded in ``tagkit.wording``. A document that passes has the shape its schema promises, so that
what follows asks no more questions.

What the author of a schema can say for a better message, beside any keyword:

``x-hint``     what to write; a text, or a mapping from keyword to text
``x-pattern``  what a ``pattern`` wants, in words: ``two capital letters``
``x-message``  the whole message, ``{value}`` standing for what was found; a text, or a mapping
               from keyword to text
``x-name``     what the schema describes, with its article: ``a click trigger``
``description`` and ``title`` serve where these are missing. For a key that is not allowed,
``{"not": {}, "x-hint": "…"}`` says the same as ``false`` and can carry a hint.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema.protocols import Validator

    from tagkit.diagnostics import Document, Findings, Route
    from tagkit.source import Json


class SchemaName(StrEnum):
    """The files in ``schemas/``."""

    PLAN = "plan"
    CATALOG_ENTRY = "catalog-entry"
    GTM_CONTAINER = "gtm-container"
    SNIPPET_MANIFEST = "snippet-manifest"
    SCENARIO = "scenario"


_E = Severity.ERROR
MISSING_KEY = Rule("TK101", "missing-key", _E, "A mapping lacks a key that must be there.")
WRONG_TYPE = Rule(
    "TK102",
    "wrong-type",
    _E,
    "A value is of another kind than its place wants: text, a number, true or false, a list, a "
    "mapping. Text that looks like a number, such as a pixel ID, must stand in quotes.",
)
UNKNOWN_KEY = Rule(
    "TK103",
    "unknown-key",
    _E,
    "A key means nothing in this place. Most often it is misspelled, or indented too far or too "
    "little and so part of the wrong mapping.",
)
UNKNOWN_VALUE = Rule(
    "TK104", "unknown-value", _E, "Only certain words or numbers mean something in this place."
)
WRONG_FORM = Rule(
    "TK105",
    "wrong-form",
    _E,
    "A text does not have the form its place wants, as a measurement ID starts with 'G-'.",
)
OUT_OF_RANGE = Rule("TK106", "out-of-range", _E, "A number is smaller or larger than makes sense.")
WRONG_LENGTH = Rule("TK107", "wrong-length", _E, "A text is empty, too short or too long.")
WRONG_COUNT = Rule(
    "TK108", "wrong-count", _E, "A list or mapping has too few or too many items, or none."
)
REPEATED = Rule(
    "TK109", "repeated-item", _E, "A list in which each item counts once has one twice."
)
MISPLACED = Rule(
    "TK110",
    "misplaced",
    _E,
    "A key or a value is fine by itself, but not here, beside the others that were written.",
)
MISSING_ITEM = Rule("TK111", "missing-item", _E, "A list lacks an item that must be in it.")
KEY_NAME = Rule(
    "TK112", "key-name", _E, "The author may name this key freely, but not in this form."
)
NO_FIT = Rule("TK113", "no-fit", _E, "A value fits none of the shapes its place allows.")
AND_MORE = Rule(
    "TK199",
    "and-more",
    Severity.NOTE,
    "The shape of a document is wrong in very many places. Only the first are shown.",
)
RULES = (
    MISSING_KEY,
    WRONG_TYPE,
    UNKNOWN_KEY,
    UNKNOWN_VALUE,
    WRONG_FORM,
    OUT_OF_RANGE,
    WRONG_LENGTH,
    WRONG_COUNT,
    REPEATED,
    MISPLACED,
    MISSING_ITEM,
    KEY_NAME,
    NO_FIT,
    AND_MORE,
)
_OF_VALUES = (WRONG_TYPE, WRONG_LENGTH, UNKNOWN_VALUE, WRONG_FORM, OUT_OF_RANGE, NO_FIT, KEY_NAME)
MOST = 50
_MOST_LOOKED_AT = 5_000


def validate(
    data: Json, schema: SchemaName, found: Findings, *, source: Document | None = None
) -> bool:
    """Whether a document has the shape of its schema; if not, ``found`` says where.

    With its ``source``, a hint can repeat a number as it was written (1.10).
    """
    from tagkit import validators

    quick = validators.quick(schema)
    said_no = False
    if quick is not None:
        try:
            if quick.is_valid(data):
                return True
            said_no = True
        except (ValueError, RecursionError):  # half a surrogate pair, a very deep document
            pass
    # A machine makes one mistake everywhere: who checks containers says once what is alike.
    most = _MOST_LOOKED_AT if schema is SchemaName.GTM_CONTAINER else MOST
    findings = explain(data, validators.thorough(schema), source, most)
    if said_no and not findings:
        findings = [Finding(NO_FIT, (), "this document does not fit its schema")]
    found.extend(findings)
    return not findings


def explain(
    data: Json, validator: Validator, source: Document | None, most: int = MOST
) -> list[Finding]:
    """Findings of the thorough validator, in the order of the document, each thing once."""
    from tagkit.wording import word

    try:
        errors = list(islice(validator.iter_errors(data), _MOST_LOOKED_AT))
    except RecursionError:
        return [Finding(NO_FIT, (), "this document is nested too deeply")]
    said = [finding for error in errors for finding in word(error, data, validator, source)]
    order = {route: _order(data, route) for route in {finding.route for finding in said}}
    findings = sorted(_without_echoes(said), key=lambda finding: order[finding.route])
    return first_of(findings, most, whole=len(errors) < _MOST_LOOKED_AT)


def first_of(findings: list[Finding], most: int = MOST, *, whole: bool = True) -> list[Finding]:
    """The first findings, and how many more there are; ``whole``: these are all."""
    if len(findings) <= most:
        return findings
    rest = str(len(findings) - most) if whole else "many"
    at = findings[most]
    more = Finding(AND_MORE, at.route, f"and {rest} more from here on", at_key=at.at_key)
    return [*findings[:most], more]


def _without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that say something of their own.

    A value has one mistake: of text that is no list it is not said that it is no list of numbers.
    And a key that is missing because it is misspelled is not missing.
    """
    findings = list(findings)
    worst: dict[tuple[Route, bool], int] = {}
    for finding in findings:
        if finding.rule in _OF_VALUES:
            place = (finding.route, finding.at_key)
            rank = _OF_VALUES.index(finding.rule)
            worst[place] = min(rank, worst.get(place, rank))
    mistyped = {route for (route, _), rank in worst.items() if rank == 0}
    meant = {(f.route[:-1], offered(f.hint)) for f in findings if f.rule is UNKNOWN_KEY}
    seen: set[tuple[Rule, Route, str | None]] = set()
    for finding in findings:
        rule, route = finding.rule, finding.route
        of_value = rule in _OF_VALUES
        if of_value and worst[route, finding.at_key] != _OF_VALUES.index(rule):
            continue
        if not of_value and route in mistyped:
            continue
        if rule is MISSING_KEY and (route, finding.message.partition("'")[2][:-1]) in meant:
            continue
        identity = (rule, route, None if of_value else finding.message)
        if identity not in seen:
            seen.add(identity)
            yield finding


def _order(data: Json, route: Route) -> tuple[int, ...]:
    """Where a route comes in the document."""
    order = []
    for step in route:
        if isinstance(data, dict) and step in data:
            order.append(list(data).index(str(step)))
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            order.append(step)
            data = data[step]
    return tuple(order)
