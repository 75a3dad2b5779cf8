"""Diagnostics, and what the author and the caller want to hear of them -> those that are said.

Four places decide: ``--select`` and ``--ignore`` on the command line, ``checks`` in the plan, and
``# tagkit: ignore[TK207] reason`` at the end of a line, for that line, or on a line of its own, for
the entry or key that begins below it. A container has no
comments: there the notes of a tag, trigger or variable say ``tagkit: ignore[TK440] reason``
for all of it. An ignore that ignores nothing is a finding, and so is one without a reason; but one
in a base plan may be of use to another of the plans that extend it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Diagnostic, Finding, Rule, Severity, place
from tagkit.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tagkit.diagnostics import Document, Route, Span
    from tagkit.source import Source

    _About = tuple[str, range | Route] | None

_W = Severity.WARNING
UNUSED = Rule("TK090", "unused-ignore", _W, "an ignore that ignores nothing")
WITHOUT_REASON = Rule("TK091", "ignore-without-reason", _W, "an ignore that does not say why")
UNKNOWN_CODE = Rule("TK092", "unknown-code", _W, "an ignore of a code that tagkit does not have")
FIRM = Rule("TK093", "cannot-be-ignored", _W, "an ignore of an error that stops the work")
MALFORMED = Rule("TK094", "malformed-ignore", _W, "an ignore that is not written as one")
RULES = (UNUSED, WITHOUT_REASON, UNKNOWN_CODE, FIRM, MALFORMED)

_MARK = re.compile(r"tagkit[ \t]*:[ \t]*ignore\b(?:[ \t]*\[([^\]\r\n]{0,1000})\])?")
_SIGN = re.compile(r"#[ \t]*+(?=tagkit)")
_BLANK = re.compile(r"\s*")
_REASON = re.compile(r"[ \t:-]*+[^\S\r\n]*+\S")
_CODE = re.compile(r"[^\s,]+")
_KINDS = ("tag", "trigger", "variable", "transformation")
"""Of a container, those with notes."""
_WHOLE = len("TK207")
_NEAR = 5
"""Lines between a comment and what it was meant for, at most."""
_FORM = "write '# tagkit: ignore[TK207] and the reason'"
FIRM_CODES = frozenset(
    """
    TK201 TK202 TK203 TK204 TK205 TK208 TK214 TK217 TK218 TK219 TK220 TK221 TK225 TK226 TK227
    TK301 TK303 TK304 TK305 TK307 TK308 TK309 TK310 TK311 TK313 TK314 TK315
    TK323 TK324 TK325 TK326 TK328 TK501 TK502 TK503 TK504 TK505 TK506 TK507
    TK550 TK551 TK552 TK553 TK602 TK609 TK613 TK620
    """.split()
)
"""Errors on whose absence the stages rely that follow; those of load and schema are so, too."""
_LATER = frozenset("TK321 TK322 TK450 TK623 TK624 TK626 TK627 TK628".split())
"""What only ``build`` or ``doctor`` can say, or all plans together: no ignore of it is unused."""


class Selection(NamedTuple):
    """Codes (TK207), beginnings of codes (TK2) or names (ga4-reserved-name).

    ``select``: nothing but these, everything when empty. ``ignore``: not these.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Ignore(NamedTuple):
    """One code that an author ignores, where it says so, and which findings it is about.

    Those on some lines, or of an entity of a container, or all of the file.
    """

    what: str
    span: Span
    source: Source
    route: Route
    lines: range | None = None
    within: Route | None = None


def chosen(
    diagnostics: Sequence[Diagnostic],
    document: Document,
    selection: Selection,
    every_rule: Callable[[], Iterable[Rule]],
) -> list[Diagnostic]:
    """The diagnostics that are wanted, and what is wrong with the ignores, in order.

    ``every_rule`` gives all there are; it is asked only when an ignore needs to be explained.
    """
    found: list[Finding] = []
    ignores = _all_in(document, found)
    select = selection.select or _selected_in_plan(document)
    asked = None if any(_stops(d) for d in diagnostics) else document.sources[-1]
    used: set[Ignore] = set()
    kept = _without(ignores, diagnostics, used)
    about_ignores = [ignore for ignore in ignores if _is_about_ignores(ignore.what)]
    others = [ignore for ignore in ignores if not _is_about_ignores(ignore.what)]
    unused = [ignore for ignore in others if ignore not in used]
    found += _mistakes(unused, select, every_rule, kept, asked=asked)
    kept += _without(about_ignores, place(found, document), used)
    unused = [ignore for ignore in about_ignores if ignore not in used]
    last = list(_mistakes(unused, select, every_rule, kept, asked=asked))
    for index, what in enumerate(_selected_in_plan(document)):
        last += _unknown(what, ("checks", "select", index), every_rule())
    kept = sorted([*kept, *place(last, document)], key=_order)
    return [
        d
        for d in kept
        if is_firm(d.rule)
        or d.route[:2] == ("checks", "select")  # a word that hides all must not hide this, too
        or (
            (not select or any(matches(d.rule, what) for what in select))
            and not any(matches(d.rule, what) for what in selection.ignore)
        )
    ]


def ignores(document: Document, d: Diagnostic) -> bool:
    """Whether a document ignores a finding that was made of it and others together."""
    return not _without(_all_in(document, []), [d], set())


def matches(rule: Rule, what: str) -> bool:
    """Whether a code, the beginning of one or a name means the rule."""
    return rule.name == what or (is_code(what) and rule.code.startswith(what.upper()))


@lru_cache(1000)
def is_code(what: str) -> bool:
    """Whether it has the form of a code or of its beginning, rather than of a name."""
    return re.fullmatch(r"TK\d{0,3}", what, re.IGNORECASE | re.ASCII) is not None


def is_firm(rule: Rule) -> bool:
    """Whether it is an error that cannot be ignored: what follows relies on its absence."""
    return rule.severity is Severity.ERROR and (
        rule.code in FIRM_CODES or rule.code.startswith(("TK0", "TK1"))
    )


def unknown(what: str, rules: Iterable[Rule]) -> str | None:
    """Why a word on the command line or in a plan means no rule; None when it means one."""
    rules = list(rules)
    if any(matches(rule, what) for rule in rules):
        return None
    close = nearest(what, [w for rule in rules for w in (rule.code, rule.name)])
    return close or "'tagkit explain' lists them"


def _without(
    ignores: Sequence[Ignore], diagnostics: Iterable[Diagnostic], used: set[Ignore]
) -> list[Diagnostic]:
    """Those that no ignore is about; the ignores that are of use go to ``used``."""
    about: dict[_About, dict[str, list[Ignore]]] = {}
    for ignore in ignores:
        words = about.setdefault(_about(ignore), {})
        words.setdefault(ignore.what, []).append(ignore)
    by_line: dict[tuple[str, int], list[_About]] = {}
    for at in about:
        if at and isinstance(at[1], range):
            for line in at[1]:
                by_line.setdefault((at[0], line), []).append(at)
    kept: list[Diagnostic] = []
    of_use: dict[tuple[_About, str], None] = {}
    for d in diagnostics:
        # An entity of a container is two or three steps deep.
        near: list[_About] = [None, (d.file, d.route[:2]), (d.file, d.route[:3])]
        near += by_line.get((d.file, d.span.line), []) if d.span else []
        by = [(at, what) for at in near for what in about.get(at, ()) if matches(d.rule, what)]
        if not by or is_firm(d.rule):
            kept.append(d)
        else:
            of_use.update(dict.fromkeys(by))
    used.update(ignore for at, what in of_use for ignore in about[at][what])
    return kept


def _about(ignore: Ignore) -> _About:
    """The lines or the entity that it is about, and of which file; None for all of a plan."""
    where = ignore.lines if ignore.within is None else ignore.within
    return None if where is None else (ignore.source.name, where)


@lru_cache(1000)
def _is_about_ignores(what: str) -> bool:
    return any(matches(rule, what) for rule in RULES)


def _stops(d: Diagnostic) -> bool:
    """Whether some rules could not be asked, so that nobody knows whether an ignore is of use."""
    return is_firm(d.rule) and d.severity is Severity.ERROR


def _all_in(document: Document, found: list[Finding]) -> list[Ignore]:
    in_texts = (ignore for source in document.sources for ignore in _in_text(source, found))
    return [*_in_plan(document), *in_texts]


def _in_plan(document: Document) -> Iterator[Ignore]:
    """The ignores of ``checks``; what is no mapping there, the schema says."""
    checks = document.data.get("checks") if isinstance(document.data, dict) else None
    ignored = checks.get("ignore") if isinstance(checks, dict) else None
    for what in ignored if isinstance(ignored, dict) else ():
        source, route, *_ = document.spot(("checks", "ignore", what), key=True)
        yield Ignore(what, source.locate(route, key=True), source, route)


def _selected_in_plan(document: Document) -> tuple[str, ...]:
    checks = document.data.get("checks") if isinstance(document.data, dict) else None
    selected = checks.get("select") if isinstance(checks, dict) else None
    return tuple(s for s in selected if isinstance(s, str)) if isinstance(selected, list) else ()


def _unknown(what: str, route: Route, rules: Iterable[Rule]) -> Iterator[Finding]:
    if hint := unknown(what, rules):
        yield Finding(UNKNOWN_CODE, route, f"tagkit has no rule '{what}'", hint)


def _in_text(source: Source, found: list[Finding]) -> Iterator[Ignore]:
    if source.is_json:
        yield from _in_notes(source, found)
        return
    below = 0
    for sign in _SIGN.finditer(source.text):
        mark = _MARK.match(source.text, sign.end())
        if mark is None or source.is_in_value(sign.start()):
            continue
        line, column, *_ = source.span(*sign.span())
        last = line
        if _BLANK.fullmatch(source.text, sign.start() + 1 - column, sign.start()):
            # Of comments one below the other, each is about what is below them all.
            line = below = below if below > line else _next_line(source, line)
            last = source.last_line(line)
        yield from _codes(source, mark, mark.start(), found, lines=range(line, last + 1))


def _next_line(source: Source, line: int) -> int:
    """The next line that is not blank and no comment."""
    last = source.text.count("\n") + 1
    line += 1
    while line <= last and source.line(line).lstrip()[:1] in ("", "#"):
        line += 1
    return line


def _in_notes(source: Source, found: list[Finding]) -> Iterator[Ignore]:
    data = source.data if isinstance(source.data, dict) else {}
    version = data.get("containerVersion")
    home: Route = ("containerVersion",) if isinstance(version, dict) else ()
    for kind in _KINDS:
        entities = (version if isinstance(version, dict) else data).get(kind)
        for index, entity in enumerate(entities if isinstance(entities, list) else ()):
            notes = entity.get("notes") if isinstance(entity, dict) else None
            within = (*home, kind, index)
            for mark in _MARK.finditer(notes) if isinstance(notes, str) else ():
                yield from _codes(source, mark, None, found, within=within)


def _codes(  # noqa: PLR0913 - a mark and what it is about
    source: Source,
    mark: re.Match[str],
    start: int | None,
    found: list[Finding],
    *,
    lines: range | None = None,
    within: Route | None = None,
) -> Iterator[Ignore]:
    """The codes of one mark; ``start`` is where it stands in the text, None in a note."""
    route: Route = () if within is None else (*within, "notes")
    whole = source.locate(route) if start is None else source.span(start, start + len(mark[0]))
    codes = list(_CODE.finditer(mark[1] or ""))
    if not codes:
        message = "this ignore names no code"
        found.append(Finding(MALFORMED, route, message, _FORM, span=whole, source=source))
    elif not _has_reason(mark):
        said = ", ".join(code[0] for code in codes)
        found.append(
            Finding(WITHOUT_REASON, route, f"'{said}' is ignored without a reason",
                    "write the reason after the bracket", span=whole, source=source)
        )  # fmt: skip
    else:
        for code in codes:
            offset = mark.start(1) + code.start() if start is not None else 0
            span = whole if start is None else source.span(offset, offset + len(code[0]))
            yield Ignore(code[0], span, source, route, lines, within)


def _has_reason(mark: re.Match[str]) -> bool:
    return _REASON.match(mark.string, mark.end()) is not None


def _mistakes(
    ignores: Iterable[Ignore],
    select: tuple[str, ...],
    every_rule: Callable[[], Iterable[Rule]],
    kept: Iterable[Diagnostic],
    *,
    asked: Source | None,
) -> Iterator[Finding]:
    """What is wrong with ignores that were of no use; ``asked``: the file that all rules saw."""
    by_line: dict[tuple[str, int], set[Rule]] = {}
    for d in kept:
        if d.span:
            by_line.setdefault((d.file, d.span.line), set()).add(d.rule)
    known: dict[str, list[Rule]] = {}
    for ignore in ignores:
        what = ignore.what
        if what not in known:
            known[what] = [rule for rule in every_rule() if matches(rule, what)]
        if not (meant := known[what]):
            hint = unknown(what, every_rule())
            yield _at(ignore, UNKNOWN_CODE, f"tagkit has no rule '{what}'", hint)
        elif all(is_firm(rule) for rule in meant):
            message = f"'{what}' cannot be ignored: nothing could be built on it"
            yield _at(ignore, FIRM, message, "mend it, and delete this")
        elif ignore.within is None and all(rule.code in _LATER for rule in meant):
            continue
        elif ignore.source is asked and _wanted(meant, select):
            message = f"'{what}' is ignored here, but nothing was found"
            yield _at(ignore, UNUSED, message, _near(ignore, by_line))


def _at(ignore: Ignore, rule: Rule, message: str, hint: str | None) -> Finding:
    return Finding(rule, ignore.route, message, hint, span=ignore.span, source=ignore.source)


def _near(ignore: Ignore, by_line: Mapping[tuple[str, int], set[Rule]]) -> str:
    """What to do with a comment that ignores nothing: where it was meant to be, if that is near."""
    line = ignore.lines.start if ignore.lines else None
    lines = () if line is None else range(line - _NEAR, line + _NEAR + 1)
    near = [
        n
        for n in lines
        if any(matches(rule, ignore.what) for rule in by_line.get((ignore.source.name, n), ()))
    ]
    if line is None or not near:
        return "delete it"
    meant = min(near, key=lambda n: (n < line, abs(n - line)))
    return f"that is found in line {meant}: put this at the end of it, or on the line above"


def _wanted(rules: Iterable[Rule], select: tuple[str, ...]) -> bool:
    return not select or any(matches(rule, what) for rule in rules for what in select)


def _order(d: Diagnostic) -> tuple[str, int, int, str, str]:
    line, column = (d.span.line, d.span.column) if d.span else (0, 0)
    return d.file, line, column, d.rule.code, d.message
