"""A folder of an author's own templates -> what is wrong with them, and their texts.

They are read before anything is built: all that can be known without values is said then. What
only values show (a field that a value does not have, a script that is not closed) is a
``BrokenTemplateError`` while a plan is built.
"""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Findings, Related, Rule, Severity, Span, place
from tagkit.listeners import needs_of, template_of
from tagkit.nearest import closest, nearest
from tagkit.resources import TEMPLATES
from tagkit.source import Source
from tagkit.textfile import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from jinja2 import Environment, nodes

    from tagkit.diagnostics import Document
    from tagkit.report.report import Report

UNKNOWN = Rule("TK327", "unknown-template", Severity.WARNING, "a template that is not one of ours")
BROKEN = Rule("TK328", "broken-template", Severity.ERROR, "a template that cannot be used")
RULES = (UNKNOWN, BROKEN)

_NO_TEMPLATE = re.compile(r"(?:^|/)(?:\.|(?:readme|license)\b)|\.md$", re.IGNORECASE)
_VALUES = re.compile(r"\{\{[-+]?\s*(.+?)\s*-?\}\}")
_THROUGH_JS = re.compile(r"\|\s*js$")
_AT_BUILD = ("gtm/", "listeners/", "pixel/", "shopify/", "values/")


class BrokenTemplateError(Exception):
    """A template of the author's gives what cannot be used; ``name`` None is not known which."""

    def __init__(self, name: str | None, line: int | None, message: str, hint: str) -> None:
        super().__init__(message)
        self.name, self.line, self.message, self.hint = name, line, message, hint


class _Asked(NamedTuple):
    """What a template asks for, each with its line; ``needed`` are the parts it cannot be without.

    ``values`` are names that it gives no value to itself.
    """

    values: Mapping[str, int]
    parts: Mapping[str, int]
    needed: Collection[str]


def check_templates(folder: Path, shown: str, report: Report) -> None:
    """Say what is wrong with the templates of a folder; ``shown`` is what the folder is called."""
    from tagkit import rendering

    ours = _names(TEMPLATES)
    own = sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    own = [name for name in own if not _NO_TEMPLATE.search(name)]
    rendering.use_templates(None)  # what was read before may have changed
    rendering.use_templates(folder)
    environment = rendering.environment()
    said: dict[str, tuple[Source, Findings]] = {}
    parts: dict[str, Mapping[str, int]] = {}
    given: dict[str, set[str]] = {}
    for name in own:
        found = Findings()
        text = read(folder / name, found)
        source = Source(f"{shown}/{name}", text or "", None)
        said[name] = source, found
        if text is None or not (name in ours or name.endswith(".j2")):
            continue
        asked = _asked(environment, source, name, found)
        parts[name] = asked.parts
        found += _missing(asked, source, folder)
        if name in ours:
            given[name] = _given_to(environment, name)
            found += _unknown(asked, source, given[name])
    used = {part for names in parts.values() for part in names}
    for name, (source, found) in said.items():
        if name not in ours and name not in used:
            found[:] = [Finding(UNKNOWN, (), f"tagkit has no template '{name}'", _near(name, ours))]
        elif line := _way_back(name, parts):
            hint = "a template cannot include itself, nor by way of others"
            at = _line(source, line)
            found.append(Finding(BROKEN, (), f"'{name}' includes itself", hint, span=at))
        report.diagnostics += place(found, source)
        if found:
            report.sources[source.name] = source
    if any(found.fatal for _, found in said.values()):
        return
    for name in (name for name, values in given.items() if not values):
        try:  # one that needs no values, whether a plan needs it or not
            rendered(environment, name, {}, folder)
        except BrokenTemplateError as error:
            say(error, folder, shown, report)


def rendered(
    environment: Environment, name: str, values: Mapping[str, object], folder: Path
) -> str:
    """What a template gives; raises BrokenTemplateError where one of the folder is at fault."""
    try:
        text = environment.get_template(name).render(**values)
    except BrokenTemplateError:
        raise  # of a part
    except Exception as error:
        at = _at(error, folder)
        if at is None:
            raise  # of ours
        there = Source(at[0], _text_of(folder / at[0]), None).line(at[1] or 0)
        raise BrokenTemplateError(*at, *_in_words(error, values, there, folder)) from error
    if (folder / name).is_file() and (problem := _unfit(name, text)):
        offset, message, hint = problem
        line = _line_of(_text_of(folder / name), text, offset)
        raise BrokenTemplateError(name, line, message, hint)
    return text


def _line_of(template: str, text: str, offset: int) -> int:
    """The line of a template that gave a piece of text, by the lines that are the same in both."""
    from difflib import SequenceMatcher

    wanted = text.count("\n", 0, offset)
    lines = [line.strip() for line in template.split("\n")]
    given = [line.strip() for line in text.split("\n")]
    alike = SequenceMatcher(None, lines, given, autojunk=False).get_opcodes()
    kind, start, end, first, _ = next(each for each in alike if each[3] <= wanted < each[4])
    if kind == "equal":
        return start + wanted - first + 1
    close = closest(given[wanted][:100], lines[start:end])
    return (lines.index(close, start) if close else min(start, len(lines) - 1)) + 1


def say(
    error: BrokenTemplateError,
    folder: Path,
    shown: str,
    report: Report,
    plan: Document | None = None,
) -> None:
    """A template that turned out broken, as a finding in its file; ``plan`` is what showed it."""
    name = shown if error.name is None else f"{shown}/{error.name}"
    text = _text_of(folder / error.name) if error.name else ""
    source = Source(name, text, None)
    span = _line(source, error.line) if error.line else None
    report.sources[name] = source
    found = [Finding(BROKEN, (), error.message, error.hint, span=span)]
    asked = plan.sources[-1:] if plan else ()
    through = tuple(Related(each.locate(()), "reached from here", each.name) for each in asked)
    placed = [d._replace(through=through) for d in place(found, source)]
    report.diagnostics += [d for d in placed if d not in report.diagnostics]


def _text_of(file: Path) -> str:
    return file.read_text("utf-8-sig", "replace")


def _names(folder: Path, *starts: str) -> list[str]:
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*.j2"))
    return sorted(name for name in names if name.startswith(starts or _AT_BUILD))


def _near(name: str, ours: list[str]) -> str:
    if name.startswith("starter/"):
        return "'build' does not use it; delete it"
    close = _close(name, ours)
    return f"did you mean '{close}'?" if close else "the names are those of 'templates/'"


def _close(name: str, names: list[str]) -> str | None:
    """The name that is meant: one alike, or one that ends alike in another folder."""
    if found := closest(name, names):
        return found
    last = {other.rpartition("/")[2]: other for other in names}
    found = closest(name.rpartition("/")[2], last)
    return last[found] if found else None


def _asked(environment: Environment, source: Source, name: str, found: Findings) -> _Asked:
    """What a template asks for; nothing, and why, when Jinja cannot read it."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = environment.parse(source.text, name, source.name)
        environment.compile(tree, name, source.name)
    except TemplateSyntaxError as error:
        hint = "templates are written in Jinja: {{ value | js }}, {% if … %} … {% endif %}"
        span = _line(source, error.lineno)
        found.append(Finding(BROKEN, (), _lower(error.message or ""), hint, span=span))
    except (RecursionError, SyntaxError):  # of Python, which Jinja makes of it
        found.say(BROKEN, (), "the template is nested too deeply", hint="write it flatter")
    except Exception as error:  # noqa: BLE001 # a number of 5,000 digits, say
        found.say(BROKEN, (), _lower(str(error)), hint="compare it with tagkit's")
    else:
        return _with_needs(_asked_in(tree, environment), name, source.text)
    return _Asked({}, {}, ())


def _with_needs(asked: _Asked, name: str, text: str) -> _Asked:
    """Also the parts that a listener names as needed."""
    if not name.startswith("listeners/"):
        return asked
    parts = {template_of(need): line for need, line in needs_of(text)}
    return asked._replace(parts={**parts, **asked.parts}, needed=[*asked.needed, *parts])


def _asked_in(tree: nodes.Template, environment: Environment) -> _Asked:
    from jinja2 import meta, nodes

    free = meta.find_undeclared_variables(tree) - set(environment.globals)
    values: dict[str, int] = {}
    parts: dict[str, int] = {}
    needed: list[str] = []
    for each in tree.find_all(nodes.Name):
        if each.name in free:
            values.setdefault(each.name, each.lineno)
    for node in tree.find_all(
        (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include, nodes.Call)
    ):
        named = _named_by(node)
        names = [str(written.value) for written in named if isinstance(written, nodes.Const)]
        for name in names:
            parts.setdefault(name, node.lineno)
        if len(named) == 1 and not getattr(node, "ignore_missing", False):
            needed += names
    return _Asked(values, parts, needed)


def _named_by(node: nodes.Node) -> list[nodes.Expr]:
    """The names of templates that a tag tries in turn, or the one of ``part(name)``."""
    from jinja2 import nodes

    if isinstance(node, nodes.Call):
        is_part = isinstance(node.node, nodes.Name) and node.node.name == "part"
        return node.args[:1] if is_part else []
    named: nodes.Expr = node.template  # type: ignore[attr-defined]
    return named.items if isinstance(named, nodes.List | nodes.Tuple) else [named]


def _missing(asked: _Asked, source: Source, folder: Path) -> Iterator[Finding]:
    for name in dict.fromkeys(asked.needed):
        inside = ".." not in name.split("/")
        if not (inside and any((at / name.strip("/")).is_file() for at in (folder, TEMPLATES))):
            span = _word(source, asked.parts[name], name)
            yield Finding(BROKEN, (), *_no_template(name, folder), span=span)


def _no_template(name: str, folder: Path) -> tuple[str, str]:
    known = {*_names(TEMPLATES), *_names(folder, "")}
    close = _close(name, sorted(known))
    hint = f"did you mean '{close}'?" if close else "name one of the folder's or of 'templates/'"
    return f"there is no template '{name}'", hint


def _unknown(asked: _Asked, source: Source, given: set[str]) -> Iterator[Finding]:
    """The names that nobody gives a value to: those that our own template does not use either."""
    for name, line in asked.values.items():
        if name not in given:
            hint = nearest(name, sorted(given)) or _given(dict.fromkeys(given))
            message = f"this template is not given '{name}'"
            yield Finding(BROKEN, (), message, hint, span=_word(source, line, name))


def _given_to(environment: Environment, name: str) -> set[str]:
    """The values that our own template of that name asks for, with those that it includes."""
    asked = _asked_in(environment.parse(_text_of(TEMPLATES / name)), environment)
    inner = (_given_to(environment, part) for part in asked.parts)
    return set(asked.values).union(*inner)


def _given(values: Mapping[str, object]) -> str:
    return f"it is given {', '.join(sorted(values))}" if values else "it is given no values"


def _way_back(name: str, parts: Mapping[str, Mapping[str, int]]) -> int | None:
    """The line on which a template begins to include itself."""
    for part, line in parts.get(name, {}).items():
        seen, waiting = set[str](), [part]
        while waiting:
            other = waiting.pop()
            if other == name:
                return line
            if other not in seen:
                seen.add(other)
                waiting += parts.get(other, ())
    return None


def _at(error: Exception, folder: Path) -> tuple[str, int | None] | None:
    """The template of the folder in which it happened, and the line."""
    home = os.path.abspath(folder)  # noqa: PTH100 # links stay, as in Jinja's names of files
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(os.path.abspath(frame.filename))  # noqa: PTH100
        if file.is_relative_to(home) and file.suffix != ".py":
            return file.relative_to(home).as_posix(), frame.lineno
    return None


def _in_words(
    error: Exception, values: Mapping[str, object], line: str, folder: Path
) -> tuple[str, str]:
    """What went wrong on a line of a template, and what to write."""
    from jinja2 import TemplateNotFound, UndefinedError

    from tagkit.rendering import NotTextError

    match error:
        case RecursionError():
            return "this calls itself without end", "let it end by {% if … %}"
        case NotTextError():
            bare = [value for value in _VALUES.findall(line) if not _THROUGH_JS.search(value)]
            return str(error), f"write {{{{ {bare[0] if len(bare) == 1 else '…'} | js }}}}"
        case TemplateNotFound():
            return _no_template(str(error.name), folder)
        case UndefinedError():
            return _lower(str(error)), _given(values)
    return _lower(str(error)) or type(error).__name__, "compare it with tagkit's"


def _unfit(name: str, text: str) -> tuple[int, str, str] | None:
    """Why what a template gives cannot be published: where in it, message, hint."""
    from tagkit.gtm.markup import blocks_of

    if not name.endswith(".html.j2"):
        return _unfit_script(text, 0)
    if not text.strip():
        return 0, "the template gives nothing", "begin with a copy of tagkit's"
    runs = False
    for block in blocks_of(text):
        runs = runs or block.is_javascript
        if block.problem:
            what = "<!--" if block.name == "!--" else f"<{block.name}>"
            return block.at, f"a '{what}' is not closed", f"'{block.problem}' is missing"
        if block.is_javascript and (problem := _unfit_script(block.content, block.inside)):
            return problem
    if not runs:
        return 0, "there is no <script>, so that browsers would show the text", "write <script>"
    return None


def _unfit_script(code: str, start: int) -> tuple[int, str, str] | None:
    from tagkit.es5 import broken, newer_than_es5

    if (at := code.lower().find("</script")) >= 0:
        return start + at, "'</script' would end the script around it", "write '<\\/script'"
    if newer := newer_than_es5(code):
        message = f"{newer.what} is newer than ES5, which is all that GTM takes"
        return start + newer.at, message, "write it as ES5 would"
    if problem := broken(code):
        message = f"no browser can read the script: {problem.why}"
        return start + problem.at, message, "compare it with tagkit's"
    return None


def _lower(said: str) -> str:
    said = said.strip().rstrip(".").replace("jinja2.", "")
    return said[:1].lower() + said[1:]


def _line(source: Source, number: int) -> Span:
    line = source.line(number)
    start = len(line) - len(line.lstrip())
    return Span(number, start + 1, number, max(len(line.rstrip()), start + 1) + 1)


def _word(source: Source, number: int, word: str) -> Span:
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source.line(number))
    if not found:
        return _line(source, number)
    return Span(number, found.start() + 1, number, found.end() + 1)
