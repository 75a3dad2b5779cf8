"""Any shape of container: a plan that is valid, or a reason; and any plan can be written."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagkit.adopt.adoption import adopt
from tagkit.adopt.yamlwriter import written
from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.gtm.check import readable
from tagkit.pipeline import errors_of
from tagkit.plan.inherit import inherit
from tagkit.source import load

CONTAINERS = [
    json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "containers").glob("*.json"))
]
ODD: list[Any] = [
    None, True, 7, "", "{{", "{{x}}", "{{Event}} {{x}}", "a: b # c", "(", "*", "\u2028\ud800", [],
    {}, [None], {"type": "LIST"}, "function() { return {{x}}; }", "9" * 30, "-1", "gtm.js",
]  # fmt: skip


def places(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here] if here else []
    inner_of = data.items() if isinstance(data, dict) else ()
    for step, inner in enumerate(data) if isinstance(data, list) else inner_of:
        found += places(inner, (*here, step))
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_container_becomes_a_plan_or_a_reason(data: st.DataObject) -> None:
    container = json.loads(json.dumps(data.draw(st.sampled_from(CONTAINERS))))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.sampled_from(places(container) or [("x",)]))
        inside = container
        for step in place[:-1]:
            inside = inside[step]
        if not isinstance(inside, dict | list):
            continue
        if data.draw(st.booleans()):
            inside[place[-1]] = data.draw(st.sampled_from(ODD))
        elif isinstance(inside, dict):
            inside.pop(place[-1], None)
    adoption = adopt(readable(container), errors_of)
    assert bool(adoption.text) != bool(adoption.reason)
    assert not adoption.text or not errors_of(adoption.text)


@pytest.mark.parametrize("html", [False, True])
def test_time_grows_with_the_container_and_no_faster(html: bool) -> None:
    """30,000 entities take some seconds; four times as many take four times as long."""
    times = []
    for number in (500, 2000):
        data = many(number, html=html)
        started = process_time()
        assert adopt(data, errors_of).text
        times.append(process_time() - started)
    assert times[1] < 12 * times[0] + 5


def many(number: int, *, html: bool) -> Any:
    """As many tags, each with a trigger and a variable of its own."""
    tags, triggers, variables = [], [], []
    for n in range(number):
        key = {"key": "name", "value": f"key{n}"}
        version = {"key": "dataLayerVersion", "value": "2"}
        variables.append({"name": f"DL {n}", "type": "v", "parameter": [version, key]})
        name = [{"key": "arg0", "value": "{{_event}}"}, {"key": "arg1", "value": f"event{n}"}]
        triggers.append({"triggerId": str(n + 1), "name": f"CE {n}", "type": "CUSTOM_EVENT",
                         "customEventFilter": [{"type": "EQUALS", "parameter": name}]})  # fmt: skip
        code = f"<script>fbq('track', 'Lead', {{a: {{{{DL {n}}}}}}});</script>"
        given = {"html": code} if html else {
            "eventName": "ev", "measurementIdOverride": "G-ABCDEFGH", "user": f"{{{{DL {n}}}}}",
        }  # fmt: skip
        parameters = [{"type": "TEMPLATE", "key": k, "value": v} for k, v in given.items()]
        tags.append({"name": "Tag", "type": "html" if html else "gaawe", "parameter": parameters,
                     "firingTriggerId": [str(n + 1)]})  # fmt: skip
    version = {"tag": tags, "trigger": triggers, "variable": variables}
    return {"exportFormatVersion": 2, "containerVersion": version}


scalars = (
    st.text()
    | st.sampled_from(["${a}", "$${", "$$${a}", "$$$${", "$ {"])
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.floats(-1e6, 1e6)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text(max_size=9), inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


keys = st.text(min_size=1, max_size=9).filter(lambda key: key not in ("vars", "extends"))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(keys, values, min_size=1, max_size=4), st.text())
def test_what_is_written_is_read_as_it_was(plan: Any, comment: str) -> None:
    found = Findings()
    comments = {(next(iter(plan)),): [comment]}
    source = load(written(plan, comments), "plan.yaml", found)
    assert not found, written(plan, comments)
    assert inherit(source, Bases().read, found).data == plan
