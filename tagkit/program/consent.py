"""What waits for what: the pixel's own consent, and what a conversion wants beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.conversions import META_CONSENT

if TYPE_CHECKING:
    from tagkit.program.model import Action, Program


def base_consent(program: Program) -> tuple[str, ...]:
    """What the pixel itself needs: Meta's two types, or what all conversions agree on."""
    asked = {tuple(sorted(action.consent)) for action in program.actions if action.meta}
    return next(iter(asked)) if len(asked) == 1 else META_CONSENT


def hold_key(program: Program, action: Action) -> str:
    """The consent a conversion waits for beyond the pixel's own; empty when there is none."""
    if program.consent.mode == "off":
        return ""
    more = set(action.consent) - set(base_consent(program))
    return " ".join(sorted(more))
