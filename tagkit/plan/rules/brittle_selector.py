"""A CSS selector that breaks with the next change of the site.

Class names that a build tool makes (``css-1x2y3z``, ``sc-bdVaJa``) are others after the next
build; chains of ``:nth-child`` and deep paths break when a box is put around a thing; classes that
only say how it looks (``.mt-4.flex``) stand on much else. Nobody sees the trigger fall silent.

Before::

    trigger: {click: "div.css-1x2y3z > a:nth-child(2)"}

After, with an attribute that is there for this::

    trigger: {click: "[data-track=size-guide]"}

Source: the class names that Emotion, styled-components, styled-jsx, CSS Modules, Vite, JSS,
Svelte, Angular, Vue, Ember and React make by default; our own rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK262",
    "brittle-selector",
    Severity.WARNING,
    "a CSS selector that breaks with the next change of the site",
)
_HINT = "ask for an id or an attribute of its own, such as data-track, and select that"

# all are compiled when the first selector comes, not at every start
_STRING = r"""(?s)(["'])((?:\\.|(?!\1)[^\\])*)\1"""
_ATTRIBUTE = r"\[[^\]]*\]"
_NAME = r"([.#])((?:\\.|[\w-])+)"
_GENERATED = r"""
    css-(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,8}(-.+)?      # Emotion, MUI 5
  | sc-[a-zA-Z0-9]{5,8}-\d+                              # styled-components
  | sc-(?=[a-z]+[A-Z])[a-zA-Z]{6}
  | jsx-\d{6,}                                           # styled-jsx
  | jss\d+ | makeStyles-\w+-\d+                         # JSS
  | svelte-(?=[a-z]*\d)[a-z0-9]{5,8}
  | _[A-Za-z][\w-]*_[a-z0-9]{5}_\d+                      # CSS Modules, Vite
  | [A-Za-z][\w-]*__(?=[A-Za-z]*\d)(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9_-]{5}  # CSS Modules, webpack
  | ember\d+ | ext-gen\d+ | gwt-uid-\d+ | yui_[\d_]{6,} | headlessui-[a-z-]+-\d+
  | (radix-)?(:r[0-9a-z]*:|«r[0-9a-z]*»)(-.+)?           # React's useId
    """
_WORD = r"(?:css-|sc-|svelte-|.*__)[A-Z]?[a-z]+\d{0,2}(?:-.+)?"
"""Written by a person: css-grid2, sc-header-12, list__Item1."""
_GENERATED_ATTRIBUTE = (
    r"\[\s*(data-v-[0-9a-f]{8}|_ng(?:content|host)-[\w-]+|data-reactid|data-react-checksum)\b"
)
_UTILITY = r"""
    ((sm|md|lg|xl|2xl|hover|focus|active|dark|group-hover):)*
    ( -?[mp][trblxyse]?-(\d+(\.5)?|px|auto) | [wh]-(\d+(\.5)?|full|screen|auto|\d/\d)
    | gap(-[xy])?-\d+ | space-[xy]-\d+ | (min|max)-[wh]-[a-z0-9]+ | z-\d+ | opacity-\d+
    | text-(xs|sm|base|lg|[2-9]?xl|left|center|right|white|black|[a-z]+-\d{2,3})
    | (bg|border|ring|from|to|fill|stroke)-([a-z]+-\d{2,3}|white|black|transparent)
    | font-(thin|light|normal|medium|semibold|bold) | leading-\d+ | tracking-[a-z]+
    | rounded(-(none|sm|md|lg|xl|2xl|3xl|full))? | shadow(-(sm|md|lg|xl|2xl|none))?
    | (items|justify|content|self)-(start|end|center|between|around|evenly|stretch|baseline)
    | flex(-(row|col|wrap|nowrap|1|auto|none|grow|shrink))? | grid(-cols-\d+)? | col-span-\d+
    | d-(none|block|flex|grid|inline|inline-block) | col-(sm-|md-|lg-|xl-)?\d+
    | inline(-block|-flex)? | block | hidden | relative | absolute | fixed | sticky
    )
    """
_NTH = r"(?i):nth-(?:last-)?(?:child|of-type)\("
_DEEP = 4
_LONGEST = 2_000
_ESCAPED = {":": "\ue000", ".": "\ue001", "/": "\ue002"}
_SHOWN = {ord(hidden): letter for letter, hidden in _ESCAPED.items()}
_CLASS = "\\.([\\w\ue000-\ue002-]+)"
_FROM_ROOT = r"(?i)html(?![\w-])[^>]*>\s*body(?![\w-])[^>]*>"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the selector; each once."""
    seen: set[str] = set()
    for css, route in plan.selectors:
        if css in seen or len(css) > _LONGEST:
            continue
        seen.add(css)
        if name := _generated(css):
            yield Finding(
                RULE,
                route,
                f"'{name}' looks as if a build tool made it, and will be another name "
                "after the next build",
                hint=_HINT,
            )
        elif why := _loose(css):
            yield Finding(RULE, route, why, hint=_HINT, severity=Severity.NOTE)


def _generated(css: str) -> str:
    if match := re.search(_GENERATED_ATTRIBUTE, css):
        return match[1]
    for _, text in re.findall(_STRING, css):  # [id=":r1:"], [class*="css-1x2y3z"]
        if _is_generated(text):
            return str(text)
    bare = re.sub(_ATTRIBUTE, "[]", re.sub(_STRING, "", css))
    for _, name in re.findall(_NAME, bare):
        plain = name.replace("\\", "")
        if _is_generated(plain):
            return str(plain)
    return ""


def _is_generated(name: str) -> bool:
    if (name.isalpha() and name.islower()) or re.fullmatch(_WORD, name):
        return False
    return re.fullmatch(_GENERATED, name, re.VERBOSE) is not None


def _loose(css: str) -> str:
    """What a change of the page around it, or of its looks, would break."""
    bare = re.sub(_ATTRIBUTE, "[]", re.sub(_STRING, "", css))
    flat = _without_brackets(re.sub(r"\\(.)", _hidden, bare))
    for part in flat.split(","):
        levels = [level for level in re.split(r"[\s>+~]+", part.strip()) if level]
        if len(re.findall(_NTH, part)) > 1:
            return "this counts elements in more than one place, and any new one beside breaks it"
        if re.match(_FROM_ROOT, part.strip()) or len(levels) > _DEEP:
            return (
                f"this is a path of {len(levels)} elements, and a change of any of them breaks it"
            )
        if levels and all(map(_looks_only, levels)):
            return "these classes only say how it looks, so they stand on other things too"
    return ""


def _without_brackets(css: str) -> str:
    """Without what stands in round brackets; ``:nth-child(`` keeps its opening one."""
    kept, depth = [], 0
    for letter in css:
        depth += letter == "("
        if depth == 0 or (depth == 1 and letter == "("):
            kept.append(letter)
        depth -= letter == ")" and depth > 0
    return "".join(kept)


def _hidden(escape: re.Match[str]) -> str:
    """An escaped letter as one that means nothing in a selector."""
    return _ESCAPED.get(escape[1], "x")


def _looks_only(compound: str) -> bool:
    """Whether nothing but utility classes is said, one of them unmistakable (with a measure)."""
    names = re.findall(_CLASS, compound)
    if not names or "".join(f".{name}" for name in names) != compound:
        return False
    plain = [name.translate(_SHOWN) for name in names]
    measured = any(re.search(r"-\d|:|-(full|screen|auto|xs|sm|lg|xl)$", name) for name in plain)
    return measured and all(re.fullmatch(_UTILITY, name, re.VERBOSE) for name in plain)
