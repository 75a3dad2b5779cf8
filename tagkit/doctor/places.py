"""Whether a trigger may fire on a page at all, by its conditions on the page's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.regex import found_in
from tagkit.replay.coercion import UNDEFINED, UNKNOWN
from tagkit.replay.urls import part_of
from tagkit.values import BuiltIn, Op, Url

if TYPE_CHECKING:
    from tagkit.doctor.facts import Page
    from tagkit.plan.model import Test, Trigger

CURRENT = "prestashop.urls.current_url"
"""PrestaShop's own word for the address, which a saved page still has."""
_PARTS = {"page_path": "path", "page_url": "full", "page_hostname": "host"}


def address_of(page: Page) -> str:
    """Where the page stands: a saved one says so itself, or nobody knows."""
    if page.facts is None:
        return ""
    if not page.is_file:
        return page.facts.url
    return page.facts.canonical or page.facts.globals.get(CURRENT) or ""


def may_be_on(trigger: Trigger, page: Page) -> bool | None:
    """False when its conditions are for other pages, None when a page does not say where it is."""
    address = address_of(page)
    verdicts = [_holds(test, address) for test in trigger.where]
    return False if False in verdicts else None if None in verdicts else True


def _holds(test: Test, address: str) -> bool | None:
    subject = test.subject
    if isinstance(subject, BuiltIn) and subject.name in _PARTS:
        subject = Url(_PARTS[subject.name])
    if not isinstance(subject, Url) or subject.of is not None or test.refers:
        return True  # none of the page's address
    value = part_of(address, subject.part, subject.key)
    if value is UNKNOWN:
        return None
    text = "undefined" if value is UNDEFINED else str(value)
    verdicts = [_passes(test, wanted, text) for wanted in test.values]
    if True not in verdicts and None in verdicts:
        return True  # left to a browser: nothing speaks against it
    return (True in verdicts) is not test.negate


def _passes(test: Test, wanted: str, text: str) -> bool | None:
    """One comparison; None where it is left to a browser."""
    match test.op:
        case Op.EQUALS:
            return text == wanted
        case Op.CONTAINS:
            return wanted in text
        case Op.STARTS_WITH:
            return text.startswith(wanted)
        case Op.ENDS_WITH:
            return text.endswith(wanted)
        case Op.MATCHES:
            return found_in(wanted, text, ignore_case=test.ignore_case)
    return None
