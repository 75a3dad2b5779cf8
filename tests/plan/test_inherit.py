"""Plans that extend others: what becomes of them, and where it says each value stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tagkit.adopt.yamlwriter import literal
from tagkit.cli import app
from tagkit.diagnostics import Findings, Spot, place
from tagkit.documents import Bases
from tagkit.plan.inherit import inherit
from tagkit.plan.merge import LISTS, Drops, merge
from tagkit.plan.merged import Node, Origin
from tagkit.plan.substitute import Given
from tagkit.schema import SchemaName, validate
from tagkit.source import Source, load, load_json
from tagkit.textfile import MISSING

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.diagnostics import Route
    from tagkit.plan.merged import Merged

Json = Any

settings.register_profile("tagkit", deadline=None)  # machines are busy
settings.load_profile("tagkit")


def node(data: Json, name: str = "x") -> Node:
    source = load_json(json.dumps(data), name, Findings())
    return Node(source.data, Origin(source, ()))


def merged(*plans: Json) -> Json:
    result = Node({}, Origin(Source("", "", None), ()))
    for plan in plans:
        result = merge(result, node(plan), Drops.none())
    return result.data


def inherited(
    files: dict[str, str], name: str = "a.yaml", **values: Given
) -> tuple[Merged, Findings]:
    def read(base: str) -> tuple[Source, Findings]:
        found = Findings()
        if base not in files:
            found.say(MISSING, (), "there is no such file")
            return Source(base, "", None), found
        return read_text(files[base], base, found), found

    found = Findings()
    return inherit(read_text(files[name], name, found), read, found, values), found


def read_text(text: str, name: str, found: Findings) -> Source:
    return (load_json if name.endswith(".json") or text.startswith("{") else load)(
        text, name, found
    )


def conversions(*items: Json) -> Json:
    return {"micro_conversions": list(items)}


# --- what is merged ---------------------------------------------------------------------------

GUIDE = {"id": "guide", "name": "Guide", "trigger": {"click": {"css": ".a"}}, "value": 1}


@pytest.mark.parametrize(
    ("base", "over", "result"),
    [
        ("share", "share", "share"),
        ("share", {"use": "share", "value": 2}, {"use": "share", "value": 2}),
        ("share", {"id": "share", "value": 2}, {"use": "share", "value": 2}),
        ({"use": "share", "value": 1}, "share", {"use": "share", "value": 1}),
        ({"use": "share", "id": "s"}, {"id": "s", "value": 2},
         {"use": "share", "id": "s", "value": 2}),
        (GUIDE, {"use": "guide", "value": 2}, {**GUIDE, "value": 2}),
        (GUIDE, {"id": "guide", "trigger": {"event": "x"}}, {**GUIDE, "trigger": {"event": "x"}}),
        ({"id": "a", "where": {"page_path": "/a"}}, {"id": "a", "where": {"page_url": "b"}},
         {"id": "a", "where": {"page_url": "b"}}),
        ({"id": "a", "parameters": {"x": {"cookie": "c"}, "y": 1}},
         {"id": "a", "parameters": {"x": {"data_layer": "d"}, "z": 2}},
         {"id": "a", "parameters": {"x": {"data_layer": "d"}, "y": 1, "z": 2}}),
        ({"id": "a", "meta_pixel": {"custom": "A", "properties": {"p": 1}}},
         {"id": "a", "meta_pixel": {"event": "Lead"}},
         {"id": "a", "meta_pixel": {"properties": {"p": 1}, "event": "Lead"}}),
        ({"id": "a", "meta_pixel": {"event": "Lead"}}, {"id": "a", "meta_pixel": False},
         {"id": "a", "meta_pixel": False}),
        ({"id": "a", "consent": ["x", "y"]}, {"id": "a", "consent": ["z"]},
         {"id": "a", "consent": ["z"]}),
        (GUIDE, {"id": "guide", "value": None, "name": None},
         {"id": "guide", "trigger": GUIDE["trigger"]}),
        ("share", {"id": "share", "value": None}, {"use": "share", "value": None}),
        ({"id": "a", "parameters": {"event": 1, "custom": 2}},
         {"id": "a", "parameters": {"event": None, "other": None}},
         {"id": "a", "parameters": {"custom": 2, "other": None}}),
        ({"id": "a", "meta_pixel": {"custom": "A"}}, {"id": "a", "meta_pixel": {"event": None}},
         {"id": "a", "meta_pixel": {"custom": "A", "event": None}}),
        ({"id": "a", "meta_pixel": {"custom": "A"}},
         {"id": "a", "meta_pixel": {"event": "Lead", "custom": None}},
         {"id": "a", "meta_pixel": {"event": "Lead"}}),
    ],
)  # fmt: skip
def test_a_changed_conversion(base: Json, over: Json, result: Json) -> None:
    assert merged(conversions(base), conversions(over)) == conversions(result)


def test_order_new_ones_and_dropped_ones() -> None:
    base = conversions("share", "sign_up", "chat_click", GUIDE)
    over = conversions("view_item", {"drop": "sign_up"}, {"use": "chat_click", "step": 1})
    expected = ["share", {"use": "chat_click", "step": 1}, GUIDE, "view_item"]
    assert merged(base, over) == conversions(*expected)


def test_dropped_and_written_anew() -> None:
    anew = {"id": "guide", "trigger": "page_view"}
    assert merged(conversions(GUIDE), conversions(anew, {"drop": "guide"})) == conversions(anew)


def test_a_conversion_moves_to_another_list() -> None:
    moved = merged(
        conversions("share", GUIDE), {"macro_conversions": [{"id": "guide", "value": 9}]}
    )
    assert moved == {"macro_conversions": [{**GUIDE, "value": 9}], "micro_conversions": ["share"]}


@pytest.mark.parametrize("base", ["phone_click", {"use": "phone_click", "value": 1}])
def test_what_moves_by_its_bare_name_is_the_clients(base: Json) -> None:
    """What is said of it in the other list is said where it was moved, and ignored there."""
    below = node({"micro_conversions": [base]}, "base")
    for name, file in [("anti_conversions", "over"), ("micro_conversions", "base")]:
        both = merge(below, node({name: ["phone_click"]}, "over"), Drops.none())
        assert both.data[name] == [base]
        origin = both.origin.member(name).member(0)
        assert (origin.source.name, origin.route[1]) == (file, 0)
        if isinstance(base, dict):
            assert origin.member("value").source.name == "base"


def test_two_of_a_name_stay_two() -> None:
    """So that it can be said of them (TK201)."""
    assert merged(conversions("share", "share")) == conversions("share", "share")
    assert merged(conversions("share"), conversions("share", "share")) == conversions(
        "share", "share"
    )


def test_what_is_badly_shaped_is_kept_for_the_schema() -> None:
    assert merged(conversions("share"), {"micro_conversions": 5}) == {"micro_conversions": 5}
    odd = [None, 5, {"drop": 5}, {"drop": "share", "value": 1}, {"id": [1]}]
    assert merged(conversions("share"), conversions(*odd)) == conversions("share", *odd)


def test_a_key_with_nothing_removes_it() -> None:
    base = {"meta_pixel": {"pixel_id": "1"}, "naming": {"prefix": "x", "language": "pl"}}
    over = {"meta_pixel": None, "naming": {"prefix": None}, "consent": None}
    assert merged(base, over) == {"naming": {"language": "pl"}, "consent": None}
    assert merged(base, over, {"meta_pixel": None})["meta_pixel"] is None
    assert merged(base, over, base)["meta_pixel"] == {"pixel_id": "1"}


def test_a_list_of_conversions_with_nothing_is_a_mistake() -> None:
    """What is under it may be commented out, or forgotten: nobody means all of the base's."""
    assert merged(conversions("share"), {"micro_conversions": None}) == {"micro_conversions": None}


# --- properties -------------------------------------------------------------------------------

_SCALARS = st.sampled_from([1, 2.5, "x", "y", True, None])
_KEYS = st.sampled_from(["value", "name", "trigger", "parameters", "google_analytics", "event"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=6,
)
_NAMES = st.sampled_from(["share", "sign_up", "guide", "deep"])
_CHANGED = st.builds(
    lambda key, name, rest: {key: name, **rest},
    st.just("id"),
    _NAMES,
    st.dictionaries(_KEYS, _VALUES, max_size=3),
)
_LISTED = st.lists(_CHANGED, max_size=3, unique_by=lambda item: item["id"])


def _plan(lists: dict[str, Json], rest: dict[str, Json]) -> Json:
    seen: set[str] = set()
    for items in lists.values():
        items[:] = [item for item in items if item["id"] not in seen]
        seen |= {item["id"] for item in items}
    return {**rest, **lists}


PLANS = st.builds(
    _plan,
    st.dictionaries(st.sampled_from(LISTS), _LISTED, max_size=2),
    st.dictionaries(st.sampled_from(["business", "naming", "variables"]), _VALUES, max_size=2),
)


@given(PLANS)
def test_an_empty_base_changes_nothing(plan: Json) -> None:
    assert merged({}, plan) == plan
    assert merged(plan, {}) == plan
    assert merged(plan, plan) == plan


@given(PLANS, PLANS)
def test_each_value_stands_where_it_says(base: Json, over: Json) -> None:
    one = merge(Node({}, Origin(Source("", "", None), ())), node(base, "base"), Drops.none())
    both = merge(one, node(over, "over"), Drops.none())
    for route, value in leaves(both.data):
        at, rest = both.origin, route
        while rest and rest[0] in at.members:
            at, rest = at.members[rest[0]], rest[1:]
        said: Json = at.source.data
        for step in (*at.route, *rest):
            said = said[step]
        assert said == value


def leaves(data: Json, route: Route = ()) -> list[tuple[Route, Json]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    found: list[tuple[Route, Json]] = []
    for step, value in pairs:
        if isinstance(value, dict | list):
            found += leaves(value, (*route, step))
        else:
            found.append(((*route, step), value))
    return found


def shapes(plans: tuple[Json, ...]) -> dict[tuple[object, ...], set[object]]:
    """What is at each place of some plans: a mapping or not; of a conversion, in which list."""
    found: dict[tuple[object, ...], set[object]] = {}

    def look(data: Json, at: tuple[object, ...]) -> None:
        found.setdefault(at, set()).add(isinstance(data, dict))
        for key, value in data.items() if isinstance(data, dict) else ():
            look(value, (*at, key))

    for plan in plans:
        for key, value in plan.items():
            for item in value if key in LISTS else ():
                found.setdefault((item["id"],), set()).add(key)
                look(item, ("conversion", item["id"]))
            if key not in LISTS:
                look(value, (key,))
    return found


@given(PLANS, PLANS, PLANS)
def test_a_chain_may_be_read_from_either_end(one: Json, two: Json, three: Json) -> None:
    """Where a value stays a mapping or none, none is taken away, and a conversion in its list."""
    assume(all(value is not None for plan in (one, two, three) for _, value in leaves(plan)))
    assume(all(len(kinds) == 1 for kinds in shapes((one, two, three)).values()))
    drops = Drops.none()
    left = merge(merge(node(one), node(two), drops), node(three), drops)
    right = merge(node(one), merge(node(two), node(three), drops), drops)
    assert left.data == right.data


@given(st.text().filter(lambda text: "${" not in text))
def test_a_text_without_variables_stays(text: str) -> None:
    plan = json.dumps({"vars": {"a": 1}, "business": {"name": text, "url": "${a}"}})
    document, found = inherited({"a.yaml": plan})
    assert document.data == {"business": {"name": text, "url": 1}}
    assert not found


@given(st.text())
def test_a_value_is_data(text: str) -> None:
    """It is not read again, whatever it holds."""
    files = {"a.yaml": 'vars: {a: x}\nbusiness: {name: "${a}", url: "<${a}>"}'}
    document, found = inherited(files, a=Given(text, is_text=True))
    assert document.data == {"business": {"name": text, "url": f"<{text}>"}}
    assert not found


# --- several files ----------------------------------------------------------------------------


def test_each_file_counts_once() -> None:
    """What two bases share does not come back over what one of them changed."""
    document, found = inherited(
        {
            "a.yaml": "extends: [shop.yaml, polish.yaml]",
            "shop.yaml": "extends: common.yaml\nbusiness: {currency: PLN}\n"
            "micro_conversions: [{drop: share}]",
            "polish.yaml": "extends: common.yaml\nbusiness: {language: pl}",
            "common.yaml": "business: {currency: EUR}\nmicro_conversions: [share, sign_up]",
        }
    )
    assert not found
    assert [source.name for source in document.sources] == [
        "common.yaml", "shop.yaml", "polish.yaml", "a.yaml",
    ]  # fmt: skip
    assert document.data == {
        "business": {"currency": "PLN", "language": "pl"},
        "micro_conversions": ["sign_up"],
    }


def test_a_long_chain() -> None:
    files = {f"{n}.yaml": f"extends: {n + 1}.yaml" for n in range(1500)}
    document, found = inherited({**files, "1500.yaml": "business: {name: x}"}, "0.yaml")
    assert (document.data, len(document.sources), found) == ({"business": {"name": "x"}}, 1501, [])


def test_paths_start_from_the_file_that_says_them() -> None:
    files = {
        "clients/a.yaml": "extends: ../bases/one.yaml",
        "bases/one.yaml": "extends: deep/./two.yaml",
        "bases/deep/two.yaml": "business: {name: x}",
    }
    document, found = inherited(files, "clients/a.yaml")
    assert (document.data, found) == ({"business": {"name": "x"}}, [])


def test_a_missing_base_is_all_that_is_said() -> None:
    files = {"a.yaml": 'extends: b.yaml\nmicro_conversions: [{drop: x}]\nbusiness: {name: "${y}"}'}
    document, found = inherited(files)
    assert [f.rule.code for f in found] == ["TK307"]
    assert [source.name for source in document.sources] == ["a.yaml"]


def test_one_file_by_two_names(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: there/a.yaml\n")
    (tmp_path / "there").symlink_to(tmp_path)
    found, name = Findings(), str(tmp_path / "a.yaml")
    source, _ = Bases().read(name)
    inherit(source, Bases().read, found)
    assert [f.rule.code for f in found] == ["TK308"]


@pytest.mark.parametrize("name", ["b\0c", "\ud800", "x" * 5000, "https://x.example/a.yaml", "~"])
def test_odd_names_of_bases(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"extends": name}))
    result = CliRunner().invoke(app, ["validate", str(path)])
    assert result.exit_code == 1, result.output
    assert not isinstance(result.exception, ValueError)


def test_a_finding_in_a_base_in_each_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It points into the base, and says through which file it was reached."""
    (tmp_path / "clients").mkdir()
    (tmp_path / "base.yaml").write_text("tagkit: 1\nmicro_conversions: [add_to_kart]\n")
    (tmp_path / "clients/a.yaml").write_text("extends: ../base.yaml\nbusiness: {name: x}\n")
    monkeypatch.chdir(tmp_path)
    said = {
        form: CliRunner().invoke(app, ["validate", "clients/a.yaml", "--format", form]).output
        for form in ("text", "json", "github", "sarif", "junit")
    }
    error = next(d for d in json.loads(said["json"])["diagnostics"] if d["code"] == "TK301")
    assert (error["file"], error["span"]["line"]) == ("base.yaml", 2)
    assert error["path"] == ["micro_conversions", 0]
    assert error["reached_from"] == [{"file": "clients/a.yaml", "line": 1, "column": 10}]
    assert "base.yaml:2:21: error[TK301]" in said["text"]
    assert "= reached from clients/a.yaml:1:10" in said["text"]
    assert "reached from clients/a.yaml:1:10" in said["junit"]
    assert "file=base.yaml,line=2" in said["github"]
    assert "%0Areached from clients/a.yaml:1:10%0A" in said["github"]
    (run,) = json.loads(said["sarif"])["runs"]
    result = next(r for r in run["results"] if r["ruleId"] == "TK301")
    (place,) = [at["physicalLocation"] for at in result["locations"]]
    (other,) = [at["physicalLocation"] for at in result["relatedLocations"]]
    assert place["artifactLocation"]["uri"] == "base.yaml"
    assert other["artifactLocation"]["uri"] == "clients/a.yaml"
    artifact = run["artifacts"][other["artifactLocation"]["index"]]
    assert artifact["location"]["uri"] == "clients/a.yaml"


# --- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("${a}", 1), ("${a}${a}", "11"), ("x ${a}", "x 1"),
        ("$${a}", "${a}"), ("$$${a}", "$1"), ("$$$${a}", "$${a}"), ("$$$$${a}", "$$1"),
        ("$$", "$$"), ("$ {a}", "$ {a}"), ("$$$", "$$$"), ("{${a}}", "{1}"), ("$${", "${"),
        ("$a{", "$a{"), ("${a}$${a}", "1${a}"), ("a{b}${a}", "a{b}1"),
    ],
)  # fmt: skip
def test_dollars(text: str, meant: Json) -> None:
    plan = json.dumps({"vars": {"a": 1}, "business": {"name": text, "url": "${a}"}})
    document, found = inherited({"a.yaml": plan})
    assert (document.data["business"]["name"], found) == (meant, [])


@given(st.text("$${}a{") | st.text())
def test_a_text_of_an_adopted_plan_stays(text: str) -> None:
    plan = json.dumps({"business": {"name": literal(text)}})
    document, found = inherited({"a.yaml": plan})
    assert (document.data, found) == ({"business": {"name": text}}, [])


def test_many_dollars_take_no_time() -> None:
    plan = {"business": {"name": "$" * 200_000 + " ${"}}
    _, found = inherited({"a.yaml": json.dumps(plan)})
    assert [f.rule.code for f in found] == ["TK315"]


# --- variables in variables -------------------------------------------------------------------


def filled(text: str, **values: Given) -> tuple[Json, list[str]]:
    document, found = inherited({"a.yaml": text}, **values)
    return document.data, [f"{d.span and d.span.line} {d.message}" for d in place(found, document)]


def test_a_variable_refers_to_others() -> None:
    plan = """\
vars:
  home: "${url}/start"
  url: {default: "https://${domain}"}
  domain: {type: string, default: tea.example}
  worth: 5
  double: "${worth}"
  half: {type: number, default: "${double}"}
business: {name: "${home}", url: "${url}", a: "${double}", b: "x${half}"}
"""
    assert filled(plan) == (
        {"business": {"name": "https://tea.example/start", "url": "https://tea.example", "a": 5, "b": "x5"}},
        [],
    )  # fmt: skip
    data, said = filled(plan, domain=Given("${worth}", is_text=True))
    assert (data["business"]["url"], said) == ("https://${worth}", [])
    data, said = filled(plan, url=Given("${domain}", is_text=True), double=Given("2", is_text=True))
    assert (data["business"], said) == (
        {"name": "${domain}/start", "url": "${domain}", "a": 2, "b": "x2"},
        [],
    )


def test_a_long_chain_of_variables() -> None:
    number = 3000
    chain = {f"v{n}": f"${{v{n + 1}}}" for n in range(number)}
    for last in (7, "${v0}"):
        plan = {"vars": {**chain, f"v{number}": last}, "business": {"name": "${v0}"}}
        document, found = inherited({"a.yaml": json.dumps(plan)})
        if last == 7:
            assert (document.data, found) == ({"business": {"name": 7}}, [])
            at = document.spot(("business", "name"))
            assert (at.route, at.related[-1][0].route) == (
                ("vars", f"v{number}"),
                ("business", "name"),
            )
        else:
            assert [f.rule.code for f in found] == ["TK315"]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ('a: "${a}"', ["1 the value of 'a' refers to itself: a > a"]),
        ('a: "x${b}", b: "${c}", c: {type: number, default: "${a}"}',
         ["1 the value of 'a' refers to itself: a > b > c > a"]),
        ('a: "${b}", b: "${a}${c}", c: "${c}"',
         ["1 the value of 'a' refers to itself: a > b > a",
          "1 the value of 'c' refers to itself: c > c"]),
        ('a: "${nope}"', ["1 there is no variable 'nope'"]),
        ('a: "${no pe}"', ["1 '${' is not followed by the name of a variable and '}'"]),
        ('a: {type: number, default: "${b}"}, b: {type: integer}',
         ["1 the variable 'b' has no value"]),
        ('a: {type: number, default: "${b}"}, b: x',
         ["1 expected a number for the variable 'a', found text"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_reference_in_a_value(variables: str, said: list[str]) -> None:
    assert filled(f"vars: {{{variables}}}\nbusiness: {{name: '${{a}}'}}")[1] == said


def test_the_place_of_a_value_in_a_value() -> None:
    """It is where the value was written; what it went through is told."""
    files = {
        "a.yaml": "extends: base.yaml\nvars: {domain: tea}",
        "base.yaml": "vars: {domain: {type: string}, url: 'x/${domain}', home: '${url}'}\n"
        "business: {url: '${home}', name: '${domain}${home}'}",
    }
    document, found = inherited(files)
    assert not found
    at = document.spot(("business", "url"))
    assert (at.source.name, at.route) == ("base.yaml", ("vars", "url"))
    said = [(spot.source.name, spot.route, word) for spot, word in at.related]
    assert said == [
        ("a.yaml", ("vars", "domain"), "the value of 'domain'"),
        ("base.yaml", ("vars", "home"), "used here"),
        ("base.yaml", ("business", "url"), "used here"),
    ]
    document, _ = inherited(files, domain=Given("x", is_text=True))
    for route in (("business", "url"), ("business", "name")):
        assert document.spot(route).remarks == ("given by --set domain=x",)


def test_values_that_multiply() -> None:
    """Ten of ten of ten … fill no memory."""
    many = {f"v{n}": f"${{v{n + 1}}}" * 10 for n in range(50)}
    plan = {"vars": {**many, "v50": "x"}, "business": {"name": "${v0}"}}
    _, found = inherited({"a.yaml": json.dumps(plan)})
    assert [f.rule.name for f in found] == ["file-too-large"]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("007", "write 7"),
        ('"007"', "write 7, without quotes"),
        ("'7,50'", "write 7.5, without quotes"),
        ("x", "write it in digits, such as 0.50"),
        ("true", "write it in digits, such as 0.50"),
    ],
)
def test_the_number_that_was_meant(value: str, hint: str) -> None:
    text = f"vars: {{n: {{type: number, default: {value}}}}}\nbusiness: {{name: '${{n}}'}}"
    _, found = inherited({"a.yaml": text})
    assert [(f.rule.code, f.hint) for f in found] == [("TK313", hint)]


# --- values from outside ----------------------------------------------------------------------

TYPED = "vars: {a: {type: TYPE, default: DEFAULT}}\nbusiness: {name: '${a}'}\n"


@pytest.mark.parametrize(
    ("type_", "default", "text", "value"),
    [
        ("string", "x", "5", "5"),
        ("number", "1", "5", 5),
        ("number", "1", " -0.50 ", -0.5),
        ("integer", "1", "5", 5),
        ("boolean", "true", "False", False),
        ("number", "1", "0,5", None),
        ("number", "1", "", None),
        ("number", "1", "9" * 5000, None),
        ("integer", "1", "5.5", None),
        ("boolean", "true", "yes", None),
    ],
)
def test_a_text_becomes_what_the_variable_is(
    type_: str, default: str, text: str, value: Json
) -> None:
    plan = TYPED.replace("TYPE", type_).replace("DEFAULT", default)
    document, found = inherited({"a.yaml": plan}, a=Given(text, is_text=True))
    if value is None:
        assert [f.rule.code for f in found] == ["TK313"]
    else:
        assert (document.data, found) == ({"business": {"name": value}}, [])


def test_a_value_in_a_table_is_found_in_the_table() -> None:
    table = load("- {a: Tea}\n", "clients.yaml", Findings())
    spot = Spot(table, (0, "a"))
    _, found = inherited({"a.yaml": TYPED.replace("TYPE", "integer").replace("DEFAULT", "1")},
                         a=Given("Tea", spot, is_text=True))  # fmt: skip
    (finding,) = found
    assert (finding.source, finding.route) == (table, (0, "a"))
    document, found = inherited({"a.yaml": "vars: {a: x}\nbusiness: {name: '${a}'}\n"},
                                a=Given("Tea", spot, is_text=True))  # fmt: skip
    at = document.spot(("business", "name"))
    assert (at.source, at.route, at.related[0][0].route) == (table, (0, "a"), ("business", "name"))


def test_a_finding_about_a_value_stands_at_the_value() -> None:
    """Also where a rule says of a literal what it would say of a source's ``value``."""
    files = {
        "a.yaml": "extends: base.yaml\nvars: {n: -4}",
        "base.yaml": "vars: {n: 5}\nmicro_conversions: [{value: '${n}'}]",
    }
    document, _ = inherited(files)
    route: Route = ("micro_conversions", 0, "value")
    for below in (route, (*route, "value"), (*route, "value", 0)):
        at = document.spot(below)
        assert (at.source.name, at.route) == ("a.yaml", ("vars", "n"))
        ((used, word),) = at.related
        assert (used.source.name, used.route, word) == ("base.yaml", route, "used here")
    assert document.spot(route, key=True).source.name == "base.yaml"


def test_a_value_for_no_variable() -> None:
    _, found = inherited({"a.yaml": "vars: {brand: x}\nbusiness: {name: '${brand}'}"},
                         brnd=Given("x", is_text=True))  # fmt: skip
    assert [(f.rule.code, f.hint) for f in found] == [("TK311", "did you mean 'brand'?")]


def test_a_value_for_no_variable_is_said_in_the_base() -> None:
    """Of a batch, that is one place for all clients."""
    files = {
        "a.yaml": "extends: base.yaml\nvars: {brand: x}\nbusiness: {name: '${brand}'}",
        "base.yaml": "vars: {brand: {type: string}, url: u}\nbusiness: {url: '${url}'}",
    }
    document, found = inherited(files, nope=Given("1", is_text=True))
    (said,) = place(found, document)
    assert (said.file, said.hint) == ("base.yaml", "the plan's variables are brand, url")
    assert said.message == "--set gives a value for 'nope', which is none of 'vars'"
    _, found = inherited({"a.yaml": "business: {}"}, nope=Given("1", is_text=True))
    assert [f.hint for f in found] == ["declare it: vars: {nope: …}"]


def test_set_on_the_command_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "tagkit: 1\nvars: {brand: {type: string}, worth: 5}\nbusiness: {name: '${brand}', currency: PLN}\n"
        "google_analytics: {measurement_id: G-1A2B3C4D5E}\n"
        "micro_conversions: [{use: share, value: '${worth}'}]\n"
    )

    def run(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, [*options, str(plan)])
        return result.exit_code, result.output

    build = ("build", "-o", "-", "--only", "gtm", "--set", "brand=a=b")
    assert run(*build)[0] == 0
    assert '"name": "a=b"' in run(*build)[1]
    assert run(*build, "--set", "worth=7.25")[1].count("7.25")
    assert run("validate")[0] == 1
    assert run("validate", "--set", "brand=x", "--set", " brand = y ")[0] == 0
    code, said = run("validate", "--set", "brand=x", "--set", "worth=much")
    assert (code, "expected a number for the variable 'worth', --set gives 'much'" in said) == (
        1, True,
    )  # fmt: skip
    assert "hint: write 7.5\n" in run("validate", "--set", "brand=x", "--set", "worth=7,5")[1]
    code, said = run("validate", "--set", "brand=x", "--set", "worth=-5")
    assert (
        "'value' is below zero, which lowers what the others add up to (given by --set worth=-5)"
        in said
    )
    for wrong in ("brand", "=x", ""):
        code, said = run("validate", "--set", wrong)
        assert (code, f"--set takes name=value, not '{wrong}'" in said) == (2, True)


# --- any shape --------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    ["share", "guide", "${a}", "${b}x", "$${", "${", "string", "number", "a", "base.json"]
)
_ANY = st.recursive(
    _WORDS | st.sampled_from([None, True, 1, 2.5, ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["drop", "use", "id", "type", "default", "a", "b", "name", "event"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_PLANS = st.dictionaries(
    st.sampled_from(["tagkit", "extends", "vars", "business", "checks", "meta_pixel", *LISTS]),
    _ANY,
    max_size=5,
)


@given(_PLANS, _PLANS | _ANY, st.dictionaries(st.sampled_from(["a", "b"]), _WORDS))
def test_no_shape_is_too_much(client: Json, base: Json, values: dict[str, str]) -> None:
    """Whatever two files say, each finding has its place."""
    files = {
        "a.json": json.dumps({"extends": "base.json", **client}),
        "base.json": json.dumps(base),
    }
    outside = {name: Given(value, is_text=True) for name, value in values.items()}
    document, found = inherited(files, "a.json", **outside)
    validate(document.data, SchemaName.PLAN, found, source=document)
    assert all(d.span for d in place(found, document))
