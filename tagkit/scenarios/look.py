"""A container without scenarios: one that opens a page and expects nothing, to see what happens."""

from __future__ import annotations

from pathlib import Path

from tagkit.scenarios.model import Does, Place, Scenario, Step

PAGE = "shop:/"


def look(name: str) -> Scenario:
    """Open the demo shop."""
    place = Place(name)
    return Scenario("the demo shop is opened", (Step(Does.OPEN, PAGE, place),), place, Path())
