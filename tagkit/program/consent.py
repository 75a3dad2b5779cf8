"""What waits for what: the pixel's own consent, and what a conversion wants beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.conversions import META_CONSENT

if TYPE_CHECKING:
    from tagkit.plan.model import Resolved


def pixel_consent(resolved: Resolved) -> tuple[str, ...]:
    """What the pixel itself needs: what the plan says, else what all conversions agree on.

    Empty when nothing waits for consent.
    """
    if resolved.consent.mode == "off":
        return ()
    if resolved.meta is not None and resolved.meta.consent is not None:
        return tuple(sorted(resolved.meta.consent))
    asked = {tuple(sorted(c.consent)) for c in resolved.conversions if c.meta}
    return next(iter(asked)) if len(asked) == 1 else META_CONSENT


def beyond(asked: tuple[str, ...], pixel: tuple[str, ...], mode: str) -> tuple[str, ...]:
    """The consent a conversion waits for when the pixel has already its own."""
    return () if mode == "off" else tuple(sorted(set(asked) - set(pixel)))
