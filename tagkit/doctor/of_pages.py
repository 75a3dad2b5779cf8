"""What is to be said of pages, whatever plan there is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tagkit.diagnostics import Finding, Severity
from tagkit.doctor.measuring import KINDS
from tagkit.doctor.policy import META, forbidden
from tagkit.doctor.rules import CONSENT_LATE, NO_PAGE, OTHER_PAGE, POLICY, TWICE, UNSURE
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.doctor.facts import Facts, Page
    from tagkit.doctor.judge import Seen

_REFUSED, _GONE, _BUSY, _FAILED = 400, (404, 410), 429, 500
_LITTLE = 100
"""Letters below which the frames of a page are the page."""


def say_of(seen: Seen) -> Iterator[Finding]:
    """All that is wrong with one page."""
    page = seen.page
    if page.facts is None:
        message, hint = page.problem or ("the page does not open", None)
        yield Finding(NO_PAGE, (), message, hint)
        return
    yield from _answer(page)
    yield from _whole(page, page.facts)
    yield from _twice(seen)
    yield from _consent(seen)
    yield from _policy(page, page.facts)


def _answer(page: Page) -> Iterator[Finding]:
    status = page.status
    if status in _GONE:
        hint = "'page_not_found' alone is to be seen on such a page; look at the address"
        yield Finding(OTHER_PAGE, (), f"the shop says that there is no such page ({status})", hint)
    elif status >= _FAILED or status == _BUSY:
        yield Finding(NO_PAGE, (), f"the shop answers with an error ({status})", "try again later")
    elif status >= _REFUSED:
        hint = "is the address open to everybody, and to a browser that no person drives?"
        yield Finding(NO_PAGE, (), f"the shop refuses the page ({status})", hint)
    if page.at and _path(page.at) != _path(page.name):
        message = f"the page leads on to {quoted(page.at)}, and that was looked at"
        hint = (
            "a cart or a checkout may need something in the cart: save the page and name the file"
        )
        yield Finding(OTHER_PAGE, (), message, hint)


def _whole(page: Page, facts: Facts) -> Iterator[Finding]:
    if facts.is_empty:
        yield Finding(OTHER_PAGE, (), "the page is empty", "is it made by a script that failed?")
    elif facts.is_frameset or (facts.frames and facts.letters < _LITTLE):
        hint = "name the address of the frame: right click in it, 'View frame source'"
        yield Finding(OTHER_PAGE, (), "what is to be seen here is in a frame of its own", hint)
    if page.unfinished:
        message = "the page was still loading when its time was over; it was looked at as it was"
        yield Finding(UNSURE, (), message, "--timeout gives it more")
    if page.errors and not page.is_file:  # a saved page lacks scripts, so others fail
        others = f" (and {len(page.errors) - 1} more)" if len(page.errors) > 1 else ""
        message = f"a script of the page failed: {page.errors[0]}{others}"
        yield Finding(UNSURE, (), message, "what that script makes was not there to be seen")


def _twice(seen: Seen) -> Iterator[Finding]:
    containers = [one for one in seen.destinations if one.kind == "GTM"]
    for one in seen.destinations:
        if one.times > 1:
            message = f"{KINDS[one.kind]} {one.id} is set up {one.times} times: it counts double"
            yield Finding(TWICE, (), message, "keep one of them")
    if len(containers) > 1:
        ids = " and ".join(one.id for one in containers)
        message = f"there are {len(containers)} containers: {ids}"
        hint = "what both of them send counts double"
        yield Finding(TWICE, (), message, hint, severity=Severity.NOTE)
    for one in seen.destinations:
        if containers and one.own and one.kind in ("G", "pixel"):
            name, beside = f"{KINDS[one.kind]} {one.id}", containers[0].id
            message = f"{name} is set up by the page itself, beside {beside}"
            hint = "what the container sends to the same ID counts double"
            yield Finding(TWICE, (), message, hint, severity=Severity.NOTE)


def _consent(seen: Seen) -> Iterator[Finding]:
    if seen.consent.default == "after":
        message = "the default of Consent Mode comes after GTM has begun"
        yield Finding(CONSENT_LATE, (), message, "put it above the snippet of GTM")


def _policy(page: Page, facts: Facts) -> Iterator[Finding]:
    """A container that is let in and may not do all is as silent as one that is shut out."""
    things = forbidden([page.policy, *facts.attributes[META]])
    if things:
        message = f"the Content-Security-Policy of the page forbids {', '.join(things)}"
        hint = (
            "script-src needs https://www.googletagmanager.com, a nonce for the snippet of GTM (or "
            "'unsafe-inline'), and 'unsafe-eval' for Custom JavaScript variables"
        )
        yield Finding(POLICY, (), message, hint)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return address
