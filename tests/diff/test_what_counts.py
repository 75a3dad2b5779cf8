"""Whatever is changed in an entity is seen, but for a short list; what is written anew is not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.gtm import vocabulary
from tagkit.gtm.diff.compare import compare
from tagkit.gtm.diff.model import Difference
from tests.diff.golden import PAIRS
from tests.golden.golden_files import EXAMPLES, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Any
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
EXPORTS = sorted((CORPUS / "exports").glob("*.json"))
OURS = [folder_of(example) / "gtm-container.json" for example in EXAMPLES]
OURS += [path for pair in PAIRS for path in sorted(pair.glob("*.json")) if path.stem != "said"]
NOT_COUNTED = {
    "accountId", "containerId", "fingerprint", "path", "tagManagerUrl", "uniqueTriggerId",
    *vocabulary.ID_KEYS.values(),
}  # fmt: skip


def leaves(value: Json, route: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Json]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_COUNTED:
                yield from leaves(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*route, index))
    else:
        yield route, value


def is_allowed(route: tuple[Any, ...]) -> bool:
    """The declared type of a parameter; how long a trigger that does not wait would wait."""
    keys = [step for step in route[2:] if isinstance(step, str)]
    is_entity_or_condition = len(keys) == 1 or (len(keys) == 2 and keys[0].endswith("ilter"))
    return (keys[-1] == "type" and not is_entity_or_condition) or "waitForTagsTimeout" in keys


def other(value: Json) -> Json:
    return not value if isinstance(value, bool) else f"zz{value}" if isinstance(value, str) else 99


@pytest.mark.parametrize("path", OURS + EXPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_changed_value_is_seen(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    found = [
        ((kind, *route), value)
        for kind in vocabulary.KINDS
        for route, value in leaves(data["containerVersion"].get(kind, []))
    ]
    random = Random(path.stem)  # noqa: S311 # the same choice in every run
    for route, value in random.sample(found, min(len(found), 25)):
        changed = deepcopy(data)
        at = changed["containerVersion"]
        for step in route[:-1]:
            at = at[step]
        at[route[-1]] = other(value)
        assert is_allowed(route) or compare(data, changed).changes, route


def with_tag(**fields: Json) -> Json:
    tag = {"tagId": "1", "name": "T", "type": "gaawe", "firingTriggerId": ["2"], **fields}
    trigger = {"triggerId": "2", "name": "E", "type": "CUSTOM_EVENT"}
    return {"containerVersion": {"tag": [tag], "trigger": [trigger]}}


NAME = {"type": "TEMPLATE", "key": "eventName", "value": "sign_up"}
FLAG = {"type": "BOOLEAN", "key": "sendEcommerceData", "value": "false"}
EMPTY = {"type": "LIST", "key": "userProperties", "list": []}
SAME = {
    "an empty list": ({"blockingTriggerId": []}, {}),
    "a flag that is off": ({"parameter": [FLAG, NAME]}, {"parameter": [NAME]}),
    "an empty table": ({"parameter": [EMPTY, NAME]}, {"parameter": [NAME]}),
    "not paused": ({"paused": False}, {}),
    "bookkeeping": ({"monitoringMetadata": {"type": "MAP"}}, {}),
    "the usual priority": ({"priority": {"type": "INTEGER", "value": "0"}}, {}),
    "consent that is not set": ({"consentSettings": {"consentStatus": "NOT_SET"}}, {}),
    "an id that is a number": ({"firingTriggerId": [2]}, {"firingTriggerId": ["2"]}),
    "a trigger twice": ({"firingTriggerId": ["2", "2"]}, {"firingTriggerId": ["2"]}),
    "the API's spelling": (
        {"parameter": [{**NAME, "type": "template"}], "tagFiringOption": "oncePerEvent"},
        {"parameter": [NAME], "tagFiringOption": "ONCE_PER_EVENT"},
    ),
    "what merge writes into notes": (
        {"notes": "Made by tagkit.\nFor 'tagkit merge --uninstall': {}"},
        {"notes": "Made by tagkit."},
    ),
    "blanks in code": (
        {"type": "html", "parameter": [{"key": "html", "value": "<p>\r\n\r\n\ta  b\n</p>"}]},
        {"type": "html", "parameter": [{"key": "html", "value": "<p>\n  a b\n</p>\n"}]},
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_does_not_count(name: str) -> None:
    one, same = SAME[name]
    assert compare(with_tag(**one), with_tag(**same)) == Difference()


def test_the_envelope_does_not_count() -> None:
    path = folder_of(EXAMPLES[0]) / "gtm-container.json"
    data = json.loads(path.read_text("utf-8"))
    bare = {"containerVersion": {"tag": [], **data["containerVersion"], "container": {}}}
    assert compare(data, bare) == Difference()
