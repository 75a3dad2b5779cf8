"""A built-in variable is used and not enabled by the file.

Built-in variables must be switched on. An export lists those that are, and the import switches
them on; one that is not listed stays off in a container that never used it, and its value is
undefined.

Before::

    "tag": [... "{{Click URL}}" ...], "builtInVariable": []

After::

    "builtInVariable": [{"accountId": "1", "containerId": "2", "type": "CLICK_URL",
                         "name": "Click URL"}]

Source: complete exports list every built-in variable they use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import items, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.vocabulary import BuiltIn

RULE = Rule(
    "TK414",
    "built-in-not-listed",
    Severity.WARNING,
    "a built-in variable is used and not enabled by the file",
)


def check(container: Container) -> Iterator[Finding]:
    """One finding for each name, at the first place that uses it."""
    waiting = unlisted(container)
    # TK434 says what belongs there.
    names_of_events = {
        (*condition.route, "parameter", index, "value")
        for condition in container.conditions
        if condition.field == "customEventFilter"
        for index, item in enumerate(items(condition.data.get("parameter")))
        if mapping(item).get("key") == "arg0"
    }
    for reference in container.references:
        if reference.route in names_of_events:
            continue
        built_in = waiting.pop(reference.name, None)
        if built_in is not None:
            yield Finding(
                RULE,
                reference.route,
                f"'{{{{{reference.name}}}}}', used in {reference.entity.words}, "
                "is a built-in variable that the file does not enable",
                hint=f'add {{"type": "{built_in.type}", "name": "{built_in.name}"}} '
                "to 'builtInVariable'",
            )


def unlisted(container: Container) -> dict[str, BuiltIn]:
    """The built-in variables by name that could be meant by a name that is no variable."""
    known = container.names["variable"] | container.built_ins
    contexts = set(container.contexts) or {vocabulary.WEB}
    return {
        built_in.name: built_in
        for built_in in vocabulary.BUILT_INS.values()
        if built_in.name not in known and contexts.intersection(built_in.contexts)
    }
