"""Clean documents with one thing broken: it is reported, at its line, with a hint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from tagkit.artefacts import GTM_FILE
from tagkit.cli import app

HERE = Path(__file__).parent
PLAN = (HERE / "shop.yaml").read_text("utf-8")
PLANS = yaml.safe_load((HERE / "plans.yaml").read_text("utf-8"))
CONTAINERS = yaml.safe_load((HERE / "containers.yaml").read_text("utf-8"))
Lines = range


def said(folder: Path, name: str, text: str) -> list[dict[str, Any]]:
    (folder / name).write_text(text, "utf-8")
    output = CliRunner().invoke(app, ["validate", str(folder / name), "--format", "json"]).output
    found: list[dict[str, Any]] = json.loads(output)["diagnostics"]
    return found


def is_reported(found: list[dict[str, Any]], lines: Lines) -> bool:
    return any(d["span"] and d["span"]["line"] in lines and d["hint"] for d in found)


def first_difference(old: str, new: str) -> int:
    """The first line that differs, from 1."""
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    return next(number for number, (a, b) in enumerate(pairs, start=1) if a != b)


# --- plans ----------------------------------------------------------------------------------------


def test_the_plan_is_clean(tmp_path: Path) -> None:
    assert said(tmp_path, "plan.yaml", PLAN) == []


@pytest.mark.parametrize("mutation", PLANS, ids=lambda m: f"{m['find']}->{m['write']}"[:70])
def test_a_plan(mutation: dict[str, Any], tmp_path: Path) -> None:
    assert PLAN.count(mutation["find"]) == 1
    text = PLAN.replace(mutation["find"], mutation["write"])
    line = mutation.get("line") or first_difference(PLAN, text)
    assert is_reported(found := said(tmp_path, "plan.yaml", text), range(line, line + 1)), found


# --- containers -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("built")
    build = ["build", str(HERE / "shop.yaml"), "-o", str(folder), "--only", "gtm"]
    assert CliRunner().invoke(app, build).exit_code == 0
    return (folder / GTM_FILE).read_text("utf-8")


def holder_of(data: Any, route: list[Any]) -> tuple[Any, Any, list[Any]]:
    """The value that holds the last step, that step as index or key, and the holder's route."""
    if route[0] not in data:
        route = ["containerVersion", *route]
    taken: list[Any] = []
    for position, step in enumerate(route):
        if isinstance(data, list) and isinstance(step, str):
            found = [
                index
                for index, item in enumerate(data)
                if step in (item.get("name"), item.get("key"))
            ]
            assert len(found) == 1, step
            step = found[0]  # noqa: PLW2901
        if position == len(route) - 1:
            return data, step, taken
        data = data[step]
        taken.append(step)
    raise AssertionError


def lines_of(data: Any, route: list[Any]) -> Lines:
    """The lines on which a value of the laid out document stands."""
    marked = json.loads(json.dumps(data))
    holder = marked
    for step in route[:-1]:
        holder = holder[step]
    if not route:
        return range(1, len(laid_out(data).splitlines()) + 1)
    inner = len(laid_out(holder[route[-1]]).splitlines())
    holder[route[-1]] = "\0"
    start = first_difference(laid_out(data), laid_out(marked))
    return range(start, start + inner)


def laid_out(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


def broken(data: Any, mutation: dict[str, Any]) -> Lines:
    """Break one thing, and say on which lines it is to be reported."""
    holder, step, route = holder_of(data, mutation["at"])
    if "set" in mutation:
        assert isinstance(holder, list) or holder.get(step) != mutation["set"]
        holder[step] = mutation["set"]
        return lines_of(data, [*route, step])
    if "rename" in mutation:
        items = [
            (mutation["rename"] if key == step else key, value) for key, value in holder.items()
        ]
        holder.clear()
        holder.update(items)
        start = lines_of(data, [*route, mutation["rename"]]).start
        return range(start, start + 1) if route else lines_of(data, route)
    del holder[step]
    while route and route[-1] in ("parameter", "firingTriggerId"):
        route = route[:-1]
    return lines_of(data, route)


def test_the_container_is_clean(container: str, tmp_path: Path) -> None:
    assert said(tmp_path, "container.json", container) == []


@pytest.mark.parametrize(
    "mutation",
    CONTAINERS,
    ids=lambda m: " ".join(map(str, m["at"][-3:])) + str({**m, "at": ""}.popitem()[1])[:30],
)
def test_a_container(mutation: dict[str, Any], container: str, tmp_path: Path) -> None:
    data = json.loads(container)
    lines = broken(data, mutation)
    found = said(tmp_path, "container.json", laid_out(data))
    assert is_reported(found, lines), (lines, found)


def test_there_are_enough() -> None:
    assert len(PLANS) + len(CONTAINERS) >= 150
