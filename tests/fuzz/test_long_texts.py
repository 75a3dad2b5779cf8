"""The same again and again, 40 KB of it, wherever a text may stand: time grows with the length."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.pipeline import validate_files
from tests.plan.building import HEAD

if TYPE_CHECKING:
    from pathlib import Path

LENGTH = 40_000
SECONDS = 30  # a guard against hanging, not a measure of speed
# What took minutes once, or may.
UNITS = (
    "{{", "{{a}}", "<!--", "<script", "<script>", "</script ", "<noscript>", "(", "[", "{", "/[", "[/]", "\\", '"\\', "'\"", '"', "`",
    "a@", "a@a.", "/*", "//", "/", "fbq(", "fbq('track','a');", "0", " ", "\n", "-", "a ", "a.", "a|", "(a|", "(a+)+", ".*", "$|", "[a=",
    "tagkit: ignore[", "# tagkit: ignore[TK207] a\n", "function(", "for(", ",a", "http://", "a-", "aA", "\n___A___\n", "\n//", "1,", "é",
)  # fmt: skip
CONDITIONS = ("EQUALS", "CONTAINS", "MATCH_REGEX", "CSS_SELECTOR", "GREATER")


def parameter(key: str, value: str) -> dict[str, str]:
    return {"type": "TEMPLATE", "key": key, "value": value}


def container(text: str) -> dict[str, Any]:
    """In a script, a condition, a value, a name and the notes."""
    tags = [
        {"type": "html", "parameter": [parameter("html", f"<script>{text}</script>")]},
        {"type": "html", "parameter": [parameter("html", f"{text}>")]},
        {"type": "gaawe", "parameter": [parameter("eventName", f"{text}x")], "notes": text},
        {"type": "cvt_1_2", "parameter": [parameter("eventName", text)]},
    ]
    triggers = [
        {"type": "CLICK", "filter": [{"type": c, "parameter": [parameter("arg0", "{{Page URL}}"), parameter("arg1", f"{text}!")]} for c in CONDITIONS]},
        {"type": "TIMER", "interval": {"type": "TEMPLATE", "value": text}},
    ]  # fmt: skip
    variables = [
        {"type": "jsm", "parameter": [parameter("javascript", f"function() {{ return {text}")]},
        {"type": "v", "parameter": [parameter("name", text)]},
    ]
    for kind, listed in (("tag", tags), ("trigger", triggers), ("variable", variables)):
        for number, entity in enumerate(listed, start=1):
            entity |= {f"{kind}Id": str(number), "name": f"{kind} {number}"}
    tags[0]["name"] = text
    tags[0]["firingTriggerId"] = ["9" * 5000, text[:1000], "1"]
    block = {"usageContext": ["WEB"]}
    version = {"container": block, "tag": tags, "trigger": triggers, "variable": variables}
    return {"exportFormatVersion": 2, "containerVersion": version}


def plan(text: str) -> dict[str, Any]:
    """In a name, an event, selectors, patterns, conditions, code and values."""
    where = {"page_url": {"matches": text}, "page_path": f"{text}!", "data_layer": {text: text}}
    one = {"id": "one", "name": text, "trigger": {"event": text}, "where": where, "value": text}
    two = {
        "id": "two",
        "trigger": {"click": {"css": text}},
        "unless": {"click_text": {"contains": text}},
    }
    two["parameters"] = {
        "a": {"javascript": f"function() {{ return {text} }}"},
        "b": f"{text}x",
        "c": {"gtm": text},
    }
    three = {
        "id": "three",
        "trigger": {"event": {"matches": f"^{text}$"}},
        "meta_pixel": {"custom": text},
    }
    return {**HEAD, "micro_conversions": [one, two, three]}


def seconds(path: Path, text: str) -> float:
    path.write_text(text, "utf-8")
    start = time.process_time()
    validate_files([path])
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_long_texts(unit: str, tmp_path: Path) -> None:
    text = unit * (LENGTH // len(unit))
    took = {
        "container": seconds(tmp_path / "c.json", json.dumps(container(text))),
        "plan": seconds(tmp_path / "p.json", json.dumps(plan(text[: LENGTH // 4]))),
        "text": seconds(tmp_path / "t.yaml", text),
        "JSON": seconds(tmp_path / "j.json", '{"a": ' + text),
        "ignores": seconds(tmp_path / "i.yaml", f"tagkit: 1\nbusiness: {{name: a}}  # {text}\n"),
    }
    assert {what: took[what] for what in took if took[what] > SECONDS} == {}
