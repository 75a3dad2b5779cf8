"""Names of listeners -> the one script with all of them and, once, with the parts they need.

A listener or a part says ``/* needs: one, another */``; parts lie in ``listeners/_lib/``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.javascript import read_pieces
from tagkit.packing import packed
from tagkit.rendering import is_own, own_templates, part, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REMARK = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|[ \t]*\n(?=\s*\n)", re.MULTILINE)
_NEEDS = re.compile(r"^[ \t]*/\* needs: ([\w, ]*)\*/[ \t]*\n?", re.MULTILINE)
_ALWAYS = ("say",)


def packed_script_of(names: Iterable[str]) -> str:
    """The same for a container, which has room for 200 KB, all told; an author's own as written."""
    names = _in_order(names)
    script = script_of(names)
    used = ["listeners/all.js.j2", *map(listener_of, names), *map(template_of, _parts_of(names))]
    return script if any(map(is_own, used)) else packed(script)


def script_of(names: Iterable[str]) -> str:
    """The listeners of these names, each once, in one closure; nothing for none."""
    names = _in_order(names)
    if not names:
        return ""
    return render(
        "listeners/all.js.j2",
        names=names,
        parts="\n".join(map(_bare, _parts_of(names).values())),
        scripts="\n".join(_bare(part(listener_of(name))) for name in names),
    )


def _in_order(names: Iterable[str]) -> list[str]:
    """Each once, whatever the plan's order; a platform's before those of any site."""
    return sorted(set(names), key=lambda name: (name.startswith("generic/"), name))


def _parts_of(names: Iterable[str]) -> dict[str, str]:
    """The parts that these listeners need, each after those it needs itself."""
    parts: dict[str, str] = {}
    asked: set[str] = set()
    wanted = [needed for name in names for needed, _ in needs_of(part(listener_of(name)))]
    for needed in (*_ALWAYS, *wanted):
        _take(needed, parts, asked)
    return parts


def needs_of(text: str) -> Iterator[tuple[str, int]]:
    """The parts that a template asks for, each with the line it does so on."""
    for found in _NEEDS.finditer(text):
        line = text.count("\n", 0, found.start(1)) + 1
        for name in found[1].replace(",", " ").split():
            yield name, line


def listener_of(name: str) -> str:
    """The template of a listener."""
    return f"listeners/{name}.js.j2"


def template_of(name: str) -> str:
    """The template of a part."""
    return f"listeners/_lib/{name}.js.j2"


def _take(name: str, parts: dict[str, str], asked: set[str]) -> None:
    """Add a part, and before it what it needs (two of an author's may need each other)."""
    if name in asked:
        return
    asked.add(name)
    text = part(template_of(name))
    for needed, _ in needs_of(text):
        _take(needed, parts, asked)
    parts[name] = text


def _bare(text: str) -> str:
    """The code without remarks and indentation."""
    bare = _INDENT.sub("", _REMARK.sub("", text)).strip("\n")
    if own_templates() and _words(bare) != _words(text):
        return text  # such as a text over several lines
    return bare


def _words(code: str) -> list[tuple[str, str]]:
    return [piece[:2] for piece in read_pieces(code)]
