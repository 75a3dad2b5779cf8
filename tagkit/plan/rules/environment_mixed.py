"""An environment that is the live site, or is said twice.

``environments`` keep the visits of a test site out of the reports. One with the live measurement ID
mixes them in; one with the live host name sends the customers' visits to the test property; of a
host name that stands there twice, the first ID counts.

Before::

    google_analytics:
      measurement_id: G-LIVE000001
      environments: [{hostname: test.tea.example, measurement_id: G-LIVE000001}]

After::

    google_analytics:
      measurement_id: G-LIVE000001
      environments: [{hostname: test.tea.example, measurement_id: G-TEST000001}]

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK238",
    "environment-mixed",
    Severity.WARNING,
    "an environment that is the live site, or is said twice",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the host name, or at the measurement ID."""
    live = _host(plan.business.url)
    first: dict[str, Route] = {}
    for environment in plan.ga4.environments if plan.ga4 else ():
        host, route = environment.hostname, environment.route
        if plan.ga4 and environment.measurement_id == plan.ga4.measurement_id:
            yield Finding(
                RULE, (*route[:3], "measurement_id"),
                f"this environment has the live measurement ID, '{plan.ga4.measurement_id}', "
                "so its visits count as customers'",
                hint="write the ID of a property for tests",
                related=((("google_analytics", "measurement_id"), "the live ID is here"),),
            )  # fmt: skip
        if live and host.removeprefix("www.") == live:
            yield Finding(
                RULE, route,
                f"'{host}' is the site itself, its visits would go to "
                f"'{environment.measurement_id}'",
                hint="leave it out: measurement_id is for all other host names",
                related=((("business", "url"), "the site is named here"),),
            )  # fmt: skip
        elif host in first:
            yield Finding(
                RULE, route, f"'{host}' stands in two environments, the first one counts",
                hint="keep one of them", related=((first[host], "the first is here"),),
            )  # fmt: skip
        first.setdefault(host, route)


def _host(url: str) -> str:
    """The host name of a URL, without www."""
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]
    return host.partition(":")[0].lower().removeprefix("www.")
