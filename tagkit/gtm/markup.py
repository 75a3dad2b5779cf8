"""The scripts of a Custom HTML tag, found as a browser finds them, and what is left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS = re.compile(r"<!--|<(script|style|noscript|textarea|template)(?=[\s/>])", re.IGNORECASE)
_REST_OF_TAG = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.DOTALL
)
_COMMENT_ENDS = re.compile(r"--!?>")
_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "noscript", "textarea", "template")
}
# An empty type, or none, is JavaScript, too; 'module' is, but by other rules.
_JAVASCRIPT = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script)?", re.IGNORECASE)


class Block(NamedTuple):
    """A comment ('!--') or an element whose content is no markup.

    ``at`` is where it begins, ``inside`` where its content does. ``problem`` is what is missing:
    "" if nothing is, ">" if its start tag does not end, else its end.
    """

    name: str
    attributes: dict[str, str]
    content: str
    at: int
    inside: int
    problem: str

    @property
    def is_javascript(self) -> bool:
        """Whether browsers run its content as a classic script."""
        return self.name == "script" and bool(_JAVASCRIPT.fullmatch(self._type))

    @property
    def runs(self) -> bool:
        """Whether browsers run its content at all: modules, too."""
        return self.is_javascript or (self.name == "script" and self._type.lower() == "module")

    @property
    def _type(self) -> str:
        return self.attributes.get("type", "").partition(";")[0].strip()


def blocks_of(html: str) -> Iterator[Block]:
    """The blocks in order; what is inside one is not looked at."""
    at = 0
    while opens := _OPENS.search(html, at):
        start, inside = opens.start(), opens.end()
        name = (opens[1] or "!--").lower()
        attributes: dict[str, str] = {}
        if name != "!--":
            tag = _REST_OF_TAG.match(html, inside)
            if tag is None:
                yield Block(name, {}, "", start, inside, ">")
                return
            attributes = _attributes(html[inside : tag.end() - 1])
            inside = tag.end()
        ends = (_COMMENT_ENDS if name == "!--" else _ENDS[name]).search(html, inside)
        at = html.find(">", ends.end() - 1) + 1 if ends else 0
        if ends is None or not at:
            missing = "-->" if name == "!--" else f"</{name}>"
            yield Block(name, attributes, html[inside:], start, inside, missing)
            return
        yield Block(name, attributes, html[inside : ends.start()], start, inside, "")


def scripts_in(html: str) -> Iterator[str]:
    """The code of each script that a browser runs; not what is commented out or in noscript."""
    return (block.content for block in blocks_of(html) if block.runs)


def without_comments(html: str) -> str:
    """The text that does something: no comments, no noscript, no scripts of other types."""
    kept, at = [], 0
    for block in blocks_of(html):
        kept.append(html[at : block.at])
        at = block.inside + len(block.content)
        if block.runs or block.name not in ("!--", "noscript", "script"):
            kept.append(html[block.at : at])
    return " ".join([*kept, html[at:]])


def line_of(code: str, at: int) -> int:
    """The line, from 1, in which the place is."""
    return code.count("\n", 0, at) + 1


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag):
        name = match[1].lower()
        found.setdefault(name, next((v for v in match.groups()[1:] if v is not None), ""))
    return found
