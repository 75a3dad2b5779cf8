"""Text from templates, and the one way by which a value of the plan becomes JavaScript."""

from __future__ import annotations

import json
import re
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from tagkit.resources import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment, Template

_UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff]|\\{(?=\\{)")

_INCLUDE = re.compile(r"^[ \t]*\{% include '([^']+)' %\}\n", re.MULTILINE)
_COMMENT = re.compile(r"\s*\{#-.*?-#\}\s*", re.DOTALL)
_MARKS = re.compile(r"\{[{%#]")


def _refuse(value: object) -> None:
    str(value)  # what a template asks for in vain says so here
    message = f"a {type(value).__name__} is no value that JavaScript could have"
    raise TypeError(message)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_refuse)


def js(value: object) -> str:
    """A JSON value as JavaScript that is safe inside ``<script>`` and inside GTM.

    ``</script>``, ``<!--`` and U+2028 cannot end the code, and GTM finds no ``{{`` in it.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # as JavaScript writes it
    written = encode_basestring(value) if isinstance(value, str) else _ENCODER.encode(value)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


class _Own:
    folder: Path | None = None
    """Where templates lie that are taken in place of ours, for this process."""


def use_templates(folder: Path | None) -> None:
    """From now on, take templates from a folder where it has them; None: ours only.

    Whether they are fit for it, ``tagkit.templating`` says before.
    """
    if folder != _Own.folder:
        _Own.folder = folder
        for cached in (environment, _template, _plain):
            cached.cache_clear()


def own_templates() -> bool:
    """Whether there are templates that are not ours."""
    return _Own.folder is not None


def is_own(name: str) -> bool:
    """Whether a template is another than ours of that name."""
    if _Own.folder is None or not (own := _Own.folder / name).is_file():
        return False
    return own.read_bytes() != (TEMPLATES / name).read_bytes()


@cache
def environment() -> Environment:
    """The templates. ``| js`` is the only way for a value into code."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(  # noqa: S701 # JavaScript, not HTML: escaping is the js filter's job
        loader=FileSystemLoader(
            [*([_Own.folder] if _Own.folder else []), TEMPLATES],
            encoding="utf-8-sig",  # an editor's byte order mark is no text
        ),
        undefined=StrictUndefined,
        finalize=_put,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters["js"] = js
    made.globals["part"] = part
    made.globals["range"] = _range
    return made


class NotTextError(TypeError):
    """A ``{{ value }}`` without ``| js`` that would be written as Python writes it."""


_WORDS: dict[type, str] = {
    bool: "true or false",
    dict: "a mapping",
    list: "a list",
    tuple: "a list",
    type(None): "nothing",
}


def _put(value: object) -> object:
    """What ``{{ value }}`` puts into the text: a text or a number."""
    if isinstance(value, str):
        return value
    from jinja2 import Undefined

    if isinstance(value, Undefined | int | float) and not isinstance(value, bool):
        return value
    message = f"this is {_WORDS.get(type(value)) or f'a {type(value).__name__}'}, and no text"
    raise NotTextError(message)


_LONGEST_RANGE = 100_000
"""As in Jinja's sandbox: a slip of the pen would take all memory."""


def _range(*numbers: int) -> range:
    made = range(*numbers)
    if len(made) > _LONGEST_RANGE:
        message = f"a range has at most {_LONGEST_RANGE:,} numbers here"
        raise OverflowError(message)
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


@cache
def _plain(name: str) -> str | None:
    """The text of a template in which no value is to be filled in; None for the others.

    Most JavaScript is such text, with other such text included, and Jinja takes longer to compile
    a template than to do all else with it. A test says that Jinja would give the same.
    """
    if _Own.folder:
        return None  # whatever an author writes, Jinja says what it means
    text = _COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))
    included = {other: _plain(other) for other in _INCLUDE.findall(text)}
    if None in included.values():
        return None
    text = _INCLUDE.sub(lambda match: included[match[1]] or "", text)
    return None if _MARKS.search(text) else text


def part(name: str) -> str:
    """The text of a template that needs no values, for others to put in."""
    plain = _plain(name)
    return _rendered(name, {}) if plain is None else plain


def render(name: str, /, **values: object) -> str:
    """The text of a template, without the newline at its end."""
    plain = _plain(name)
    text = _rendered(name, values) if plain is None else plain
    return text.strip("\n")


def _rendered(name: str, values: dict[str, object]) -> str:
    if _Own.folder is None:
        return _template(name).render(**values)
    from tagkit.templating import rendered

    return rendered(environment(), name, values, _Own.folder)


def laid_out(value: object, step: int = 4) -> str:
    """The value as ``json.dumps(value, indent=step, ensure_ascii=False)`` lays it out.

    Written here because json indents in pure Python, piece by piece: three times the time, and
    the most memory of a large build.
    """
    pieces: list[str] = []
    _lay_out(value, " " * step, "\n", pieces, _LEVELS)
    return "".join(pieces)


def piece(value: object, step: str, end: str) -> str:
    """The same for a part of a document; ``end`` is a line break and the part's indentation."""
    return _one_text(value, step, end)


_LEVELS = 4
"""The levels of a container above its entities, whose texts are joined only once, at the end."""


def _lay_out(value: object, step: str, end: str, pieces: list[str], levels: int) -> None:
    if levels == 0 or not isinstance(value, dict | list) or not value:
        pieces.append(_one_text(value, step, end))
        return
    inner = end + step
    start = inner
    pieces.append("{" if isinstance(value, dict) else "[")
    if isinstance(value, dict):
        for key, held in value.items():
            pieces.append(f"{start}{encode_basestring(key)}: ")
            _lay_out(held, step, inner, pieces, levels - 1)
            start = f",{inner}"
        pieces.append(f"{end}}}")
        return
    for held in value:
        pieces.append(start)
        _lay_out(held, step, inner, pieces, levels - 1)
        start = f",{inner}"
    pieces.append(f"{end}]")


def _one_text(value: object, step: str, end: str) -> str:
    match value:
        case str():
            return encode_basestring(value)
        case dict() if value:
            inner = end + step
            pairs = [
                f"{encode_basestring(key)}: {_one_text(held, step, inner)}"
                for key, held in value.items()
            ]
            return f"{{{inner}" + f",{inner}".join(pairs) + f"{end}}}"
        case list() if value:
            inner = end + step
            items = [_one_text(held, step, inner) for held in value]
            return f"[{inner}" + f",{inner}".join(items) + f"{end}]"
    return _ENCODER.encode(value)
