"""Plans as text or data -> what is built of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tagkit.artefacts import GTM_FILE, Target, emit
from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.plan.inherit import inherit
from tagkit.plan.resolve import resolve
from tagkit.plan.rules import check_plan
from tagkit.schema import SchemaName, validate
from tagkit.source import load, load_json

Json = Any
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CATALOG = Catalog()

HEAD: dict[str, Json] = {
    "tagkit": 1,
    "business": {"name": "Tea House", "currency": "PLN"},
    "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
    "meta_pixel": {"pixel_id": "1234567890123456"},
}
SHOP = (
    "purchase", "view_item", "add_to_wishlist", "add_to_cart", "newsletter_signup",
    "begin_checkout", "payment_declined", "out_of_stock", "form_error", "coupon_refused",
    "page_not_found", "empty_search",
)  # fmt: skip
SERVICE = (
    "newsletter_signup", "file_download", "contact_form", "phone_click", "chat_click", "sign_up",
    "more_info_click",
)  # fmt: skip


def read(path: Path) -> Json:
    text, found = path.read_text("utf-8"), Findings()
    source = (load_json if path.suffix == ".json" else load)(text, path.as_posix(), found)
    return inherit(source, Bases().read, found).data


def built(data: Json, *targets: Target) -> dict[str, str]:
    found = Findings()
    assert validate(data, SchemaName.PLAN, found), found
    resolved = resolve(data, CATALOG, found)
    found += check_plan(resolved)
    assert not found.fatal, found
    return emit(resolved, targets or list(Target), found)


def container(data: Json) -> Json:
    return json.loads(built(data, Target.GTM)[GTM_FILE])["containerVersion"]


def plan(*conversions: Json, **settings: Json) -> Json:
    """A plan of micro-conversions; a setting that is None is left out."""
    data = {**HEAD, **settings, "micro_conversions": list(conversions)}
    return {key: value for key, value in data.items() if value is not None}


def own(trigger: Json = "page_view", /, **said: Json) -> Json:
    return {"id": "guide", "trigger": trigger, **said}


def parameters(entity: Json) -> dict[str, Json]:
    """The parameters of an entity by key: a text, a list of texts, or rows as tuples."""
    return {p["key"]: plain(p) for p in entity.get("parameter", ())}


def plain(parameter: Json) -> Json:
    if parameter["type"] == "LIST":
        return [plain(item) for item in parameter["list"]]
    if parameter["type"] == "MAP":
        return tuple(plain(item) for item in parameter["map"])
    return parameter.get("value", "")


def named(entities: list[Json], name: str) -> Json:
    found = [entity for entity in entities if entity["name"] == name]
    assert len(found) == 1, (name, [entity["name"] for entity in entities])
    return found[0]


def conditions(entity: Json, field: str = "filter") -> list[str]:
    """Conditions as people say them: ``not {{Page Path}} EQUALS /tea``."""
    said = []
    for condition in entity.get(field, ()):
        args = {p["key"]: p.get("value", "") for p in condition["parameter"]}
        words = [f"{args['arg0']} {condition['type']} {args['arg1']}"]
        words += [key for key in ("ignore_case",) if args.get(key) == "true"]
        said.append(" ".join((["not"] if args.get("negate") == "true" else []) + words))
    return said


def triggers(data: Json, prefix: str = "TK - guide") -> list[Json]:
    """The triggers of the conversion 'guide', in the order of their names."""
    found = [t for t in container(data)["trigger"] if t["name"].startswith(prefix)]
    return sorted(found, key=lambda trigger: trigger["name"])
