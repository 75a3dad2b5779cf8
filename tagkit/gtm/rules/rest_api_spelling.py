"""Words of a closed list are in the REST API's spelling, which the importer refuses.

The API and its documentation write ``template``, ``customEvent``, ``oncePerEvent``; an export
writes ``TEMPLATE``, ``CUSTOM_EVENT``, ``ONCE_PER_EVENT``. The importer stops at the first such
word: "Error deserializing enum type [Type]. Unrecognized value [template]." Types of tags and
variables (``gaawe``, ``v``) are lower case in both.

Before::

    {"type": "customEvent", "customEventFilter": [{"type": "equals", ...}]}

After::

    {"type": "CUSTOM_EVENT", "customEventFilter": [{"type": "EQUALS", ...}]}

Source: reports of seven authors on the importer's message; Google's discovery document.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import items, mapping, text
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule("TK403", "rest-api-spelling", Severity.ERROR, "an enum is in the REST API's spelling")

_CONTEXTS = ("WEB", "SERVER", "AMP", "ANDROID", "IOS")


def check(container: Container) -> Iterator[Finding]:
    """One finding for each list of words, at its first place."""
    seen: dict[str, list[tuple[Route, str, str]]] = {}
    for what, route, word, right in spelled_as_api(container):
        seen.setdefault(what, []).append((route, word, right))
    for what, places in seen.items():
        route, word, right = places[0]
        more = f" (with {count(len(places) - 1, 'other word')})" if len(places) > 1 else ""
        yield Finding(
            RULE,
            route,
            f"{what} '{word}' looks like the REST API's spelling{more}; "
            f"the importer wants '{right}'",
            hint=f"write '{right}'; an export has all such words in upper case",
        )


@lru_cache(maxsize=1)
def spelled_as_api(container: Container) -> tuple[tuple[str, Route, str, str], ...]:
    """What kind of word, where, as written, as the importer wants it. Kept for ``respelled``."""
    return tuple(_spelled_as_api(container))


def _spelled_as_api(container: Container) -> Iterator[tuple[str, Route, str, str]]:
    for what, route, value, words in _enums(container):
        word = text(value)
        if not word or word in words:
            continue
        right = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).upper()
        if right in words:
            yield what, route, word, right


def respelled(data: object, places: Iterable[tuple[str, Route, str, str]]) -> object:
    """The file with those words as the importer wants them; a copy, as far as it differs."""
    corrected: Any = copy(data)
    copies = {id(corrected)}
    for _, route, _, right in places:
        inner = corrected
        for step in route[:-1]:
            if id(inner[step]) not in copies:
                inner[step] = copy(inner[step])
                copies.add(id(inner[step]))
            inner = inner[step]
        inner[route[-1]] = right
    return corrected


def _enums(container: Container) -> Iterator[tuple[str, Route, object, Collection[str]]]:
    info = (*container.version_route, "container")
    for index, context in enumerate(items(container.info.get("usageContext"))):
        yield "usage context", (*info, "usageContext", index), context, _CONTEXTS
    for tag in container.of("tag"):
        if "tagFiringOption" in tag.data:
            option = tag.data["tagFiringOption"]
            route = (*tag.route, "tagFiringOption")
            yield "firing option", route, option, vocabulary.FIRING_OPTIONS
        consent = mapping(tag.data.get("consentSettings")).get("consentStatus")
        route = (*tag.route, "consentSettings", "consentStatus")
        yield "consent status", route, consent, vocabulary.CONSENT_STATUSES
    for trigger in container.of("trigger"):
        yield "trigger type", (*trigger.route, "type"), trigger.type, vocabulary.TRIGGER_TYPES
    for built_in in container.of("builtInVariable"):
        route = (*built_in.route, "type")
        yield "built-in variable type", route, built_in.type, vocabulary.BUILT_INS
    for condition in container.conditions:
        kind = condition.data.get("type")
        yield "condition type", (*condition.route, "type"), kind, vocabulary.CONDITION_TYPES
    for parameter in container.parameters:
        route = (*parameter.route, "type")
        yield "parameter type", route, parameter.type, vocabulary.PARAMETER_TYPES
    for variable in container.of("variable"):
        case = mapping(variable.data.get("formatValue")).get("caseConversionType")
        route = (*variable.route, "formatValue", "caseConversionType")
        yield "case conversion", route, case, vocabulary.CASE_CONVERSIONS
