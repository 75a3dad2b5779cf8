"""The catalog: each entry is whole, says the same in both languages, and builds anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tagkit.catalog import BrokenCatalogError, Catalog
from tagkit.gtm.names import clean
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.resources import CATALOG as FOLDER
from tests.plan.building import HEAD, container, named, parameters

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = Catalog()
NEEDED = {
    "view_item", "add_to_wishlist", "add_to_cart", "begin_checkout", "newsletter_signup",
    "file_download", "contact_form", "phone_click", "email_click", "chat_click", "sign_up",
    "more_info_click", "share", "payment_declined", "out_of_stock", "form_error",
    "coupon_refused", "page_not_found", "empty_search", "purchase",
}  # fmt: skip
PLATFORMS = ("generic", "prestashop", "woocommerce", "magento", "shopify")
each = pytest.mark.parametrize("name", CATALOG.ids)
Json = Any


def plan(name: str, **business: str) -> Json:
    head = {**HEAD, "business": {**HEAD["business"], **business}}
    return {**head, f"{CATALOG.entry(name)['kind']}_conversions": [name]}


def test_the_twenty_are_there() -> None:
    assert set(CATALOG.ids) >= NEEDED
    assert list(CATALOG.ids) == sorted(CATALOG.ids)


@each
def test_it_says_the_same_things_in_both_languages(name: str) -> None:
    def languages(value: Json) -> list[set[str]]:
        if not isinstance(value, dict | list):
            return []
        inner = value.values() if isinstance(value, dict) else value
        found = [said for one in inner for said in languages(one)]
        if isinstance(value, dict) and value.keys() & {"en", "pl"}:
            found.append(set(value))
        return found

    assert all(said == {"en", "pl"} for said in languages(CATALOG.entry(name)))


@each
def test_its_names_are_names_of_entities(name: str) -> None:
    for said in CATALOG.entry(name)["name"].values():
        assert clean(said) == said


@each
@pytest.mark.parametrize("platform", PLATFORMS)
def test_it_builds_on_every_platform(name: str, platform: str) -> None:
    version = container(plan(name, platform=platform))
    for tag in ("GA4", "Meta"):
        assert named(version["tag"], f"TK - {tag} - {name}")["firingTriggerId"]


@each
def test_metas_event_is_a_standard_one_or_a_custom_one(name: str) -> None:
    meta = CATALOG.entry(name)["meta_pixel"]
    assert meta.get("event", "Lead") in STANDARD_EVENTS
    assert meta.get("custom", "Own") not in STANDARD_EVENTS


@each
def test_what_the_shop_pushes_is_what_is_listened_to(name: str) -> None:
    entry = CATALOG.entry(name)
    if "push" not in entry:
        return
    heard = str(entry["detect"]["generic"])
    assert entry["push"]["event"] in heard
    for parameter, source in entry.get("parameters", {}).items():
        if isinstance(source, dict) and source.get("required") and "ecommerce" in source:
            assert source["ecommerce"] in entry["push"]["ecommerce"], parameter


@each
def test_key_events_are_marked_in_the_note(name: str) -> None:
    entry = CATALOG.entry(name)
    tag = named(container(plan(name))["tag"], f"TK - GA4 - {name}")
    marked = "key event" in tag["notes"]
    assert marked == entry["google_analytics"].get("key_event", False)
    assert parameters(tag)["eventName"] == entry["google_analytics"]["event"]


def test_other_names_mean_one_entry() -> None:
    said = [(also, i) for i in CATALOG.ids for also in CATALOG.entry(i).get("also", ())]
    assert len(dict(said)) == len(said)
    assert not {also for also, _ in said} & set(CATALOG.ids)
    assert dict(CATALOG.other_names) == dict(said)


GOOD = "id: tea\nkind: micro\n"
BROKEN = {
    "not yaml": "id: [",
    "not an entry": "id: tea\n",
    "another id": None,
    "a list": "[]",
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_entry_is_ours_to_mend(case: str, tmp_path: Path) -> None:
    text = BROKEN[case]
    if text is None:
        from tagkit.resources import CATALOG as FOLDER

        text = (FOLDER / "share.yaml").read_text("utf-8")
    (tmp_path / "tea.yaml").write_text(text, "utf-8")
    catalog = Catalog(tmp_path)
    assert "tea" in catalog
    with pytest.raises(BrokenCatalogError, match=r"tea\.yaml: "):
        catalog.entry("tea")


@each
def test_every_parser_of_yaml_reads_it(name: str) -> None:
    """PyYAML's own one, which is used where libyaml is missing, refuses what the other takes."""
    assert yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
