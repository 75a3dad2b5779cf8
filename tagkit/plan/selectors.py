"""Whether a text can be a CSS selector: ``matches`` throws on others, and the trigger never fires.

Only how it is put together is looked at, not which names and pseudo-classes browsers know. An
open bracket at the very end, which browsers close by themselves, is a problem here: the selector
gets company (``a, a *``) on its way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.plan.scope import Scope

BAD_SELECTOR = Rule("TK227", "bad-selector", Severity.ERROR, "a CSS selector no browser can read")
RULES = (BAD_SELECTOR,)

_CLOSES = {")": "(", "]": "["}
# compiled when first met, not at every start
_PIECE = r"""(?sx) \\. | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | ."""
_COMBINATORS = (">", "+", "~")


def check_selector(css: str, scope: Scope, route: Route) -> None:
    """Say why a browser could not read the selector, at ``route``, and keep it for the rules."""
    scope.selectors.append((css, route))
    if problem := problem_of(css):
        message = f"'{css}' is not a CSS selector: {problem}"
        hint = "a browser's console tells: document.querySelector(…) must not throw"
        scope.found.say(BAD_SELECTOR, route, message, hint=hint)


def problem_of(css: str) -> str | None:
    """Why a browser could not read it, in words; None when nothing speaks against it."""
    opened: list[str] = []
    parts = [""]
    for piece in re.findall(_PIECE, css):
        if piece in ('"', "'"):
            return f"a {piece} is not closed"
        if piece in _CLOSES.values():
            opened.append(piece)
        elif piece in _CLOSES and (not opened or opened.pop() != _CLOSES[piece]):
            return f"a '{piece}' has no '{_CLOSES[piece]}'"
        elif piece in ("{", "}", ";"):
            return f"'{piece}' ends a selector"
        if piece == "," and not opened:
            parts.append("")
        else:
            parts[-1] += piece if len(piece) == 1 else "x"  # a string, an escape
    if opened:
        return f"a '{opened[-1]}' is not closed"
    for part in map(str.strip, parts):
        if not part:
            return "a side of ',' is empty"
        if part.startswith(_COMBINATORS):
            return f"nothing stands before '{part[0]}'"
        if part.endswith((*_COMBINATORS, ".", "#", ":")):
            return f"nothing stands behind '{part[-1]}'"
    return None
