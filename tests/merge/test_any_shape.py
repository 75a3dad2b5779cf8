"""Random plans into random layouts, and exports of any shape."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tagkit.diagnostics import Findings
from tagkit.gtm.merge.merge import merge
from tagkit.gtm.merge.uninstall import uninstall
from tagkit.source import load_json
from tests.merge.working import (
    EXAMPLES,
    FULL,
    LAYOUTS,
    dump,
    merged,
    program,
    program_of,
    through_gtm,
    uninstalled,
)
from tests.plan.plan_strategies import plans

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to shrink takes minutes
OURS, BIKES = program(), program(EXAMPLES[0].read_text("utf-8"))
WHOLE = merged(BIKES, merged(OURS, dump(FULL)).text).text
ODD: list[Any] = [
    None, True, 5, -1, 1.5, "", "x", [], {}, [None], [[]], [{}], {"a": 1}, "{{x}}", ["5"], "\ud83d",
    {"type": "LIST", "list": [5]}, "9" * 30, "²", "Made by tagkit", [{"type": "MAP", "map": [0]}],
    "Made by tagkit\nFor 'tagkit merge --uninstall': {\"enabled\":[1],\"own\":[[\"tag\",2]]}",
    "Made by tagkit\nFor 'tagkit merge --uninstall': [[[",
    "Made by tagkit\nFor 'tagkit merge --uninstall': {\"own\":[[\"tag\",\"Second\"]],\"used\":5}",
]  # fmt: skip


def routes(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    found = [route] if route else []
    for step, held in inner:
        nested = isinstance(held, dict | list)
        found += routes(held, (*route, step)) if nested else [(*route, step)]
    return found


ROUTES = {text: routes(json.loads(text)) for text in (dump(FULL), WHOLE)}


@st.composite
def exports(draw: st.DrawFn) -> str:
    """An export with some values replaced by others, or left out."""
    text = draw(st.sampled_from(list(ROUTES)))
    value = json.loads(text)
    for route in draw(st.lists(st.sampled_from(ROUTES[text]), min_size=1, max_size=6)):
        _put(value, route, draw(st.sampled_from([*ODD, ...])))
    return (
        dump(value, draw(st.sampled_from([None, 2, "\t"])))
        .encode("utf-8", "backslashreplace")
        .decode()
    )


def _put(value: Any, route: tuple[str | int, ...], odd: Any) -> None:
    for step in route[:-1]:
        if not isinstance(value, dict | list):
            return
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(value, dict) and odd is ...:
        value.pop(route[-1], None)
    elif isinstance(value, dict if isinstance(route[-1], str) else list) and _has(value, route[-1]):
        value[route[-1]] = None if odd is ... else json.loads(json.dumps(odd))


def _has(value: Any, step: str | int) -> bool:
    return len(value) > step if isinstance(step, int) else step in value


@settings(max_examples=70, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(export=exports(), prune=st.booleans())
def test_an_export_of_any_shape(export: str, prune: bool) -> None:
    found, said = Findings(), Findings()
    source = load_json(export, "export.json", said)
    if said.fatal:
        return
    there = merge(OURS, source, found, prune=prune)
    for plan in (None, OURS):
        gone = uninstall(source, Findings(), plan)
        assert gone is None or (json.loads(gone.text) is not None and gone.text.encode())
    if there is None:
        assert found.fatal
        return
    json.dumps(there.shape())
    assert there.counted()
    assert not "".join(there.lines()).count("\n")
    again = load_json(there.text, "merged.json", Findings())
    assert there.text.encode()
    second = merge(OURS, again, Findings(), prune=prune)
    assert second is not None
    assert second.text == there.text
    if "Made by tagkit" not in export:
        gone = uninstall(again, Findings())
        assert gone is not None
        assert gone.text == export


@settings(max_examples=20, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(plan=plans(), layout=st.sampled_from(sorted(LAYOUTS)))
def test_any_plan_there_and_back(plan: Any, layout: str) -> None:
    made, text = program_of(plan), LAYOUTS[layout]
    there = merged(made, text).text
    assert merged(made, there).text == there
    assert uninstalled(there).text == text
    assert uninstalled(there, made).text == text


@settings(max_examples=15, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(first=plans(), second=plans())
def test_one_plan_after_another(first: Any, second: Any) -> None:
    old, new = program_of(first), program_of(second)
    text = LAYOUTS["gtm"]
    there = merged(new, merged(old, text).text)
    assert uninstalled(there.text).text == text
    live = through_gtm(there.text)
    assert merged(new, live).text == live
    assert through_gtm(uninstalled(live).text) == through_gtm(text)
    pruned = merged(new, there.text, prune=True).text
    assert uninstalled(pruned).text == text
