"""What fbq is told with an event, as sources of the plan."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tagkit.adopt.model import Json, stop
from tagkit.adopt.variables import LONGEST
from tagkit.gtm.fbq_calls import CODE, LITERAL, REFERENCE, TEXT
from tagkit.gtm.markup import scripts_in
from tagkit.javascript import pieces_of

if TYPE_CHECKING:
    from tagkit.adopt.variables import Sources
    from tagkit.gtm.fbq_calls import Value
    from tagkit.gtm.meta_tags import MetaEvent

_CALL = re.compile(r"\b(?:window\.)?fbq\s*\(")
_DEFINED = re.compile(r"\b(?:function|var)\s+([A-Za-z_$][\w$]*)")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?|[+-]?\.\d{1,15}")


def properties_of(event: MetaEvent, sources: Sources, html: str) -> dict[str, Json]:
    """The event's properties by name."""
    if not event.whole:
        stop(
            "the template makes the event's properties from the data layer"
            if event.template
            else "its code makes the event's properties"
        )
    found: dict[str, Json] = {}
    for sent in event.properties:
        if sent.value.kind == LITERAL and sent.value.text == "undefined":
            found.pop(sent.name, None)
            continue
        found[sent.name] = source_of_value(sent.value, sources, html)
    return found


def event_id_of(event: MetaEvent, sources: Sources, html: str) -> Json | None:
    """Where the event's ID comes from; None when it has none."""
    if event.event_id is None:
        return None
    if event.event_id.kind == CODE and not event.event_id.code:
        stop("its code makes the options of fbq")
    said = source_of_value(event.event_id, sources, html)
    return said if isinstance(said, dict) else {"value": said}


def source_of_value(value: Value, sources: Sources, html: str) -> Json:
    """A value of the code: a text, a number, a reference, or an expression as JavaScript."""
    if value.reference:
        return sources.of(f"{{{{{value.reference}}}}}")
    if value.kind == TEXT:
        return sources.of(value.text)
    if value.kind == LITERAL and value.text in ("true", "false"):
        return value.text == "true"
    if value.kind == LITERAL and _NUMBER.fullmatch(value.text):
        written = value.text.lstrip("+")
        written = written.replace(".", "0.", 1) if written.startswith(".") else written
        written = written.replace("-.", "-0.", 1)
        number = float(written) if "." in written else int(written)
        return json.loads(json.dumps(number))
    code = value.code or (value.text if value.kind != REFERENCE else "")
    if not code:
        stop("its code makes a value in a way that is not read")
    said = _javascript(code, html)
    sources.keep_all(said["javascript"])
    return said


def _javascript(code: str, html: str) -> dict[str, str]:
    """An expression as a function, with what the tag's code defines for it before the call."""
    from tagkit import es5

    before = _before(code, html)
    lines = [*before.strip().splitlines(), f"return {code};"]
    if len(lines) == 1 and "\n" not in code:
        function = f"function() {{ {lines[0]} }}"
    else:
        function = "\n".join(["function() {", *lines, "}"])
    if len(function) > LONGEST:
        stop("its code makes a value in a long way")
    if problem := es5.problem_of(function):
        stop(f"its code makes a value in a way that is no ES5 function: {problem}")
    return {"javascript": function}


def _before(code: str, html: str) -> str:
    """The code above the call, if it defines a name that the expression has."""
    names = {piece.text for piece in pieces_of(code) if piece.kind == "word"}
    return next((before for before, defined in _beginnings(html) if names & defined), "")


@lru_cache(maxsize=16)
def _beginnings(html: str) -> list[tuple[str, frozenset[str]]]:
    """Of each script what stands above its first call, and the names that are defined there."""
    found = []
    for script in scripts_in(html):
        call = _CALL.search(script)
        before = script[: call.start()] if call else ""
        found.append((before, frozenset(_DEFINED.findall(before))))
    return found
