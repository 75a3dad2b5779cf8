"""What the tests of the simulator read from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.build import container, custom_event, script

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.harness import Page

Json = dict[str, Any]
GO = custom_event("1", "go")
EVERY_EVENT = custom_event("2", ".*", regex=True)


def reading(open_page: OpenPage, *entities: Json, **options: Any) -> Page:
    """A page whose container reads its variables into window.values at each 'go' event."""
    names = [
        entity["name"]
        for entity in entities
        if "triggerId" not in entity and "tagFiringOption" not in entity
    ]
    fields = ", ".join(f"{name!r}: {{{{{name}}}}}" for name in names)
    return open_page(
        container(GO, script("read", f"window.values = {{{fields}}};", "1"), *entities), **options
    )


def values(page: Page, *messages: object) -> Json:
    """The values at a 'go' event after these messages; undefined is told from null."""
    page.push(*messages, {"event": "go"})
    shown = page.js(
        "Object.fromEntries(Object.entries(values).map(([k, v]) => "
        "[k, v === undefined ? 'UNDEFINED' : v]))"
    )
    assert isinstance(shown, dict)
    return shown


def marks(page: Page) -> list[Any]:
    """What the mark tags wrote, in their order."""
    written = page.js("window.marks || []")
    assert isinstance(written, list)
    return written


def mark_names(page: Page) -> list[str]:
    return [name for name, _ in marks(page)]
