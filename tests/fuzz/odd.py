"""Values and texts that have broken something somewhere, and what breaks data and text with them.

Data is broken in its tree (``Edit``), text in its characters (``Cut``). Where, a number says: it
is taken modulo the number of places there are, so that any edit fits any document.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Json = Any

TEXTS = (
    "", " ", "\n", "\t", "a\nb", "a\r\nb", "\r", "\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0",
    "\u00ad", "\u200b", "\u2028", "\ufeff", "\ufffe", "\u202e\u05d0\u05d1", "\u0301", "ż", "ＡＢ", "٣",
    "²", "🍵", "👩‍👩‍👧", "\ud83d", "\udc00", "{{x}}", "{{Page URL}}", "{{", "}}", "{{x", "{{ x }}", "{{_event}}",
    "{{a}}{{b}}", "{{{{a}}}}", "{{x\ny}}", "{x}", "{", "}", "%", "%s", "%zz", "%00", "{0}", "$1", "\\", "\\\\",
    "\\x", "\\u", "\\u{110000}", "'", '"', "`", "''", "'\"", "'''", "<", "<b>", "</script>", "<script>", "<!--",
    "-->", "]]>", "&amp;", "::error::x", "##[error]x", "tagkit: ignore[TK207]", "# tagkit: ignore[x] y",
    "null", "true", "True", "no", "~", "NaN", "undefined", "0", "00", "-0", "-1", "1.0", "1,5", "1e3", "1e999", "0x1F",
    "1_000", "٣٤", "9" * 40, "2147479553", "2147483648", "TK207", "TK", "purchase", "Purchase", "ＰＵＲＣＨＡＳＥ",
    "İ", "ß", "page_view", "gtm.js", "html", "jsm", "gaawe", "cvt_1_2", "cvt_", "__proto__", "constructor",
    "a.b.c", "..", "a..b", ".", "/", "//", "/a", "http://", "https://a.example/?q=%C5%BC#x", "//a", "javascript:x",
    "a@b.example", "john@shop.pl", "a@", "+48 600 600 600", "G-1A2B3C4D5E", "g-1", "UA-1-1", "GTM-ABC", "AW-1",
    "1234567890123456", "PLN", "pln", "zł", "12,50 zł", "(", ")", "[", "]", "*", "+", "?", "^$", "(?i)a", "(a+)+$",
    "[a-", "\\d{2,1}", "a|", "|", "(?<n>a)", "(?P<n>a)", "\\1", ":is(", "a:contains('x')", "#", ".a", "#1", "::x",
    "input[name=email]", ">", "a b", " a", "a ", "&x", "*x", "!t", "? a", "- a", "a: b", "a:b", "a #b", "@", "|\n",
    "x" * 101, "x" * 10_000, "ż" * 1_000, "{{a}}" * 300, "9" * 5_000, "(" * 500, "\n" * 300, "a," * 500,
    "function() { return 1; }", "function(){", "function() { return '</script>'; }", "() => 1", "fbq('track')",
)  # fmt: skip
NUMBERS = (
    0,
    1,
    -1,
    2,
    7,
    99,
    101,
    0.5,
    -0.0,
    1.5,
    1e21,
    1e-9,
    1e308,
    2**31,
    2**53 + 1,
    10**30,
    10**400,
)
VALUES: tuple[Json, ...] = (
    None, True, False, [], {}, [[]], [{}], {"": None}, {"x": 1}, [None], ["a", "a"], [1, "a", None], [[[[[]]]]],
    {"type": "LIST"}, {"type": "TEMPLATE", "key": "x", "value": "y"}, {"id": "x"}, {"use": "purchase"},
    {"trigger": "page_view"}, {"css": "a"}, {"value": 1}, {"gtm": "{{x}}"}, {"data_layer": "a.b"}, {"not": {"not": 1}},
    {"equals": []}, {"matches": "("}, {"javascript": "function() { return 1; }"}, {"event": "a"}, {"all": []}, ["2147479553"],
    [0] * 200, {str(n): n for n in range(200)},
)  # fmt: skip

ODD_TEXT = st.sampled_from(TEXTS) | st.text(max_size=8)
ODD = ODD_TEXT | st.sampled_from(NUMBERS) | st.sampled_from(VALUES)
_NUMBER = st.integers(0, 2**16)

# --- data

_ACTIONS = (
    "write", "write", "write", "write", "count", "count", "replace", "replace", "delete", "delete", "rename",
    "duplicate", "swap", "copy", "wrap", "unwrap", "as_text", "as_number", "add",
)  # fmt: skip


class Edit(NamedTuple):
    """One change of a tree: what, where, and with what."""

    action: str
    at: int
    other: int
    word: str
    value: Json


_EDIT = st.builds(Edit, st.sampled_from(_ACTIONS), _NUMBER, _NUMBER, ODD_TEXT, ODD)
EDITS = st.lists(_EDIT, max_size=2) | st.lists(_EDIT, max_size=7)


def copied(data: Json) -> Json:
    """The same again, of which nothing is shared."""
    return json.loads(json.dumps(data))


def edited(data: Json, edits: Iterable[Edit]) -> Json:
    """The data with these changes; it is changed itself, too."""
    holder = [data]
    for edit in edits:
        places = list(_places(holder))
        _edit(places, edit)
    return holder[0]


def _places(holder: Json) -> Iterator[tuple[Json, Json]]:
    waiting = [holder]
    while waiting:
        here = waiting.pop()
        for key in list(here) if isinstance(here, dict) else range(len(here)):
            yield here, key
            if isinstance(here[key], dict | list):
                waiting.append(here[key])


def _edit(places: list[tuple[Json, Json]], edit: Edit) -> None:
    if edit.action in ("write", "count"):  # of one kind: the schema may be content
        kind = str if edit.action == "write" else int | float
        alike = [(h, k) for h, k in places if isinstance(h[k], kind) and h[k] is not True]
        places = alike or places
    holder, key = places[edit.at % len(places)]
    other, other_key = places[edit.other % len(places)]
    is_root = holder is places[0][0]
    here = holder[key]
    match edit.action:
        case "write":
            holder[key] = edit.word
        case "count":
            holder[key] = NUMBERS[edit.other % len(NUMBERS)]
        case "delete" if not is_root:
            del holder[key]
        case "rename" if isinstance(holder, dict):
            items = [(edit.word if name == key else name, said) for name, said in holder.items()]
            holder.clear()
            holder.update(items)
        case "duplicate" if isinstance(holder, list) and not is_root:
            holder.insert(edit.other % (len(holder) + 1), copied(here))
        case "duplicate" if isinstance(holder, dict):
            holder[edit.word] = copied(here)
        case "swap":
            holder[key], other[other_key] = copied(other[other_key]), copied(here)
        case "copy":
            holder[key] = copied(other[other_key])
        case "wrap":
            holder[key] = {edit.word: here} if edit.other % 2 else [here]
        case "unwrap" if isinstance(here, dict | list) and here:
            holder[key] = next(iter(here.values())) if isinstance(here, dict) else here[0]
        case "as_text":
            holder[key] = json.dumps(here)
        case "as_number" if isinstance(here, str) and here.isdecimal() and len(here) < 400:
            holder[key] = int(here)
        case "add" if isinstance(here, dict):
            here[edit.word] = copied(edit.value)
        case "add" if isinstance(here, list):
            here.append(copied(edit.value))
        case _:
            holder[key] = copied(edit.value)


# --- text

_CUTS = (
    "cut", "delete", "insert", "insert", "insert", "indent", "dedent", "swap_lines", "repeat_line",
    "delete_line", "tab", "join", "repeat",
)  # fmt: skip
PIECES = (
    *(text for text in TEXTS if len(text) < 100),
    ": ", ":", "- ", "? ", "---\n", "...\n", "&a ", "*a", "<<: *a", "!!str ", "|\n", ">-\n", "{a: ", "[", "]", ",", ", ",
    '"', "'", " #", "#", "\n  ", "\n- ", "\n\n", "\t", "tagkit: 2\n", "checks: {ignore: {TK207: x}}\n",
    "# tagkit: ignore[TK207] because\n", " # tagkit: ignore", "//", "/*", "NaN", "-", "1", "e9", "\\u12", "\\ud800",
)  # fmt: skip


class Cut(NamedTuple):
    """One change of a text."""

    action: str
    at: int
    length: int
    piece: str


CUTS = st.lists(
    st.builds(Cut, st.sampled_from(_CUTS), _NUMBER, st.integers(0, 40), st.sampled_from(PIECES)),
    max_size=4,
)


def cut(text: str, cuts: Iterable[Cut]) -> str:
    """The text with these changes."""
    for one in cuts:
        text = _cut(text, one)
    return text


def _cut(text: str, one: Cut) -> str:
    at = one.at % (len(text) + 1)
    lines = text.split("\n")
    row = one.at % len(lines)
    match one.action:
        case "cut":
            return text[:at]
        case "delete":
            return text[:at] + text[at + one.length :]
        case "insert":
            return text[:at] + one.piece + text[at:]
        case "repeat":
            return text[:at] + text[at : at + one.length] + text[at:]
        case "indent":
            lines[row] = " " * (one.length % 7 + 1) + lines[row]
        case "dedent":
            lines[row] = lines[row].lstrip(" ")
        case "tab":
            lines[row] = lines[row].replace("  ", "\t", 1)
        case "swap_lines":
            other = (row + one.length) % len(lines)
            lines[row], lines[other] = lines[other], lines[row]
        case "repeat_line":
            lines.insert(row, lines[row])
        case "delete_line":
            del lines[row]
        case "join":
            lines[row : row + 2] = ["".join(lines[row : row + 2])]
    return "\n".join(lines)


# --- long texts: what takes square time is seen here

_UNITS = (
    *PIECES, "fbq(", "fbq('track','a');", "<script ", "</script ", "<noscript>", "a@a.", "a.a@", "/a", "/[", "[/]", "(a|", "(a+)+", ".*", "\\d",
    "a ", "a=", "a:", "a.", "{{a}}", '"\\', "'\\", "{a:", "a[", "[a=", ":is(", "> ", ", ", "- a\n", "a: b\n", "[[", '{"a":', "&a ", "*a ",
    "tagkit: ignore[", "# tagkit: ignore[TK207] x", "# tagkit: ignore[TK207] x\n", "function(", "var a=", "return ", "for(", "=> ", "a\n//",
    "api_secret=", "EAA", "-->", "\n-->", "___A___\n", "%20", "https://", "a-", "aA", "a_", "1,", "1.", "0x", "css-", "sm:",
)  # fmt: skip
_SMALL = st.sampled_from([unit for unit in _UNITS if 0 < len(unit) < 30])
_ENDS = st.sampled_from(
    (
        "",
        "",
        "x",
        "!",
        "0",
        "\n",
        '"',
        "'",
        ")",
        "]",
        "}",
        "*/",
        "</script>",
        ": x",
        "$",
        "@a.example",
    )
)
LONG = st.builds(
    lambda start, units, end, length: (
        start + "".join(units) * (length // len("".join(units))) + end
    ),
    st.sampled_from(
        (
            "",
            "",
            "<script>",
            "<script>a = ",
            "<script>fbq('track', {",
            "function() { return ",
            "'",
            '"',
            "/",
            "^",
            "a",
            ": ",
            "(",
            "[",
        )
    ),
    st.lists(_SMALL, min_size=1, max_size=3),
    _ENDS,
    st.sampled_from((5_000, 20_000, 60_000)),
)
"""The same again and again."""

# --- bytes

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1250", "latin-1")


class Bytes(NamedTuple):
    """How a text becomes bytes, and which bytes are put into them where."""

    encoding: str
    crlf: bool
    at: int
    raw: bytes


AS_UTF8 = Bytes("utf-8", crlf=False, at=0, raw=b"")
BYTES = (
    st.just(AS_UTF8)
    | st.just(AS_UTF8)
    | st.builds(
        Bytes,
        st.sampled_from(_ENCODINGS),
        st.booleans(),
        _NUMBER,
        st.just(b"") | st.binary(max_size=4),
    )
)


def encoded(text: str, way: Bytes) -> bytes:
    """The bytes of a text; halves of characters and what the encoding lacks are written, too."""
    if way.crlf:
        text = text.replace("\n", "\r\n")
    errors = "surrogatepass" if way.encoding.startswith("utf") else "replace"
    raw = text.encode(way.encoding, errors)
    at = way.at % (len(raw) + 1)
    return raw[:at] + way.raw + raw[at:]
