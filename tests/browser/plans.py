"""Build a plan for a test."""

from __future__ import annotations

import json
from typing import Any

from tagkit.artefacts import Target, emit
from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.plan.resolve import resolve
from tagkit.plan.rules import check_plan
from tagkit.schema import SchemaName, validate
from tagkit.source import load, load_json


def built(plan: str) -> dict[str, str]:
    found = Findings()
    source = (load_json if plan.startswith("{") else load)(plan, "plan.yaml", found)
    assert validate(source.data, SchemaName.PLAN, found, source=source), found
    resolved = resolve(source.data, Catalog(), found)
    found += check_plan(resolved)
    assert not found.fatal, found
    return emit(resolved, list(Target), Findings())


def container(plan: str) -> dict[str, Any]:
    return json.loads(built(plan)["gtm-container.json"])


def snippets(plan: str) -> str:
    files = built(plan)
    return files["meta-pixel/base.html"] + f"<script>{files['meta-pixel/events.js']}</script>"
