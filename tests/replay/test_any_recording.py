"""Whatever a recording holds, it is judged or refused in a sentence."""

from __future__ import annotations

import gzip
import io
import json
import os
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagkit.diagnostics import Findings, place
from tagkit.documents import load_plan, understand
from tagkit.replay import har
from tagkit.replay.command import replay
from tagkit.replay.datalayer import read_data_layer
from tagkit.replay.har import Damage, Entry, entries
from tagkit.replay.judge import judge_data_layer
from tagkit.replay.judge_hits import judge_hits
from tests.replay.cases import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.diagnostics import Document
    from tagkit.plan.model import Resolved

Json = Any

WORDS = st.sampled_from(
    ("event", "ecommerce", "items", "value", "currency", "add_to_cart", "purchase", "typed", "push",
     "table_booked", "guests", "gtm.js", "_clear", "0", "1", "2", "set", "consent", "js", "page",
     "url", "time", "gtm.uniqueEventId", "https://own.example/admin", "a.b.c", "zone", "price",
     "https://[", "__proto__", "length", "item_id", "zone.name", "\\.", ".", "eventModel")
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | WORDS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ("v", "tid", "en", "ep.value", "epn.value", "cu", "pr1", "gcs", "_p", "id", "ev", "cd[value]",
     "cd[", "eid", "dl", "ep.", "epn.transaction_id")
)  # fmt: skip
SAID = st.sampled_from(
    ("2", "G-1A2B3C4D5E", "add_to_cart", "purchase", "49.9", "nan", "G100", "G1", "", "~~", "idx~pr1",
     "1234567890123456", "AddToCart", "%zz", "1e999", "\ud800")
)  # fmt: skip
URLS = st.builds(
    lambda start, pairs: start + "&".join(f"{key}={value}" for key, value in pairs),
    st.sampled_from(
        ("https://www.google-analytics.com/g/collect?v=2&tid=G-1A2B3C4D5E&", "http://[::1/?tid=G-",
         "https://www.facebook.com/tr/?id=1234567890123456&", "https://x.example:99999/?tid=G-")
    ),
    st.lists(st.tuples(KEYS, SAID), max_size=6),
)  # fmt: skip


def requests(anything: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    body = st.fixed_dictionaries(
        {},
        optional={
            "text": URLS | anything,
            "encoding": st.just("base64") | anything,
            "params": st.lists(st.fixed_dictionaries({"name": KEYS, "value": SAID}), max_size=3)
            | anything,
        },
    )
    request = st.fixed_dictionaries(
        {"url": URLS | anything}, optional={"postData": body | anything}
    )
    return st.fixed_dictionaries(
        {"request": request | anything},
        optional={
            "startedDateTime": st.sampled_from(
                ("2026-11-22T10:00:00Z", "0001-01-01T00:00:00+23:59")
            )
            | anything,
            "pageref": anything,
            "response": st.fixed_dictionaries({"_error": anything}) | anything,
        },
    )


ENTRIES = st.lists(requests(VALUES) | VALUES, max_size=5)
ROOMY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def plan_of(name: str) -> tuple[Resolved, Document]:
    found = Findings()
    document = load_plan(CASES / name / "plan.yaml", found)
    resolved = understand(document, found)
    assert resolved is not None
    return resolved, document


def judged(text: str, name: str) -> Findings:
    found = Findings()
    recording = read_data_layer(text, "recording.jsonl", found)
    summary = judge_data_layer(recording, *plan_of(name), found)
    place(found, recording.source)
    summary.table()
    json.dumps(summary.shape())
    return found


PLANS = st.sampled_from(("tea_shop", "own_events", "types"))


@ROOMY
@given(st.lists(VALUES, max_size=8), PLANS)
def test_any_json_as_lines(values: list[Json], name: str) -> None:
    judged("".join(json.dumps(value) + "\n" for value in values), name)


@ROOMY
@given(VALUES, PLANS)
def test_any_json_as_one_document(value: Json, name: str) -> None:
    judged(json.dumps(value, indent=1), name)


@ROOMY
@given(st.text())
def test_any_text(text: str) -> None:
    judged(text, "tea_shop")


@ROOMY
@given(ENTRIES)
def test_any_entries(listed: list[Json]) -> None:
    found = Findings()
    text = json.dumps({"log": {"entries": listed}}).encode()
    plan, document = plan_of("tea_shop")
    summary = judge_hits(entries(io.BytesIO(text)), plan, document, found)
    summary.table()
    place(found, document)


def short(value: Json) -> Json:
    """The value with its long texts left out."""
    if isinstance(value, str):
        return "" if len(value) > 20 else value
    if isinstance(value, list):
        return [short(one) for one in value]
    return {key: short(one) for key, one in value.items()} if isinstance(value, dict) else value


LONG_TEXTS = st.text('a"\\{}[], ł\n', max_size=60)
SHORT_KEYS = st.text('a"\\{}:', max_size=4)
PIECES = st.recursive(
    LONG_TEXTS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT_KEYS, inner, max_size=3),
    max_leaves=10,
)


@ROOMY
@given(
    st.lists(st.dictionaries(SHORT_KEYS, PIECES, max_size=4), max_size=4),
    st.dictionaries(st.sampled_from(("version", "pages", "comment", "x")), PIECES),
    st.integers(1, 40),
    st.sampled_from((None, 1)),
)
def test_a_har_in_pieces(listed: list[Json], more: Json, chunk: int, indent: int | None) -> None:
    """However the file falls into chunks, the entries are those that it has."""
    text = json.dumps({"log": {**more, "entries": listed}}, indent=indent, ensure_ascii=False)
    with patch.object(har, "_CHUNK", chunk), patch.object(har, "LONG", 70):
        read = list(entries(io.BytesIO(text.encode())))
    assert [short(one.data) for one in read if isinstance(one, Entry)] == short(listed)
    for one in read:
        line = text.split("\n")[one.line - 1]
        assert line[one.column - 1] == "{"


@ROOMY
@given(st.lists(requests(VALUES), min_size=1, max_size=3), st.data())
def test_a_har_that_is_cut_off(listed: list[Json], data: st.DataObject) -> None:
    whole = json.dumps({"log": {"entries": listed}}).encode()
    kept = data.draw(st.integers(len('{"log": {"entries": ['), len(whole) - len("]}}") - 1))
    *read, last = entries(io.BytesIO(whole[:kept]))
    assert isinstance(last, Damage)
    assert last.message.startswith("the file ends ")
    assert [one.data for one in read if isinstance(one, Entry)] == listed[: len(read)]


def test_a_text_longer_than_memory_is_skipped() -> None:
    class Endless(io.RawIOBase):
        """A HAR with one body of a gigabyte."""

        def __init__(self) -> None:
            self.left = 1000
            self.start = True

        def read(self, size: int = -1) -> bytes:
            if self.start:
                self.start = False
                return b'{"log": {"entries": [{"response": {"content": {"text": "'
            if self.left:
                self.left -= 1
                return b"x" * min(size, 1 << 20)
            rest, self.left = b'"}}}, {"n": 2}]}}' if self.left == 0 else b"", -1
            return rest

    read = list(entries(Endless()))  # type: ignore[arg-type]
    assert [one.data for one in read if isinstance(one, Entry)] == [
        {"response": {"content": {"text": ""}}},
        {"n": 2},
    ]


def test_a_long_text_behind_a_list_that_is_whole() -> None:
    """As Firefox writes an upload: ``params`` stand before ``text``."""
    posted = {"params": [], "text": "x" * 3_000_000}
    text = json.dumps({"log": {"entries": [{"postData": posted}, {"n": 2}]}})
    read = list(entries(io.BytesIO(text.encode())))
    assert [one.data for one in read if isinstance(one, Entry)] == [
        {"postData": {"params": [], "text": ""}},
        {"n": 2},
    ]


def test_an_entry_that_is_too_long() -> None:
    text = json.dumps({"log": {"entries": [{"a": 1}, {"b": ["x" * 50] * 50}, {"c": 3}]}})
    with patch.object(har, "MOST", 1000):
        first, second, third = entries(io.BytesIO(text.encode()))
    assert isinstance(second, Damage)
    assert second.too_long
    assert (first.data, third.data) == ({"a": 1}, {"c": 3})  # type: ignore[union-attr]


def test_a_har_that_never_ends() -> None:
    with patch.object(har, "LIMIT", 10):
        (only,) = entries(io.BytesIO(b'{"log": {"entries": [{}, {}]}}'))
    assert isinstance(only, Damage)
    assert only.too_long


@pytest.mark.parametrize("depth", [200, 100_000])
def test_nesting(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    judged(f'{{"event": "purchase", "ecommerce": {deep}}}\n{{"event": "purchase"}}\n', "tea_shop")
    text = f'{{"log": {{"entries": [{{"a": {deep}}}, {{"b": 1}}]}}}}'
    *_, last = entries(io.BytesIO(text.encode()))
    assert isinstance(last, Entry)


def test_a_number_that_python_does_not_convert() -> None:
    text = f'{{"log": {{"entries": [{{"a": {"1" * 5000}}}]}}}}'
    (only,) = entries(io.BytesIO(text.encode()))
    assert isinstance(only, Damage)
    assert "too long" in only.message
    judged(f'{{"event": "typed", "number": {"1" * 400}}}', "types")
    judged(f'{{"event": "typed", "number": {"1" * 5000}}}', "types")


def said(plan: Path, recording: Path) -> list[str]:
    return [one.message for one in replay(plan, recording).report.diagnostics]


PLAN = CASES / "visit" / "plan.yaml"


def test_a_packed_har(tmp_path: Path) -> None:
    packed, cut = tmp_path / "visit.har.gz", tmp_path / "cut.gz"
    text = gzip.compress((CASES / "visit" / "recording.har").read_bytes())
    packed.write_bytes(text)
    cut.write_bytes(text[: len(text) // 2])
    assert said(PLAN, packed) == said(PLAN, CASES / "visit" / "recording.har")
    assert "the file is cut off" in said(PLAN, cut)


def test_a_har_from_a_pipe(tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe", (CASES / "visit" / "recording.har").read_bytes()
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(text,))
    writer.start()
    assert said(PLAN, pipe) == said(PLAN, CASES / "visit" / "recording.har")
    writer.join()


def test_files_that_are_none(tmp_path: Path) -> None:
    assert said(PLAN, tmp_path / "none.har") == ["there is no such file"]
    assert said(PLAN, tmp_path) == ["this is a folder"]
    picture, wide, empty = (tmp_path / name for name in ("a.png", "wide.har", "empty.jsonl"))
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    wide.write_bytes('{"log": {}}'.encode("utf-16"))
    empty.write_bytes(b"")
    assert said(PLAN, picture) == ["this is a picture"]
    assert said(PLAN, wide) == ["the file is in UTF-16, not UTF-8"]
    assert said(PLAN, empty) == ["the file is empty"]


def test_a_recording_that_is_too_large(tmp_path: Path) -> None:
    large = tmp_path / "large.jsonl"
    with large.open("wb") as file:
        file.truncate(1_000_000_000)
    assert said(PLAN, large) == ["the file has 1000.0 MB, at most 50 MB can be read"]


def test_many_mistakes_are_not_all_told() -> None:
    found = judged("nonsense\n" * 10 + '{"event": "x"}\n' * 30 + "nonsense\n" * 300, "tea_shop")
    assert len(found) == 52
    push = json.dumps({"event": "purchase", "ecommerce": {"value": "x"}}) + "\n"
    found = judged(push * 100, "tea_shop")
    assert [one.message for one in found if one.rule.code == "TK562"] != []
    assert len(found) < 120


def test_many_mistakes_of_hits_are_not_all_told() -> None:
    url = "https://www.google-analytics.com/g/collect?v=2&tid=G-1A2B3C4D5E&en=purchase"
    text = json.dumps({"log": {"entries": [{"request": {"url": url}}] * 100}})
    found = Findings()
    judge_hits(entries(io.BytesIO(text.encode())), *plan_of("tea_shop"), found)
    assert 60 < len(found) < 120
