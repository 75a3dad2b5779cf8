"""Containers of any shape: compared as far as they can be read, and never a traceback."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagkit.gtm.diff import as_json, as_markdown, as_text
from tagkit.gtm.diff.compare import compare
from tagkit.gtm.diff.model import Difference
from tagkit.gtm.diff.ownership import Ours
from tests.diff.golden import PAIRS

Json = Any
CONTAINERS = [
    json.loads(path.read_text("utf-8"))
    for pair in PAIRS
    for path in sorted(pair.glob("*.json"))
    if path.stem != "said"
]
TEXTS = (
    "", "x", "{{Page Path}}", "{{", "cvt_1_2", "cvt_", "2147479553", "true", "TAG_REFERENCE", "MAP",
    "pageview", "\ud800", "\0", "`", "a\nb", "🍵",
)  # fmt: skip
JUNK = st.recursive(
    st.sampled_from((None, True, False, 0, -1, 1.5, 10**30, *TEXTS)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("type", "key", "value", "list", "map", "name", "parameter", "tagName", "x")
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
anything = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def places(value: Json, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [route] if route else []
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            found += places(inner, (*route, key))
    return found


def mutated(data: st.DataObject, container: Json) -> Json:
    container = deepcopy(container)
    for _ in range(data.draw(st.integers(1, 4))):
        *way, last = data.draw(st.sampled_from(places(container)))
        at = container
        for step in way:
            at = at[step]
        if data.draw(st.booleans()):
            at[last] = data.draw(JUNK)
        else:
            del at[last]
        if not places(container):
            break
    return container


def reported(difference: Difference) -> None:
    as_text.report(difference, "old", "new", colour=True).encode(errors="replace")
    as_markdown.report(difference, "old", "new").encode(errors="replace")
    side = as_json.Side("old", "container")
    json.loads(as_json.report(difference, side, side))


@anything
@given(st.data(), st.sampled_from(CONTAINERS))
def test_a_broken_container(data: st.DataObject, container: Json) -> None:
    broken = mutated(data, container)
    assert compare(broken, broken) == Difference()
    for ours in (None, Ours(0, "TK"), Ours(1, "")):
        reported(compare(container, broken, ours))
        reported(compare(broken, container, ours))


@anything
@given(JUNK, JUNK)
def test_any_json(one: Json, other: Json) -> None:
    reported(compare(one, other))
    version = {"containerVersion": {"tag": [one], "trigger": one, "variable": [other, one]}}
    assert compare(version, version) == Difference()
    reported(compare(version, {"containerVersion": {"tag": [other], "variable": [one]}}))


def test_thirty_thousand_entities_that_refer_to_each_other() -> None:
    """A chain longer than Python's stack, and a circle."""
    variables = [
        {"variableId": str(n), "name": f"v{n}", "type": "jsm", "parameter": [
            {"type": "TEMPLATE", "key": "javascript", "value": f"{{{{v{(n + 1) % 30_000}}}}} + {n}"},
        ]}
        for n in range(30_000)
    ]  # fmt: skip
    old = {"containerVersion": {"variable": variables}}
    new = {
        "containerVersion": {"variable": [{**v, "name": f"w{n}"} for n, v in enumerate(variables)]}
    }
    assert compare(old, old) == Difference()
    assert len(compare(old, new).changes) >= 30_000
