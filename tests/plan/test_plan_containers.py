"""Every plan of the tests and of the examples, built: what must be true of any container."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tagkit.artefacts import GTM_FILE, Target
from tagkit.diagnostics import Findings, Severity
from tagkit.gtm.check import check_container
from tagkit.schema import SchemaName, validate
from tests.plan.building import HEAD, HERE, ROOT, SERVICE, SHOP, built, container, plan, read
from tests.plan.container_facts import problems, unseen

GRAMMAR = ROOT.parent / "shared" / "reference" / "gtm-export-grammar.json"
FILES = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((HERE / "good").iterdir())]
PLANS: dict[str, Any] = {path.name: read(path) for path in FILES} | {
    "shop, bare": list(SHOP[1:]),
    "service, bare": list(SERVICE),
    "service": plan(*SERVICE),
    "shop, ga4 only": plan(*SHOP, meta_pixel=None),
    "shop, meta only": plan(*SHOP, google_analytics=None),
    "shop, basic": plan(*SHOP, consent={"mode": "basic"}),
    "shop, off": plan(*SHOP, consent={"mode": "off"}),
}
each = pytest.mark.parametrize("name", PLANS)


@each
def test_it_is_what_gtm_takes(name: str) -> None:
    assert list(problems(built(PLANS[name], Target.GTM)[GTM_FILE])) == []


@each
def test_our_own_checks_find_no_error(name: str) -> None:
    export, found = json.loads(built(PLANS[name], Target.GTM)[GTM_FILE]), Findings()
    validate(export, SchemaName.GTM_CONTAINER, found)
    found += [f for f in check_container(export) if f.rule.severity is Severity.ERROR]
    assert found == []


@each
def test_nothing_that_no_export_has(name: str) -> None:
    if not GRAMMAR.is_file():
        pytest.skip(f"{GRAMMAR} is not there")
    grammar = json.loads(GRAMMAR.read_text("utf-8"))
    said = unseen(container(PLANS[name]), grammar)
    assert {word for word in said if not word.startswith("built-in ")} == set()


@each
def test_built_twice_it_is_the_same(name: str) -> None:
    assert built(PLANS[name]) == built(PLANS[name])


@pytest.mark.parametrize("bare", [True, False], ids=["bare", "plan"])
@pytest.mark.parametrize("ids", [SHOP, SERVICE], ids=["shop", "service"])
def test_each_seed_conversion_has_a_trigger_and_both_tags(ids: tuple[str, ...], bare: bool) -> None:
    version = container(list(ids) if bare else plan(*ids))
    tags = {tag["name"]: tag for tag in version["tag"]}
    names = {trigger["triggerId"]: trigger["name"] for trigger in version["trigger"]}
    for conversion in ids:
        for platform in ("GA4", "Meta"):
            tag = tags[f"TK - {platform} - {conversion}"]
            assert tag["type"] == {"GA4": "gaawe", "Meta": "html"}[platform]
            fired = [names[i] for i in tag["firingTriggerId"]]
            assert fired
            assert all(name.startswith(f"TK - {conversion} - ") for name in fired)


@pytest.mark.parametrize("bare", [True, False], ids=["bare", "plan"])
@pytest.mark.parametrize("ids", [SHOP, SERVICE], ids=["shop", "service"])
def test_each_seed_conversion_has_a_snippet(ids: tuple[str, ...], bare: bool) -> None:
    files = built(list(ids) if bare else plan(*ids), Target.PIXEL)
    pages = {f"meta-pixel/{conversion}.html" for conversion in ids}
    rest = {f"meta-pixel/{name}" for name in ("base.html", "events.js", "manifest.json")}
    assert set(files) == pages | rest


def test_the_checker_sees_what_is_wrong() -> None:
    """Its eye is tested too: every kind of harm is noticed."""
    whole = built({**HEAD, "micro_conversions": ["share"]}, Target.GTM)[GTM_FILE]
    harms = {
        '"type": "gaawe"': '"type": "gaawf"',
        '"key": "eventName"': '"key": "eventname"',
        '"eventName",\n                        "value": "share"': '"eventName"',
        '"type": "CUSTOM_EVENT"': '"type": "customEvent"',
        '"type": "EQUALS"': '"type": "equals"',
        '"value": "{{TK - GA4 Measurement ID}}"': '"value": "{{GA4 Measurement ID}}"',
        '"consentStatus": "NOT_NEEDED"': '"consentStatus": "NEEDED"',
        '"tagFiringOption": "ONCE_PER_EVENT"': '"tagFiringOption": "oncePerEvent"',
        '"name": "Click URL"': '"name": "Click Url"',
        "    ": "  ",
    }
    for before, after in harms.items():
        if before in whole:
            assert list(problems(whole.replace(before, after))) != [], before
    assert sum(before in whole for before in harms) > 7
    assert Path(GRAMMAR).name == "gtm-export-grammar.json"
