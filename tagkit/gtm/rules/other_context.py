"""The container is not one for web pages.

Server, AMP and app containers have tags, triggers and variables of their own. References, names,
ids and the file's form are the same everywhere and are checked; what happens in a browser is not
asked of them. ``tagkit build`` makes web containers, which cannot be imported into these.

Before::

    "usageContext": ["SERVER"]

After::

    "usageContext": ["WEB"]

Source: ``usageContext`` in 178 exports (144 web, 33 server, 1 AMP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK407", "other-context", Severity.NOTE, "a container that is not for web pages")

_WORDS = {
    "SERVER": "a server container",
    "AMP": "a container for AMP pages",
    "ANDROID": "a container for Android apps",
    "ANDROID_SDK_5": "a container for Android apps",
    "IOS": "a container for iOS apps",
    "IOS_SDK_5": "a container for iOS apps",
}


def check(container: Container) -> Iterator[Finding]:
    """Point at the first context."""
    for index, context in enumerate(container.contexts):
        if context in _WORDS:
            yield Finding(
                RULE,
                (*container.version_route, "container", "usageContext", index),
                f"this is {_WORDS[context]}, not one for web pages",
                hint="its form, names and references are checked; what its tags send is not",
            )
            return
