"""A custom event trigger tests something else than the name of the event.

GTM compares ``{{_event}}`` with the name that was pushed. Everything else belongs in ``filter``.

Before::

    "customEventFilter": [{"type": "EQUALS", "parameter": [
        {"type": "TEMPLATE", "key": "arg0", "value": "{{Page Path}}"}, ...]}]

After::

    "customEventFilter": [{"type": "EQUALS", "parameter": [
        {"type": "TEMPLATE", "key": "arg0", "value": "{{_event}}"}, ...]}]

Source: 952 of 952 custom event triggers in exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import items, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK434",
    "custom-event-argument",
    Severity.WARNING,
    "a custom event trigger does not test the event's name",
)


def check(container: Container) -> Iterator[Finding]:
    """Each condition on the event that has something else on its left."""
    for condition in container.conditions:
        if condition.field != "customEventFilter":
            continue
        for index, item in enumerate(items(condition.data.get("parameter"))):
            if not isinstance(item, dict) or item.get("key") != "arg0":
                continue
            value = text(item.get("value"))
            if value and value != "{{_event}}":
                yield Finding(
                    RULE,
                    (*condition.route, "parameter", index, "value"),
                    f"{condition.entity.words} tests '{value}' where GTM tests the event's name",
                    hint="write '{{_event}}', and put other conditions in 'filter'",
                )
