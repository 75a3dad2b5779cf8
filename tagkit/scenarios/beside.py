"""The scenarios of a plan that stand in a file beside it: ``plan.tests.yaml`` for ``plan.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.catalog import shared_catalog
from tagkit.diagnostics import Findings
from tagkit.documents import inherited, load_plan, understand
from tagkit.paths import plan_beside
from tagkit.scenarios.check import check_scenarios
from tagkit.schema import SchemaName, validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.documents import Bases
    from tagkit.plan.model import Resolved
    from tagkit.plan.substitute import Given
    from tagkit.source import Source


def load_scenarios(path: Path, found: Findings) -> Source:
    """A file of scenarios; what is wrong with its shape goes to ``found``."""
    source = load_plan(path, found)
    if not found.fatal:
        validate(source.data, SchemaName.SCENARIO, found, source=source)
    return source


def check_beside(file: Path, plan: Resolved, found: Findings) -> Source:
    """A file of scenarios, held against a plan."""
    source = load_scenarios(file, found)
    if not found.fatal:
        found += check_scenarios(source, plan, shared_catalog())
    return source


def check_alone(
    path: Path,
    source: Source,
    found: Findings,
    bases: Bases,
    given: Mapping[str, Given] | None,
) -> None:
    """A file of scenarios that is named by itself, held against the plan beside it."""
    if not validate(source.data, SchemaName.SCENARIO, found, source=source):
        return
    file, problems = plan_beside(path), Findings()
    if file is None:
        return
    document = inherited(load_plan(file, problems), problems, bases, given)
    plan = understand(document, problems)
    if plan is not None:
        found += check_scenarios(source, plan, shared_catalog())
