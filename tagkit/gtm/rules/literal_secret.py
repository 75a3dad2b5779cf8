"""An access token or API secret is written out in the container.

Who reads the export, a colleague, a repository, a support ticket, can send conversions or read
data in the owner's name. A token in a web container is sent to every visitor besides.

Before::

    {"type": "TEMPLATE", "key": "accessToken", "value": "EAAB…"}

After::

    {"type": "TEMPLATE", "key": "accessToken", "value": "{{Meta access token}}"}

Source: 12 exports in public repositories hold a token of the Conversions API.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity, Parameter

RULE = Rule("TK471", "literal-secret", Severity.WARNING, "a secret is written out in the container")

_KEYS = frozenset(
    {"accesstoken", "apiaccesstoken", "apisecret", "apitoken", "authtoken", "bearertoken",
     "clientsecret", "secretkey", "secretaccesskey"}
)  # fmt: skip
# Of Meta, Stripe, Slack, GitHub, Telegram; and the one of GA4's Measurement Protocol in code.
_SHAPES = re.compile(
    r"(?<![\w-])(?:EAA[A-Za-z0-9]{60,}|sk_live_[A-Za-z0-9]{16,}|xox[abp]-[\w-]{20,}"
    r"|gh[ps]_[A-Za-z0-9]{36}|[0-9]{8,10}:AA[\w-]{33})(?![\w-])"
    r"|api_secret['\"]?\s*[=:]\s*['\"]?(?P<ga4>[A-Za-z0-9_-]{22})(?![\w-])"
)
_HINTS = ("EAA", "sk_live_", "xox", "ghp_", "ghs_", ":AA", "api_secret")
_LONG = re.compile(r"[A-Za-z0-9_.|:/+=-]{16,}")
_PLACEHOLDER = re.compile(
    r"your|token|secret|replace|example|xxx|change|insert|paste|todo", re.IGNORECASE
)
_FEWEST = 10
_VARIABLE = re.compile(r"\{\{([^{}\r\n]+)\}\}")


def check(container: Container) -> Iterator[Finding]:
    """Each place with a value that is one; the message never repeats it."""
    constants = {
        variable.name: value
        for variable in container.of("variable")
        if variable.type == "c" and (value := variable.parameter("value"))
    }
    said: set[Route] = set()
    for parameter in container.parameters:
        place = _secret(parameter, constants, on_server="SERVER" in container.contexts)
        if place is None or place.value_route in said:
            continue
        said.add(place.value_route)
        yield Finding(
            RULE,
            place.value_route,
            f"{place.entity.words} holds a secret in clear text ({_what(parameter)}): whoever "
            "reads this file can use it",
            hint="withdraw it, make a new one, and keep that out of the file you share",
        )


def _secret(
    parameter: Parameter, constants: dict[str, Parameter], *, on_server: bool
) -> Parameter | None:
    """The parameter that holds one: this, or the constant it takes its value from."""
    value = parameter.value
    if any(hint in value for hint in _HINTS) and (found := _SHAPES.search(value)):
        secret = found["ga4"] or found[0]
        return None if _is_plain(secret) or _PLACEHOLDER.search(secret) else parameter
    key = text(parameter.data.get("key")).replace("_", "").lower()
    # Some vendors' access tokens are made to be public, in pages.
    if key not in _KEYS or (key == "accesstoken" and not on_server):
        return None
    alone = _VARIABLE.fullmatch(value.strip())
    holder = constants.get(alone[1]) if alone else parameter
    if holder is None or not _LONG.fullmatch(holder.value.strip()):
        return None
    return None if _PLACEHOLDER.search(holder.value) or _is_plain(holder.value) else holder


def _is_plain(value: str) -> bool:
    """Whether it is filled up with one letter: EAAxxxxxxxx."""
    return len(set(value)) < _FEWEST


def _what(parameter: Parameter) -> str:
    entity: Entity = parameter.entity
    if entity.type in {"html", "jsm"}:
        return "in its code"
    return f"'{parameter.data.get('key')}'"
