"""Is this container sound? The rules over a parsed file.

Input: the data of an export, ours or anybody's, of any shape. Output: findings.
The schema (``gtm-container``) is another stage's. Both speak of all there is, at once::

    rules = list(check_container(data))
    validate(readable(data), SchemaName.GTM_CONTAINER, shape)
    findings = [*unsaid(shape, rules), *rules]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Severity
from tagkit.gtm.container import container_of
from tagkit.gtm.rules import CONTAINER_RULES, not_an_export, rest_api_spelling
from tagkit.schema import first_of
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Finding, Rule
    from tagkit.gtm.container import Container

_SHOWN = 3


def check_container(data: object) -> Iterator[Finding]:
    """What the rules have to say. If it is no container, that and nothing else."""
    as_written = container_of(data)
    yield from not_an_export.check(as_written)
    if not as_written.version:
        return
    yield from rest_api_spelling.check(as_written)
    corrected = _readable(as_written)
    container = as_written if corrected is data else container_of(corrected)
    for rule in CONTAINER_RULES:
        if rule not in (not_an_export, rest_api_spelling):
            yield from rule.check(container)


def readable(data: object) -> object:
    """The data with its enums as an export has them, so that the rest can be judged, too.

    The data itself when they are so already.
    """
    return _readable(container_of(data))


def _readable(container: Container) -> object:
    places = rest_api_spelling.spelled_as_api(container)
    return rest_api_spelling.respelled(container.root, places) if places else container.root


def unsaid(schema_findings: Iterable[Finding], rule_findings: Iterable[Finding]) -> list[Finding]:
    """The schema's findings but those of whose place a rule says an error, in better words.

    Of those that are alike the first, with the number of the others.
    """
    said = {
        finding.route
        for finding in rule_findings
        if (finding.severity or finding.rule.severity) is Severity.ERROR
    }
    alike: dict[tuple[Rule, str, str], list[Finding]] = {}
    for finding in schema_findings:
        if finding.route not in said:
            key = next((step for step in reversed(finding.route) if isinstance(step, str)), "")
            alike.setdefault((finding.rule, finding.message, key), []).append(finding)
    return first_of([_one_of(found) for found in alike.values()])


def _one_of(findings: list[Finding]) -> Finding:
    first, *others = findings
    if not others:
        return first
    return first._replace(
        message=f"{first.message} (and so in {count(len(others), 'other place')})",
        related=(*first.related, *((other.route, "here, too") for other in others[:_SHOWN])),
    )
