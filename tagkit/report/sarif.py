"""SARIF 2.1.0, for GitHub code scanning, Azure DevOps and editors.

``rules`` are those that occur, ``artifacts`` all files that were checked. A result is recognised
in a later run by its rule and the names on its route, so it may move. What is said of a file as a
whole has no region. Braces stand as they were written, although the standard would have them
doubled (§3.11.5, for placeholders, of which there are none here): GitHub's CodeQL viewer, as most,
does not undo it, and ``{{{{Page Path}}}}`` is not what the author wrote.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
and GitHub's "SARIF support for code scanning".
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tagkit import __version__, manual
from tagkit.report.json import written
from tagkit.report.route import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagkit.diagnostics import Diagnostic, Related, Rule, Span
    from tagkit.source import Source

Shape = dict[str, Any]

_ROOT = "%SRCROOT%"
_DRIVE = re.compile(r"(?:[A-Za-z]:)?/")


def report(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """One run: the rules that occur, the files that were checked, a result per diagnostic."""
    rules = {d.rule.code: d.rule for d in sorted(diagnostics, key=lambda d: d.rule.code)}
    indexes = {code: index for index, code in enumerate(rules)}
    places = (file for d in diagnostics for file in (d.file, *(at.file for at in _others(d))))
    files = {file: i for i, file in enumerate(dict.fromkeys([*sources, *places]))}
    return written(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "tagkit",
                            "version": __version__,
                            "rules": [_rule(rule) for rule in rules.values()],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "originalUriBaseIds": {
                        _ROOT: {"description": {"text": "where the sources are checked out"}}
                    },
                    "artifacts": [
                        {"location": _address(file), "roles": ["analysisTarget"]} for file in files
                    ],
                    "results": [
                        _result(d, indexes[d.rule.code], files, sources.get(d.file))
                        for d in diagnostics
                    ],
                }
            ],
        }
    )


def _rule(rule: Rule) -> Shape:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": manual.title(rule)},
        "help": {"text": manual.page(rule), "markdown": manual.markdown(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _others(d: Diagnostic) -> tuple[Related, ...]:
    return (*d.related, *d.through)


def _result(d: Diagnostic, rule: int, files: Mapping[str, int], source: Source | None) -> Shape:
    route = named(d.route, source.data if source else None)
    location = _location(d.file, files[d.file], d.span)
    if route:
        location["logicalLocations"] = [{"fullyQualifiedName": route}]
    result = {
        "ruleId": d.rule.code,
        "ruleIndex": rule,
        "level": d.severity.value,
        "message": _message(f"{d.message}\nhint: {d.hint}" if d.hint else d.message),
        "locations": [location],
        "partialFingerprints": {"tagkit/v1": f"{d.rule.code}:{route}"},
    }
    if others := _others(d):
        result["relatedLocations"] = [
            {"id": number, **_location(file, files[file], span), "message": _message(word)}
            for number, (span, word, file) in enumerate(others, start=1)
        ]
    return result


def _message(text: str) -> Shape:
    """A message in which nothing an author wrote is a link."""
    return {"text": text.replace("](", "] (")}


def _location(name: str, index: int, span: Span | None) -> Shape:
    physical: Shape = {"artifactLocation": {**_address(name), "index": index}}
    if span:
        physical["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return {"physicalLocation": physical}


def _address(file: str) -> Shape:
    """The file from the root of the sources; as a URI of its own if it is on another drive."""
    if "://" in file:  # a page of the web
        return {"uri": quote(file, safe="/:?&=%#~+,;@!$'()*")}
    path = quote(os.fsencode(file), safe="/")
    if _DRIVE.match(file):
        path = path.replace("%3A", ":", 1).lstrip("/")
        return {"uri": f"file:///{path}" if not file.startswith("//") else f"file://{path}"}
    return {"uri": path, "uriBaseId": _ROOT}
