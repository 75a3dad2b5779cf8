"""A small set of diagnostics with everything in it that a format can get wrong."""

from __future__ import annotations

from tagkit.diagnostics import Diagnostic, Finding, Findings, Rule, Severity, Span, place
from tagkit.source import Source, load, load_json

BROKEN = Rule("TK302", "unknown-standard-event", Severity.ERROR, "a standard event Meta lacks")
TWICE = Rule(
    "TK421", "duplicate-name", Severity.WARNING, "Two have one name. GTM adds a number to one."
)
REMARK = Rule("TK435", "unknown-type", Severity.NOTE, "a type that tagkit does not know")
MISSING = Rule("TK001", "no-such-file", Severity.ERROR, "There is no file of this name.")

# CRLF, a byte order mark, a tab, characters outside the BMP before a place.
PLAN = (
    "\ufefftagkit: 1\r\n"
    "micro_conversions:\r\n"
    "  - {id: 🍵_tea, meta: AddToKart}\r\n"
    "  - id: guide\r\n"
    "    sends: {ga4: 'a\tb', meta: Nope}\r\n"
    "    text: |\r\n"
    "      over several\r\n"
    "      lines\r\n"
    "  - share\r\n"
)
# All in one line, as some tools write it.
CONTAINER = (
    '{"exportFormatVersion":2,"containerVersion":{"tag":['
    '{"tagId":"1","name":"🍵 A","type":"html"},{"tagId":"2","name":"🍵 A","type":"xyz",'
    '"parameter":[{"type":"TEMPLATE","key":"html","value":"<b>\\u0001]]>"}]}]}}'
)
TAG = ("containerVersion", "tag")
MC = "micro_conversions"

_plan = load(PLAN, "shop & co/plan, 50%.yaml", Findings())
_container = load_json(CONTAINER, "../żółć/GTM-1.json", Findings())
_clean = load("tagkit: 1\n", "clean.yaml", Findings())

SOURCES: dict[str, Source] = {
    source.name: source for source in (_plan, _container, Source("gone.yaml", "", None), _clean)
}


def _gone(rule: Rule, message: str, hint: str | None) -> Diagnostic:
    return Diagnostic(rule, rule.severity, "gone.yaml", None, (), message, hint)


DIAGNOSTICS: list[Diagnostic] = [
    *place(
        [
            Finding(
                BROKEN,
                (MC, 0, "meta"),
                "Meta has no standard event 'AddToKart'",
                "did you mean 'AddToCart'?\nfor an event of your own write {custom: AddToKart}",
            ),
            Finding(
                BROKEN, (MC, 1, "sends", "meta"), "50% :: of {{all}}, <b>&\"'[it](1)\u2028\x1b"
            ),
            Finding(BROKEN, (MC, 1, "sends", "meta"), "said twice of one place"),
            Finding(REMARK, (), "over several lines", span=Span(6, 11, 9, 1)),
            Finding(REMARK, (MC, 2), "at a name in a list"),
        ],
        _plan,
    ),
    *place(
        [
            Finding(
                TWICE,
                (*TAG, 1, "name"),
                "tag '🍵 A' has the name of another tag",
                "rename one of them",
                related=(((*TAG, 0, "name"), "the first"),),
            ),
            Finding(REMARK, (*TAG, 1, "parameter", 0, "value"), "deep inside\r\na tag"),
        ],
        _container,
    ),
    _gone(MISSING, "there is no such file", "did you mean 'done.yaml'?"),
    _gone(TWICE, "a half \ud83d and \uffff", None),
]
