"""Reading: pairs of files say what is printed, properties say what always holds."""

from __future__ import annotations

import json
import math
import os
import re
import socket
import subprocess
import sys
import time
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tagkit import jsontext, source, textfile, yamltext
from tagkit.diagnostics import Findings, Span, place
from tagkit.report.text import report as as_text
from tagkit.source import Source, load, load_json
from tagkit.textfile import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.source import Json

settings.register_profile("tagkit", deadline=None)  # machines are busy
settings.load_profile("tagkit")

HERE = Path(__file__).parent / "load"
BAD = sorted(p for p in (HERE / "bad").iterdir() if p.suffix != ".out")
GOOD = sorted(p for p in (HERE / "good").iterdir() if p.suffix != ".out")


def loaded(path: Path, found: Findings) -> Source:
    text = read(path, found)
    if text is None:
        return Source(path.name, "", None)
    return (load_json if path.suffix == ".json" else load)(text, path.name, found)


def printed(path: Path) -> str:
    found = Findings()
    source = loaded(path, found)
    return as_text(place(found, source), {source.name: source})


def said(text: str, *, json: bool = False) -> list[str]:
    found = Findings()
    source = (load_json if json else load)(text, "x", found)
    return [f"{d.span.line}:{d.span.column} {d.message}" for d in place(found, source) if d.span]


def scalars(data: Json, route: Route = ()) -> Iterator[tuple[Route, Json]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from scalars(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from scalars(value, (*route, index))
    else:
        yield route, data


# --- pairs of files ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", BAD, ids=attrgetter("name"))
def test_bad_document(path: Path) -> None:
    assert printed(path) == path.with_name(f"{path.name}.out").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GOOD, ids=attrgetter("name"))
def test_good_document(path: Path) -> None:
    assert printed(path) == ""


@pytest.mark.parametrize("path", GOOD, ids=attrgetter("name"))
def test_good_data(path: Path) -> None:
    wanted = json.loads(path.with_name(f"{path.name}.out").read_text(encoding="utf-8"))
    assert loaded(path, Findings()).data == wanted


@pytest.mark.parametrize(
    "path", [p for p in (*BAD, *GOOD) if p.suffix == ".yaml"], ids=attrgetter("name")
)
def test_without_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def codes() -> list[tuple[str, int]]:
        found = Findings()
        placed = place(found, loaded(path, found)) or []
        return [(d.rule.code, d.span.line if d.span else 0) for d in placed]

    with_libyaml = codes()
    monkeypatch.setattr(yamltext, "_Loader", yaml.SafeLoader)
    if path.name in ("bad_surrogate.yaml", "tab_in_literal.yaml", "line_of_percent.yaml"):
        pytest.skip("PyYAML's own parser sees it otherwise")
    assert codes() == with_libyaml


def test_every_rule_is_shown() -> None:
    texts = "".join(p.read_text(encoding="utf-8") for p in (HERE / "bad").glob("*.out"))
    of_files = {"TK001", "TK002", "TK003", "TK004", "TK006", "TK024"}
    assert {r.code for r in (*source.RULES, *textfile.RULES) if r.code not in texts} == of_files


# --- places -----------------------------------------------------------------------------------

PLAN = """\
# a comment
tagkit: 1
business:
  name: Zielona Herbata
  empty:
events:
  - id: one
    trigger: {click: {css: ".a"}, wide: [
      1, 2]}
  -
    id: two
  - - nested
  -
  - |
    some
    text

  - {a: 1,
     name: x}
shared: &s {page: /cart}
again: *s
"""


@pytest.mark.parametrize(
    ("route", "key", "place"),
    [
        ((), False, (2, 1, 2, 10)),
        (("tagkit",), False, (2, 9, 2, 10)),
        (("tagkit",), True, (2, 1, 2, 7)),
        (("tagkit", "deeper", 3), False, (2, 9, 2, 10)),
        (("business",), False, (3, 1, 3, 9)),
        (("business",), True, (3, 1, 3, 9)),
        (("business", "nmae"), True, (3, 1, 3, 9)),
        (("business", "name"), False, (4, 9, 4, 24)),
        (("business", "empty"), False, (5, 3, 5, 8)),
        (("events", 0), False, (7, 5, 7, 12)),
        (("events", 0), True, (7, 5, 7, 12)),
        (("events", 0, "trigger"), False, (8, 5, 8, 12)),
        (("events", 0, "trigger", "click"), False, (8, 22, 8, 33)),
        (("events", 0, "trigger", "click", "css"), False, (8, 28, 8, 32)),
        (("events", 0, "trigger", "wide"), False, (8, 35, 8, 39)),
        (("events", 0, "trigger", "wide", 1), False, (9, 10, 9, 11)),
        (("events", 1), False, (11, 5, 11, 12)),
        (("events", 2), False, (12, 7, 12, 13)),
        (("events", 3), False, (13, 3, 13, 4)),
        (("events", 4), False, (14, 5, 16, 9)),
        (("events", 5), False, (19, 12, 19, 13)),
        (("events", 9), False, (6, 1, 6, 7)),
        (("events", -1), False, (6, 1, 6, 7)),
        (("events", "0"), False, (6, 1, 6, 7)),
        (("shared", "page"), False, (20, 19, 20, 24)),
        (("again",), False, (21, 8, 21, 10)),
        (("again", "page"), False, (21, 8, 21, 10)),
        (("nowhere",), True, (2, 1, 2, 10)),
    ],
)
def test_place(route: Route, key: bool, place: tuple[int, ...]) -> None:
    found = Findings()
    span = load(PLAN, "plan.yaml", found).locate(route, key=key)
    assert (*found, span) == (Span(*place),)


@pytest.mark.parametrize(
    ("route", "place"),
    [
        ((), (1, 1, 6, 2)),
        (("exportFormatVersion",), (2, 26, 2, 27)),
        (("tag",), (3, 3, 3, 8)),
        (("tag", 0), (4, 23, 4, 26)),
        (("tag", 0, "name"), (4, 23, 4, 26)),
        (("tag", 1), (5, 24, 5, 26)),
        (("tag", 2), (3, 3, 3, 8)),
    ],
)
def test_place_in_json(route: Route, place: tuple[int, ...]) -> None:
    text = (
        '{\n  "exportFormatVersion": 2,\n  "tag": [\n    {"id": 1, "name": "a",\n'
        '     "parameter": {}}, {}]\n}\n'
    )
    assert load_json(text, "x.json", Findings()).locate(route) == Span(*place)


def test_place_of_what_was_not_read() -> None:
    assert Source("x", "", None).locate(("a", 0), key=True) == Span(1, 1, 1, 1)


def test_written() -> None:
    assert load("a: {b: 1.10}", "x", Findings()).written(("a", "b")) == "1.10"


@pytest.mark.parametrize(
    ("number", "line"), [(0, ""), (1, "a: 1"), (2, "b: ż"), (3, "c: 2"), (4, ""), (5, "")]
)
def test_line(number: int, line: str) -> None:
    assert load("a: 1\r\nb: ż\rc: 2\n", "x", Findings()).line(number) == line


# --- files ------------------------------------------------------------------------------------


def complaint(path: Path, *, limit: int = textfile.PLAN_LIMIT) -> str:
    found = Findings()
    assert read(path, found, limit=limit) is None
    (finding,) = found
    return f"{finding.rule.code} {finding.message} | {finding.hint}"


def test_missing_file(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").touch()
    wanted = "TK001 there is no such file | did you mean 'plan.yaml'?"
    assert complaint(tmp_path / "plna.yaml") == wanted


def test_missing_folder(tmp_path: Path) -> None:
    assert complaint(tmp_path / "no" / "plan.yaml") == "TK001 there is no such file | None"


def test_folder(tmp_path: Path) -> None:
    assert complaint(tmp_path) == "TK002 this is a folder | name a file in it"


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert complaint(Path("s")) == "TK002 this is no file | None"


def test_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('a: 1')"]):
        assert read(pipe, Findings()) == "a: 1"


def test_endless_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('a' * 99)"]):
        wanted = "TK004 the file has more, at most 9e-06 MB can be read | None"
        assert complaint(pipe, limit=9) == wanted


def test_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(7_340_000)
    assert complaint(path) == "TK004 the file has 7.3 MB, at most 5 MB can be read | None"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "x"
    path.touch()
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    assert complaint(path) == "TK003 no permission to read this file | None"


def test_long_name() -> None:
    assert complaint(Path("x" * 300)) == "TK003 this file cannot be read: file name too long | None"


def test_zero_in_name() -> None:
    assert complaint(Path("x\0")) == "TK003 this file cannot be read: embedded null byte | None"


def test_whole_file_has_no_place(tmp_path: Path) -> None:
    found = Findings()
    read(tmp_path, found)
    (diagnostic,) = place(found, Source("here", "", None))
    assert diagnostic.span is None


# --- what always holds ------------------------------------------------------------------------

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(max_size=20)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def written_back(source: Source) -> dict[Route, Json]:
    """What stands at the place of each scalar, read by itself."""
    return {
        route: load_json(source.written(route), "x", Findings()).data
        for route, _ in scalars(source.data)
    }


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_json_is_read_as_json(value: Json, indent: int | None) -> None:
    found = Findings()
    text = json.dumps(value, indent=indent, ensure_ascii=indent is None)
    source = load_json(text, "x", found)
    assert (found, source.data, written_back(source)) == ([], value, dict(scalars(value)))


BASIC = st.text(st.characters(max_codepoint=0xD7FF, exclude_characters="\x7f"), max_size=20)
BASIC_VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | NUMBERS | BASIC,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(BASIC, inner, max_size=4),
    max_leaves=20,
)


@given(BASIC_VALUES, st.sampled_from([None, 2]))
def test_json_is_read_as_yaml(value: Json, indent: int | None) -> None:
    found = Findings()
    source = load(json.dumps(value, indent=indent), "x", found)
    assert (found, source.data, written_back(source)) == ([], value, dict(scalars(value)))


def is_number(text: str) -> bool:
    return yamltext._NUMBER.fullmatch(text) is not None  # noqa: SLF001


# PyYAML writes 1e3 without quotes, as YAML 1.1 takes it for text; to us, as to JSON, it is a
# number. And it loses a key that is a Unicode line break, in its own round trip, too.
YAML_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=20
).filter(lambda text: not is_number(text))
YAML_VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | NUMBERS | YAML_TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(YAML_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(YAML_VALUES, st.booleans())
def test_yaml_is_read(value: Json, flow: bool) -> None:
    found = Findings()
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    assert (load(text, "x", found).data, found) == (value, [])


def holds(piece: str, value: Json) -> bool:
    """Whether a scalar stands in a piece of YAML, whatever its style."""
    document = yaml.safe_load(piece) if piece.strip(" ") else None
    return document == value


WORDS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
ONE_LINE = st.text(  # what YAML breaks lines at is folded by itself in another way
    st.characters(max_codepoint=0xD7FF, exclude_characters="\x7f\x85\u2028\u2029\n\r"),
    max_size=20,
)


@given(st.dictionaries(WORDS, st.integers() | ONE_LINE))
def test_spans_hold_the_scalars(value: dict[str, Json]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6)
    source = load(text, "x", Findings())
    wrong = {
        route: source.written(route)
        for route, scalar in scalars(value)
        if not holds(source.written(route), scalar)
    }
    assert wrong == {}


@given(VALUES)
def test_spans_are_in_the_text(value: Json) -> None:
    source = load(json.dumps(value, indent=1), "x", Findings())
    lines = source.text.split("\n")
    spans = [source.locate(route, key=key) for route, _ in scalars(value) for key in (False, True)]
    assert all(s.line <= len(lines) and s.column <= len(lines[s.line - 1]) + 1 for s in spans)


SIGNS = "a [ ] { } , \" ' # 1 % @ ` / . - e9 null true NaN 1e999 {{ }} ż 🍵 \\ \\x \\u12 < > |"
STARTS = ("b: ", ": ", "- ", "&x ", "*x", "!t ", "? ", "<<: ", '"a": ', "---\n", "...\n")
BREAKS = ("|\n", "\n", "\n  ", "\t", "\r", "\x85", "\ufeff", "\u2028", "\ud800")
PIECES = st.sampled_from([*SIGNS.split(), *STARTS, *BREAKS])


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    for read_text in (load, load_json):
        found = Findings()
        source = read_text(text, "x", found)
        report = as_text(place(found, source), {"x": source})
        assert found.fatal or source.data is not None or text.strip("\ufeff \r\n") != "", report


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.yaml"
    path.write_bytes(raw)
    assert printed(path) or read(path, Findings()) is not None


@given(st.lists(PIECES, max_size=25).map("".join))
def test_both_parsers_agree(text: str) -> None:
    def outcome(loader: type) -> tuple[Json, bool]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamltext, "_Loader", loader)
            found = Findings()
            data = load(text, "x", found).data
        return (None if found.fatal else data), found.fatal

    libyaml, python = outcome(yaml.CSafeLoader), outcome(yaml.SafeLoader)
    assert libyaml == python or libyaml[1] != python[1]  # each lets some odd things pass


# --- speed and safety -------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[" * 60_000, "- " * 30_000, '{"a":' * 12_000, "{a: " * 15_000])
def test_depth_is_answered_at_once(text: str) -> None:
    start = time.process_time()
    answers = said(text)
    assert ("more than 100 levels deep" in answers[0], time.process_time() - start < 15) == (
        True,
        True,
    )


def test_long_lists_are_limited() -> None:
    (answer,) = said("- 1\n- [" + "1, " * 500_001 + "1]\n")
    assert answer == "2:3 more than 500,000 values, with the aliases written out"


def test_large_json_is_placed() -> None:
    text = json.dumps([{"name": f"tag {i}", "parameter": [{"key": "k"}]} for i in range(20_000)])
    source = load_json(text, "x", Findings())
    assert source.written((19_999, "name")) == '"tag 19999"'


def test_json_deeper_than_python_can() -> None:
    assert said("[" * 200_000, json=True) == ["1:101 more than 100 levels deep"]


def test_json_read_from_deep_in_the_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("tagkit.jsontext.json.loads", loads)
    assert said("[]", json=True) == ["1:1 too many levels deep"]


def test_json_complaints_of_later_pythons() -> None:
    error = json.JSONDecodeError("Illegal trailing comma before end of object", '{"a": 1,}', 7)
    assert jsontext._complaint(error, error.doc)[:2] == (  # noqa: SLF001
        7,
        "a comma stands before the closing bracket",
    )


def test_an_unknown_complaint_is_passed_on() -> None:
    from tagkit.yamlsyntax import explain

    error = yaml.MarkedYAMLError(problem="the moon is full")
    assert explain(error, "a: b", 0).message == "this is not YAML: the moon is full"


def test_numbers_are_as_in_json() -> None:
    found = Findings()
    data = load("[-0.0, 1e-400, 0.1]", "x", found).data
    assert isinstance(data, list)
    assert math.copysign(1, data[0]) == -1  # type: ignore[arg-type]


LARGE = "9" * 400


@pytest.mark.parametrize("number", [LARGE, f"-{LARGE}", "1" + "0" * 309, "9" * 5000])
def test_a_number_of_many_digits(number: str) -> None:
    for read_text in (load, load_json):
        found = Findings()
        read_text(f'{{"a": {number}}}', "x", found)
        assert [f.rule.code for f in found] == ["TK021"]


def test_a_number_that_just_fits() -> None:
    for read_text in (load, load_json):
        found = Findings()
        assert read_text(f'{{"a": 1{"0" * 308}}}', "x", found).data == {"a": 10**308}
        assert found == []


def test_blanks_take_linear_time() -> None:
    start = time.process_time()
    text = '{"a": [1' + " " * 200_000 + "]" + "\n" * 200_000 + "}"
    source = load_json(text, "x", Findings())
    assert source.written(("a", 0)) == "1"
    found = Findings()
    load('"k": ' + "a " * 50_000 + ": b", "x", found)
    assert [f.message for f in found] == ["a key cannot stand here"]
    assert time.process_time() - start < 15


def test_what_is_in_a_value() -> None:
    source = load(
        'a: "b # c"  # d\n"e f": |\n  # g\nh:  # i\n- j\n'.replace("- j", "  - j"), "x", Findings()
    )
    inside = [source.is_in_value(found.start()) for found in re.finditer("#", source.text)]
    assert inside == [True, False, True, False]


def test_the_scanner_takes_what_is_no_json() -> None:
    assert [odd.rule.code for odd in jsontext.scan('{"\\u1": Nope, "a": [1 2 :')[1]] == ["TK021"]
