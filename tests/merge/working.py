"""Plans, small exports of our own in many layouts, and a GTM that imports and exports again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.gtm import vocabulary
from tagkit.gtm.merge.merge import merge
from tagkit.gtm.merge.uninstall import uninstall
from tagkit.plan.resolve import resolve
from tagkit.program.compile import compile_plan
from tagkit.source import load, load_json

if TYPE_CHECKING:
    from tagkit.gtm.merge.changes import Merged
    from tagkit.program.model import Program

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
PLAN = """\
tagkit: 1
business: {name: Tea House, currency: EUR}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
micro_conversions:
  - share
  - id: guide
    trigger: {click: {css: .guide, where: {page_path: {starts_with: /tea}}}}
    parameters: {label: {click: text}, kind: {data_layer: page.type, default: other}}
"""
KINDS = ("tag", "trigger", "variable", "folder", "builtInVariable")


def program(text: str = PLAN) -> Program:
    return program_of(load(text, "plan.yaml", Findings()).data)


def program_of(data: Any) -> Program:
    found = Findings()
    resolved = resolve(data, Catalog(), found)
    assert not found.fatal, found
    return compile_plan(resolved)


def merged(plan: Program, text: str, *, prune: bool = False) -> Merged:
    found = Findings()
    done = merge(plan, load_json(text, "export.json", found), found, prune=prune)
    assert done is not None, found
    return done


def conflicts(plan: Program, text: str, *, prune: bool = False) -> list[tuple[str, str]]:
    """What a merge says: code and message."""
    found = Findings()
    merge(plan, load_json(text, "export.json", found), found, prune=prune)
    return [(finding.rule.code, finding.message) for finding in found]


def uninstalled(text: str, plan: Program | None = None) -> Merged:
    found = Findings()
    done = uninstall(load_json(text, "export.json", found), found, plan)
    assert done is not None, found
    return done


def version(text: str) -> dict[str, Any]:
    return json.loads(text.removeprefix("\ufeff"))["containerVersion"]


def names(text: str, kind: str) -> list[str]:
    return [entity["name"] for entity in version(text).get(kind, [])]


# --- exports of our own


def html(number: str, name: str, code: str = "<b>1</b>", **more: Any) -> dict[str, Any]:
    parameter = [{"type": "TEMPLATE", "key": "html", "value": code}]
    fires = {"firingTriggerId": ["2147479553"], "tagFiringOption": "ONCE_PER_EVENT"}
    return entity("tag", number, name, type="html", parameter=parameter, **{**fires, **more})


def entity(kind: str, number: str, name: str, **more: Any) -> dict[str, Any]:
    ids = {"accountId": "7", "containerId": "8", vocabulary.ID_KEYS[kind]: number}
    return {**ids, "name": name, **more, "fingerprint": "1600000000000"}


def data(**kinds: list[dict[str, Any]]) -> dict[str, Any]:
    path = "accounts/7/containers/8"
    return {
        "exportFormatVersion": 2,
        "exportTime": "2026-01-15 10:00:00",
        "containerVersion": {
            "path": f"{path}/versions/0",
            "accountId": "7",
            "containerId": "8",
            "containerVersionId": "0",
            "container": {
                "path": path,
                "accountId": "7",
                "containerId": "8",
                "name": "Tea",
                "publicId": "GTM-TEA1234",
                "usageContext": ["WEB"],
                "fingerprint": "1600000000001",
                "tagManagerUrl": f"https://tagmanager.google.com/#/container/{path}/workspaces",
            },
            **kinds,
            "fingerprint": "1600000000002",
            "tagManagerUrl": f"https://tagmanager.google.com/#/versions/{path}/versions/0",
        },
    }


FULL = data(
    tag=[html("3", "Żółty tag", "<i>{{Price}} {{Page URL}}</i>", parentFolderId="9")],
    trigger=[entity("trigger", "4", "Every page", type="PAGEVIEW"),
             entity("trigger", "5", "Ready", type="DOM_READY")],
    variable=[entity("variable", "6", "Price", type="j",
                     parameter=[{"type": "TEMPLATE", "key": "name", "value": "price"}])],
    folder=[entity("folder", "9", "Theirs")],
    builtInVariable=[
        {"accountId": "7", "containerId": "8", "type": "PAGE_URL", "name": "Page URL"},
        {"accountId": "7", "containerId": "8", "type": "EVENT", "name": "Event"},
    ],
)  # fmt: skip


def dump(value: Any, indent: int | str | None = 4, **options: Any) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False, **options)


def _moved(value: dict[str, Any], first: bool) -> dict[str, Any]:
    inner = dict(value["containerVersion"])
    block = {"container": inner.pop("container")}
    return {**value, "containerVersion": {**block, **inner} if first else {**inner, **block}}


def _without(*kinds: str) -> dict[str, Any]:
    inner = {k: v for k, v in FULL["containerVersion"].items() if k not in kinds}
    return {**FULL, "containerVersion": inner}


_EMPTY = {**FULL, "containerVersion": {**FULL["containerVersion"], **{k: [] for k in KINDS}}}
_2015 = {
    **_without("builtInVariable", "folder"),
    "exportFormatVersion": 1.3,
    "containerVersion": {
        **_without("builtInVariable", "folder")["containerVersion"],
        "container": {**FULL["containerVersion"]["container"],
                      "enabledBuiltInVariable": ["PAGE_URL", "EVENT", "CLICK_TEXT"]},
        "deleted": False,
    },
}  # fmt: skip
LAYOUTS = {
    "gtm": dump(FULL),
    "indent 2": dump(FULL, 2),
    "indent 1": dump(FULL, 1),
    "tabs": dump(FULL, "\t"),
    "minified": dump(FULL, None, separators=(",", ":")),
    "one line": dump(FULL, None),
    "colons with blanks": dump(FULL, 2, separators=(",", " : ")),
    "colons without": dump(FULL, 2, separators=(",", ":")),
    "crlf": dump(FULL).replace("\n", "\r\n"),
    "cr": dump(FULL).replace("\n", "\r"),
    "newline": dump(FULL) + "\n",
    "blanks around": " \n\t" + dump(FULL) + " \r\n \n",
    "escaped": json.dumps(FULL, indent=2),
    "no arrays": dump(_without(*KINDS)),
    "no arrays, minified": dump(_without(*KINDS), None, separators=(",", ":")),
    "only tags": dump(_without(*KINDS[1:]), 3),
    "no tags": dump(_without("tag")),
    "no folders, tabs": dump(_without("folder"), "\t"),
    "no folders, crlf": dump(_without("folder")).replace("\n", "\r\n"),
    "empty arrays": dump(_EMPTY),
    "empty arrays with blanks": dump(_EMPTY).replace("[]", "[ \n   ]"),
    "empty arrays, minified": dump(_EMPTY, None, separators=(",", ":")),
    "container last": dump(_moved(FULL, first=False)),
    "container first": dump(_moved(FULL, first=True), 2),
    "container last, no arrays": dump(_moved(_without(*KINDS), first=False)),
    "2015": dump(_2015),
    "version first": dump(dict(reversed(FULL.items())), 2),
    "only the version": dump({"containerVersion": FULL["containerVersion"]}),
    "an empty version": '{"containerVersion": {}}',
    "an empty version with a blank": '{ "containerVersion": { } }\n',
    "an empty version in lines": '{\n  "containerVersion": {\n  }\n}\n',
    "nothing but the block": dump({"containerVersion": {"container": {}}}, 2),
    "entities in lines": dump(_without(*KINDS)).replace(
        '            "fingerprint": "1600000000001"',
        '            "fingerprint" :  "1600000000001"',
    ),
    "an entity a line": '{"containerVersion": {"tag": [\n  '
    + ",\n  ".join(json.dumps(html(n, f"T{n}")) for n in "12")
    + '\n], "accountId": "7"}}',
    "leading commas": '{\n  "containerVersion": {\n    "tag": [\n      '
    + "\n    , ".join(json.dumps(html(n, f"T{n}")) for n in "123")
    + '\n    ]\n  , "accountId": "7"\n  }\n}',
    "blanks before commas": dump(FULL, None, separators=(" , ", " : ")),
    "array in one line": '{\n  "containerVersion": {\n    "tag": ['
    + json.dumps(html("1", "T1"))
    + '],\n    "accountId": "7"\n  }\n}',
}  # fmt: skip


# --- GTM's way with a file that it has imported


def through_gtm(text: str, shift: int = 0, *, terse: bool = True) -> str:
    """The container as GTM would export it: ids by counting, order by id, new fingerprints.

    ``terse``: without what GTM may leave out of what it imported.
    """
    inner = json.loads(json.dumps(version(text)))
    numbers: dict[tuple[str, str], str] = {}
    for kind, key in vocabulary.ID_KEYS.items():
        for one in sorted(inner.get(kind, []), key=lambda e: e["name"], reverse=True):
            numbers[kind, one[key]] = str(len(numbers) + 1 + shift)
    for kind, key in vocabulary.ID_KEYS.items():
        for one in inner.get(kind, []):
            one[key] = numbers[kind, one[key]]
            one["fingerprint"] = "1700000000000"
            if "parentFolderId" in one:
                lies = one["parentFolderId"]
                one["parentFolderId"] = numbers.get(("folder", lies), lies)
            for field in ("firingTriggerId", "blockingTriggerId"):
                if field in one:
                    one[field] = [numbers.get(("trigger", i), i) for i in one[field]]
            _refer(one.get("parameter", []), numbers)
            if terse:
                for field in ("formatValue", "monitoringMetadata"):
                    if one.get(field) in ({}, {"type": "MAP"}):
                        del one[field]
        if kind in inner:
            inner[kind].sort(key=lambda e, key=key: int(e[key]))  # type: ignore[misc]
            if not inner[kind]:
                del inner[kind]
    if inner.get("builtInVariable"):
        order = list(vocabulary.BUILT_INS)
        inner["builtInVariable"].sort(key=lambda e: order.index(e["type"]))
    order = [*vocabulary.KEY_ORDER["containerVersion"], *inner]
    inner = {key: inner[key] for key in sorted(inner, key=order.index)}
    whole = {"exportFormatVersion": 2, "exportTime": "2026-02-02 02:02:02"}
    return dump({**whole, "containerVersion": inner})


def _refer(parameters: list[dict[str, Any]], numbers: dict[tuple[str, str], str]) -> None:
    for one in parameters:
        if one.get("type") == "TRIGGER_REFERENCE":
            one["value"] = numbers.get(("trigger", one["value"]), one["value"])
        for field in ("list", "map"):
            _refer(one.get(field, []), numbers)
