"""Files of each kind, as hypothesis draws them: plans, containers, scripts, ignores, bytes."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from tagkit.artefacts import GTM_FILE, Target
from tagkit.foreign import MAGIC
from tagkit.gtm import vocabulary
from tests.fuzz.odd import (
    AS_UTF8,
    BYTES,
    CUTS,
    EDITS,
    LONG,
    ODD,
    ODD_TEXT,
    PIECES,
    TEXTS,
    Bytes,
    Cut,
    Edit,
    copied,
    cut,
    edited,
    encoded,
)
from tests.fuzz.scripts import CODE, FUNCTIONS, HTML
from tests.plan.building import ROOT, built, read
from tests.plan.plan_strategies import plans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.gtm.vocabulary import Key

Json = Any


class Given(NamedTuple):
    """A file to read: how its name ends, and what is in it."""

    suffix: str
    raw: bytes


def _readable(path: Path) -> Json:
    return read(path) if path.suffix != ".out" else None


GOOD = tuple(
    read(path)
    for path in (
        *sorted((ROOT / "tests" / "plan" / "good").iterdir()),
        *sorted((ROOT / "examples").iterdir()),
    )
)
GOOD_TEXTS = tuple(
    path.read_text("utf-8")
    for path in (
        *sorted((ROOT / "tests" / "plan" / "good").glob("*.yaml")),
        *sorted((ROOT / "examples").iterdir()),
        ROOT / "tests" / "mutations" / "shop.yaml",
    )
    if path.stat().st_size < 9_000
)
# One for each rule that speaks of plans.
_BAD = [_readable(path) for path in sorted((ROOT / "tests" / "plan" / "bad").iterdir())]
_KNOWN = (*GOOD, *GOOD, *(plan for plan in _BAD if isinstance(plan, dict)))
_SUFFIXES = st.sampled_from((".yaml", ".yaml", ".yml", ".json", ".txt", ""))

# --- plans


@st.composite
def _smaller(draw: st.DrawFn) -> Json:
    """A plan of the tests with some of its conversions: the same words, read and built sooner."""
    plan = copied(draw(st.sampled_from(_KNOWN)))
    if isinstance(plan, dict):
        for said in ("macro_conversions", "micro_conversions", "anti_conversions"):
            listed = plan.get(said)
            if isinstance(listed, list) and len(listed) > 4:
                start = draw(st.integers(0, len(listed) - 4))
                plan[said] = listed[start : start + 4]
    return plan


# Drawing one takes longer than all that is done with a smaller one.
_PLANS = st.integers(0, 5).flatmap(lambda one: _smaller() if one else plans())


def _plan(data: Json, edits: list[Edit], suffix: str, checks: Json) -> Given:
    data = edited(data, edits)
    if checks is not None and isinstance(data, dict):
        data = {**data, "checks": checks}
    text = json.dumps(data, indent=1) if suffix == ".json" else as_yaml(data)
    return Given(suffix, encoded(text, AS_UTF8))


def _text(text: str, cuts: list[Cut], way: Bytes, suffix: str) -> Given:
    return Given(suffix, encoded(cut(text, cuts), way))


PLANS_OF_DATA = st.builds(_plan, _PLANS, EDITS, _SUFFIXES, st.none())
PLANS_OF_TEXT = st.builds(
    _text,
    _smaller().map(lambda p: as_yaml(p)) | st.sampled_from(GOOD_TEXTS),
    CUTS,
    BYTES,
    _SUFFIXES,
)

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_PLAIN = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def as_yaml(data: Json, indent: str = "") -> str:
    """Any JSON as block YAML; what is no plain word in double quotes."""
    if isinstance(data, dict) and data:
        return "".join(f"{indent}{_scalar(k)}:{_inner(v, indent)}" for k, v in data.items())
    if isinstance(data, list) and data:
        return "".join(f"{indent}-{_inner(item, indent)}" for item in data)
    return f"{indent}{_scalar(data)}\n"


def _inner(value: Json, indent: str) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + as_yaml(value, indent + "  ")
    return f" {_scalar(value)}\n"


def _scalar(value: Json) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    return json.dumps(value)


# --- containers


@cache
def containers() -> tuple[Json, ...]:
    """What we build of good plans."""
    made = [built(plan, Target.GTM)[GTM_FILE] for plan in GOOD]
    return tuple(json.loads(text) for text in made if len(text) < 130_000)


def _examples() -> list[Json]:
    """The containers that the tests of rules are about."""
    sys.path.append(str(ROOT / "tests" / "gtm"))  # they are no package
    found: list[Json] = []
    for family in ("rule", "graph", "runtime", "ga4", "meta"):
        module = import_module(f"{family}_examples")
        found += [data for cases in module.SILENT.values() for data in cases]
        found += [data for cases in module.LOUD.values() for data, *_ in cases]
    return found


_IDS = {"accountId": "6000000001", "containerId": "200000001"}
_NAMES = ("A", "B", "b", "Page URL", "page url", "Event", "Meta - Lead", "TK - x", "🍵", "x" * 300)
_REFERENCES = ("{{A}}", "{{B}}", "{{Page URL}}", "{{x}}", "{{A}}/{{B}}", "a {{A}}", "{{_event}}")
_WORDS = (
    "true", "false", "1", "0", "-1", "100", "1000", "value", "currency", "items", "purchase", "generate_lead", "G-1A2B3C4D5E",
    "UA-1-1", "AW-123456789", "1234567890123456", "PLN", "gtm.js", "gtm.click", "^/a$", ".css a", "https://a.example/x",
    "page_view", "Add_To_Cart", "transaction_id", "email", "TypedText", "dataLayer", "DAYS", "CSS", "ID", "QUERY",
)  # fmt: skip
_WRITTEN = (
    st.sampled_from(_WORDS) | st.sampled_from(_WORDS) | st.sampled_from(_REFERENCES) | ODD_TEXT
)
_NUMBERS = ("10", "11", "12", "20", "21", "30", "31", "2147479553", "2147479573", "")
_ID = st.sampled_from(_NUMBERS)
_IDLISTS = st.lists(_ID, max_size=3)
_STATUS = st.sampled_from(vocabulary.CONSENT_STATUSES)
_OF_CODE = {"html": HTML, "javascript": FUNCTIONS}


def _parameter(type_word: str, key: str, value: str) -> Json:
    return {"type": type_word, "key": key, "value": value}


@st.composite
def _parameters(draw: st.DrawFn, known: Mapping[str, Key]) -> list[Json]:
    made: list[Json] = []
    for key, spec in known.items():
        if not spec.required and draw(st.integers(0, 2)) == 0:
            continue
        if not spec.is_list:
            words = st.sampled_from(spec.values) | _WRITTEN if spec.values else _WRITTEN
            value = draw(_OF_CODE.get(key, words))
            made.append(_parameter(spec.type, key, value))
            continue
        rows = []
        for _ in range(draw(st.integers(0, 3))):
            if spec.row:
                cells = [_parameter("TEMPLATE", cell, draw(_WRITTEN)) for cell in spec.row]
                rows.append({"type": "MAP", "map": cells})
            else:
                rows.append({"type": spec.item or "TEMPLATE", "value": draw(_WRITTEN)})
        made.append({"type": "LIST", "key": key, "list": rows})
    return made


@st.composite
def _conditions(draw: st.DrawFn) -> list[Json]:
    made = []
    for _ in range(draw(st.integers(0, 3))):
        flags = draw(st.sampled_from(([], ["negate"], ["ignore_case"], ["negate", "ignore_case"])))
        left = draw(st.sampled_from(_REFERENCES) | _WRITTEN)
        arguments = [_parameter("TEMPLATE", "arg0", left)]
        arguments.append(_parameter("TEMPLATE", "arg1", draw(_WRITTEN)))
        arguments += [_parameter("BOOLEAN", flag, "true") for flag in flags]
        word = draw(st.sampled_from(vocabulary.CONDITION_TYPES))
        made.append({"type": word, "parameter": arguments})
    return made


_TAGS = {
    **vocabulary.TAG_TYPES,
    **dict.fromkeys(vocabulary.OTHER_TAG_TYPES),
    "cvt_200000001_99": None,
}
# Often, as most rules are about them.
_TAG_TYPES = st.sampled_from(
    (*_TAGS, *("html", "gaawe", "googtag") * 8, *("cvt_200000001_99",) * 8)
)
_TRIGGER_TYPES = st.sampled_from(tuple(vocabulary.TRIGGER_TYPES))
_VARIABLE_TYPES = st.sampled_from((*vocabulary.VARIABLE_TYPES, *("jsm", "v", "u", "remm") * 3))
_TEMPLATE_KEYS = (
    "pixelId",
    "eventName",
    "standardEventName",
    "customEventName",
    "objectPropertyList",
    "consent",
    "x",
)


@st.composite
def _tag(draw: st.DrawFn, number: int) -> Json:
    type_word = draw(_TAG_TYPES)
    known = _TAGS[type_word]
    if known is None:
        keys = draw(st.lists(st.sampled_from(_TEMPLATE_KEYS), max_size=5))
        parameters = [_parameter("TEMPLATE", key, draw(_WRITTEN)) for key in keys]
    else:
        parameters = draw(_parameters(known.parameters))
    made = {
        **_IDS,
        "tagId": str(10 + number),
        "name": draw(st.sampled_from(_NAMES)),
        "type": type_word,
        "parameter": parameters,
        "firingTriggerId": draw(_IDLISTS),
        "tagFiringOption": draw(st.sampled_from(vocabulary.FIRING_OPTIONS)),
        "consentSettings": {"consentStatus": draw(_STATUS)},
    }
    match draw(st.integers(0, 7)):
        case 0:
            made["blockingTriggerId"] = draw(_IDLISTS)
        case 1:
            made["setupTag"] = [{"tagName": draw(st.sampled_from(_NAMES))}]
        case 2:
            made["teardownTag"] = [{"tagName": draw(st.sampled_from(_NAMES))}]
        case 3:
            made["notes"] = draw(IGNORES)
        case 4:
            made["paused"] = True
        case 5:
            made["parentFolderId"] = draw(_ID)
        case 6:
            made["priority"] = _parameter("INTEGER", "priority", draw(_WRITTEN))
    return made


@st.composite
def _trigger(draw: st.DrawFn, number: int) -> Json:
    type_word = draw(_TRIGGER_TYPES)
    known = vocabulary.TRIGGER_TYPES[type_word]
    made: Json = {**_IDS, "triggerId": str(20 + number), "name": draw(st.sampled_from(_NAMES))}
    made |= {"type": type_word, "parameter": draw(_parameters(known.parameters))}
    for field in (*known.fields, "filter"):
        if field in vocabulary.CONDITION_FIELDS:
            made[field] = draw(_conditions())
        elif vocabulary.TRIGGER_FIELDS[field] == "LIST":
            listed = draw(st.lists(_WRITTEN, max_size=3))
            made[field] = {
                "type": "LIST",
                "list": [{"type": "TEMPLATE", "value": v} for v in listed],
            }
        else:
            made[field] = {"type": vocabulary.TRIGGER_FIELDS[field], "value": draw(_WRITTEN)}
    return made


@st.composite
def _variable(draw: st.DrawFn, number: int) -> Json:
    type_word = draw(_VARIABLE_TYPES)
    known = vocabulary.VARIABLE_TYPES[type_word]
    made = {**_IDS, "variableId": str(30 + number), "name": draw(st.sampled_from(_NAMES))}
    made |= {"type": type_word, "parameter": draw(_parameters(known.parameters))}
    if draw(st.booleans()):
        said = {"type": "TEMPLATE", "value": draw(_WRITTEN)}
        key = draw(st.sampled_from(("convertNullToValue", "convertUndefinedToValue", "x")))
        made["formatValue"] = {"caseConversionType": draw(st.sampled_from(TEXTS)), key: said}
    return made


@st.composite
def _template(draw: st.DrawFn) -> Json:
    info = json.dumps({"type": "TAG", "id": "cvt_temp_public_id", "displayName": draw(ODD_TEXT)})
    sections = ["___INFO___", info, "___TEMPLATE_PARAMETERS___", draw(ODD_TEXT)]
    sections += ["___SANDBOXED_JS_FOR_WEB_TEMPLATE___", draw(CODE), "___WEB_PERMISSIONS___"]
    sections.append(
        draw(st.sampled_from(("https://connect.facebook.net/", "access_consent", "[]")))
    )
    made = {**_IDS, "templateId": "99", "name": draw(st.sampled_from(_NAMES))}
    made["templateData"] = "\n\n".join(sections)
    owner = {"owner": "facebook", "repository": "x", "galleryTemplateId": draw(ODD_TEXT)}
    return made | draw(st.sampled_from(({}, {"galleryReference": owner})))


_OTHERS = {**vocabulary.CLIENT_TYPES, **vocabulary.TRANSFORMATION_TYPES}


@st.composite
def _other(draw: st.DrawFn) -> tuple[str, Json]:
    """A client or transformation."""
    type_word = draw(st.sampled_from(tuple(_OTHERS)))
    kind = "client" if type_word in vocabulary.CLIENT_TYPES else "transformation"
    made = {**_IDS, f"{kind}Id": "40", "name": draw(st.sampled_from(_NAMES)), "type": type_word}
    return kind, made | {"parameter": draw(_parameters(_OTHERS[type_word].parameters))}


_CONTEXTS = st.sampled_from((["WEB"],) * 6 + (["SERVER"], ["AMP"], ["IOS"], [], ["WEB", "SERVER"]))
_BUILT_INS = st.lists(st.sampled_from((*vocabulary.BUILT_INS, "pageUrl", "NO_SUCH")), max_size=3)
_HOME = "accounts/6000000001/containers/200000001"


@st.composite
def _made_up(draw: st.DrawFn) -> Json:
    """A container of GTM's shape that says odd things in all types of entities."""
    block = {"path": _HOME, **_IDS, "name": "Shop", "publicId": "GTM-ABCDEF1"}
    block["usageContext"] = draw(_CONTEXTS)
    version: Json = {
        "path": f"{_HOME}/versions/0",
        **_IDS,
        "containerVersionId": "0",
        "container": block,
    }
    version["tag"] = [draw(_tag(n)) for n in range(draw(st.integers(0, 3)))]
    version["trigger"] = [draw(_trigger(n)) for n in range(draw(st.integers(0, 2)))]
    version["variable"] = [draw(_variable(n)) for n in range(draw(st.integers(0, 2)))]
    named = [(word, vocabulary.BUILT_INS.get(word)) for word in draw(_BUILT_INS)]
    version["builtInVariable"] = [
        {**_IDS, "type": word, "name": known.name if known else "x"} for word, known in named
    ]
    match draw(st.integers(0, 5)):
        case 0:
            version["customTemplate"] = [draw(_template())]
        case 1:
            version["folder"] = [{**_IDS, "folderId": "10", "name": draw(ODD_TEXT)}]
        case 2:
            kind, other = draw(_other())
            version[kind] = [other]
    return {
        "exportFormatVersion": 2,
        "exportTime": "2026-01-15 10:00:00",
        "containerVersion": version,
    }


_INDENTS = st.sampled_from((None, 2))


def _container(
    data: Json, edits: list[Edit], indent: int | None, cuts: list[Cut], way: Bytes
) -> Given:
    text = json.dumps(edited(copied(data), edits), indent=indent)
    return Given(".json", encoded(cut(text, cuts), way))


_ONE_BUILT = st.integers(0, 2**16).map(lambda number: containers()[number % len(containers())])
_EXAMPLES = _examples()
_AN_EXAMPLE = st.integers(0, 2**16).map(lambda number: _EXAMPLES[number % len(_EXAMPLES)])
_CONTAINER = _ONE_BUILT | _AN_EXAMPLE | _AN_EXAMPLE | _made_up() | _made_up()
_WHOLE: st.SearchStrategy[list[Cut]] = st.just([])
_UTF8 = st.just(AS_UTF8)
CONTAINERS_OF_DATA = st.builds(_container, _CONTAINER, EDITS, _INDENTS, _WHOLE, _UTF8)
CONTAINERS_OF_TEXT = st.builds(_container, _CONTAINER, st.just([]), _INDENTS, CUTS, BYTES)


def _with_code(html: list[str], function: str, indent: int | None) -> Given:
    tags = [
        {
            **_IDS, "tagId": str(10 + number), "name": f"Tag {number}", "type": "html",
            "firingTriggerId": ["2147479553"], "tagFiringOption": "ONCE_PER_EVENT",
            "parameter": [_parameter("TEMPLATE", "html", code)],
        }
        for number, code in enumerate(html)
    ]  # fmt: skip
    variable = {**_IDS, "variableId": "30", "name": "B", "type": "jsm", "formatValue": {}}
    variable["parameter"] = [_parameter("TEMPLATE", "javascript", function)]
    block = {"path": _HOME, **_IDS, "name": "Shop", "publicId": "GTM-A", "usageContext": ["WEB"]}
    version = {"path": f"{_HOME}/versions/0", **_IDS, "containerVersionId": "0", "container": block}
    data = {
        "exportFormatVersion": 2,
        "containerVersion": {**version, "tag": tags, "variable": [variable]},
    }
    return Given(".json", json.dumps(data, indent=indent).encode())


SCRIPTS = st.builds(_with_code, st.lists(HTML, min_size=1, max_size=3), FUNCTIONS, _INDENTS)

# --- long texts


def _long_plan(plan: Json, at: int, text: str, suffix: str) -> Given:
    return _plan(plan, [Edit("write", at, 0, text, None)], suffix, None)


def _long_container(data: Json, at: int, text: str) -> Given:
    return _container(data, [Edit("write", at, 0, text, None)], 2, [], AS_UTF8)


_AT = st.integers(0, 2**16)
LONG_TEXTS = (
    st.builds(_long_plan, _smaller(), _AT, LONG, _SUFFIXES)
    | st.builds(_long_container, _CONTAINER, _AT, LONG)
    | st.builds(_with_code, LONG.map(lambda text: [text]), LONG, _INDENTS)
    | st.builds(lambda text, suffix: Given(suffix, encoded(text, AS_UTF8)), LONG, _SUFFIXES)
    | st.builds(
        lambda text, long: Given(".yaml", encoded(text + long, AS_UTF8)),
        st.sampled_from(GOOD_TEXTS),
        LONG,
    )
)

# --- bytes

_STARTS = (
    b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0", *(magic for magic, _, _ in MAGIC),
    b"<", b"<!doctype html><html>github", b"<html>gitlab", b"<html>accounts.google.com", b"<script>", b"<?xml", b"fbq(",
    b"version https://git-lfs.", b"___INFO___", b"//", b"/*", b"(function", b"!function", b"'use strict'", b"-----BEGIN ",
    b"// Copyright Google Inc.", b"{", b"[", b'"{', b"- ", b"tagkit: 1\n", b'{"tagkit": 1,', b'{"containerVersion": {',
    b'{"exportFormatVersion": 2, "containerVersion": ', b'[{"containerVersion": {', b'{"error": {"code": 1, "message":',
    b'{"message": "", "documentation_url":', b'{"content": "", "encoding": "base64"', b'{"resource": {"macros": ',
    b'{"containerId": 1, "publicId": ', b'{"log": {"entries": []', b'"{\\"a\\"', b"%YAML 1.2\n---\n", b"&a [*a", b"a: &a\n",
)  # fmt: skip
_RAW = st.lists(st.sampled_from(PIECES), max_size=25).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
RANDOM_BYTES = st.builds(
    lambda suffix, start, raw: Given(suffix, start + raw),
    _SUFFIXES,
    st.sampled_from(_STARTS),
    st.binary(max_size=120) | st.text(max_size=120).map(lambda text: text.encode()) | _RAW,
)

# --- ignores and checks

_CODES = (
    "TK207", "TK2", "TK", "TK4", "TK301", "TK090", "TK091", "tk431", "TK0", "unused-variable", "ga4-reserved-name", "nope", "TK999",
    "TK2071", "🍵", "TK207,TK208", "TK207 TK3", ",", "]", "[", "\n", "{{x}}", "x" * 500, "TK٢",
)  # fmt: skip
_CODE_LISTS = st.lists(st.sampled_from(_CODES), max_size=4).map(",".join)
IGNORES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("# ", "#", "", "## ", "# # ", "x # ")),
        st.sampled_from(
            (
                "tagkit: ignore",
                "tagkit:ignore",
                "tagkit : ignore ",
                "tagkit: ignored",
                "Tagkit: ignore",
            )
        ),
        st.one_of(
            st.just(""),
            _CODE_LISTS.map(lambda codes: f"[{codes}]"),
            _CODE_LISTS.map(lambda codes: f"[{codes}"),
        ),
        st.sampled_from(
            (" because", "", " ", ":", " - ", "\r", " tagkit: ignore[TK2] x", "\u2028x", "é" * 300)
        ),
    ),
)
_CHECKS = ODD | st.fixed_dictionaries(
    {},
    optional={
        "select": ODD | st.lists(st.sampled_from(_CODES) | ODD, max_size=4),
        "ignore": ODD | st.dictionaries(st.sampled_from(_CODES) | ODD_TEXT, ODD, max_size=4),
        "x": ODD,
    },
)
_WITH_CHECKS = st.builds(
    _plan, _smaller(), st.just([]), st.sampled_from((".yaml", ".json")), _CHECKS
)


@st.composite
def _with_comments(draw: st.DrawFn) -> Given:
    lines = draw(st.sampled_from(GOOD_TEXTS) | _smaller().map(lambda p: as_yaml(p))).split("\n")
    for _ in range(draw(st.integers(1, 5))):
        row, said = draw(st.integers(0, len(lines) - 1)), draw(IGNORES)
        lines[row] += f" {said}" if draw(st.booleans()) else f"\n{said}"
    text = cut("\n".join(lines), draw(CUTS)[:1])
    return Given(".yaml", encoded(text, draw(BYTES)))


IGNORED = _WITH_CHECKS | _with_comments()

KINDS: dict[str, tuple[st.SearchStrategy[Given], int]] = {
    "plans, data broken": (PLANS_OF_DATA, 22),
    "plans, text broken": (PLANS_OF_TEXT, 15),
    "containers, data broken": (CONTAINERS_OF_DATA, 22),
    "containers, text broken": (CONTAINERS_OF_TEXT, 10),
    "scripts": (SCRIPTS, 13),
    "long texts": (LONG_TEXTS, 6),
    "ignores and checks": (IGNORED, 6),
    "random bytes": (RANDOM_BYTES, 6),
}
"""What is drawn, and its share of a hundred inputs."""
