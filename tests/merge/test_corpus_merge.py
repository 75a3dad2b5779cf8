"""The examples' plans into each real export that lies beside the project, and out again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.diagnostics import Findings, Severity
from tagkit.gtm.check import check_container, readable, unsaid
from tagkit.gtm.merge.conflicts import NOT_FOR_PAGES
from tagkit.gtm.merge.merge import merge
from tagkit.schema import SchemaName, validate
from tagkit.source import load_json
from tests.merge.working import CORPUS, EXAMPLES, LAYOUTS, merged, program, through_gtm, uninstalled

if TYPE_CHECKING:
    from pathlib import Path

EXPORTS = sorted((CORPUS / "exports").glob("*.json"))
OTHERS = sorted(p for d in ("wild", "refused") for p in (CORPUS / d).glob("*.json"))
PLANS = [program(path.read_text("utf-8")) for path in EXAMPLES]


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def errors(text: str) -> Counter[str]:
    data: Any = load_json(text, "x.json", Findings()).data
    said, shape = list(check_container(data)), Findings()
    validate(readable(data), SchemaName.GTM_CONTAINER, shape)  # type: ignore[arg-type]
    found = [*unsaid(shape, said), *said]
    return Counter(f.rule.code for f in found if (f.severity or f.rule.severity) is Severity.ERROR)


@pytest.mark.skipif(not EXPORTS, reason="../shared/corpus is not here")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_there_and_back(path: Path) -> None:
    text, done = text_of(path), 0
    assert uninstalled(text).text == text
    for plan in PLANS:
        found = Findings()
        there = merge(plan, load_json(text, path.name, found), found)
        if there is None:
            assert [finding.rule for finding in found] == [NOT_FOR_PAGES]
            continue
        done += 1
        assert uninstalled(there.text).text == text
    assert done == (0 if "SERVER" in text else len(PLANS))


@pytest.mark.skipif(not EXPORTS, reason="../shared/corpus is not here")
@pytest.mark.parametrize("number", range(len(EXPORTS)), ids=lambda number: EXPORTS[number].stem)
def test_the_result_is_valid_and_comes_back_from_gtm(number: int) -> None:
    text, plan = text_of(EXPORTS[number]), PLANS[number % len(PLANS)]
    if '"SERVER"' in text:
        pytest.skip("a server container")
    there = merged(plan, text).text
    assert merged(plan, there).text == there
    assert uninstalled(there, plan).text == text
    assert errors(there) <= errors(text)
    live = through_gtm(there)
    assert merged(plan, live).text == live
    assert through_gtm(uninstalled(live).text) == through_gtm(text)


@pytest.mark.skipif(not OTHERS, reason="../shared/corpus is not here")
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_what_gtm_did_not_write(path: Path) -> None:
    text, said, found = text_of(path), Findings(), Findings()
    export = load_json(text, path.name, said)
    there = None if said.fatal else merge(PLANS[0], export, found)
    if there is None:
        assert said.fatal or found.fatal
    else:
        assert errors(there.text) <= errors(text)
        assert uninstalled(there.text).text == text


# Of a version without anything the schema says what a rule says when there is more.
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if "empty version" not in name])
def test_no_new_error_in_exports_of_our_own(layout: str) -> None:
    text = LAYOUTS[layout]
    assert errors(merged(PLANS[len(layout) % len(PLANS)], text).text) <= errors(text)
