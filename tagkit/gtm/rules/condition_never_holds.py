"""A condition compares a variable with a text it can never be, so its trigger never fires.

Page URL comes without its fragment, Page Path begins with ``/`` and has no query, Page Hostname is
in lower case and nothing but the host, Click URL is the whole address also where the page's code
has a part of it, Click Text has its blanks trimmed.

Before::

    {{Page Path}} equals /shop/?page=2

After::

    {{Page Path}} equals /shop/    and    {{Page URL}} contains page=2

Source: GTM's runtime: ``__u`` and ``gtm.elementUrl`` as measured in a browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of, readings_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK458", "condition-never-holds", Severity.WARNING, "a variable can never be what is asked"
)

_Problem = tuple[str, str] | None
_WHOLE = ("EQUALS", "STARTS_WITH")
_TEXTUAL = ("EQUALS", "STARTS_WITH", "CONTAINS", "ENDS_WITH")
_NO_HOST = re.compile(r"[^\w.:%~-]|:")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+-]*(?::|\Z)")
# A pattern that is anchored to one letter, sign or escaped slash.
_BEGINS = re.compile(r"\^(?:\\(/)|([\w/]))(?![?*{])")


def check(container: Container) -> Iterator[Finding]:
    """Each condition that one text can never meet; of a negated one, that it changes nothing."""
    if not is_web(container):
        return
    readings = readings_of(container)
    for comparison in comparisons_of(container):
        reading = readings.get(comparison.variable, "")
        if not reading or not comparison.is_literal:
            continue
        found = _impossible(reading, comparison)
        if not found:
            continue
        why, hint = found
        if comparison.negate:
            then = f"a condition of {comparison.trigger.words} is always true"
        elif comparison.field == "autoEventFilter":
            then = f"{comparison.trigger.words} is never switched on"
        else:
            then = f"{comparison.trigger.words} never fires"
        yield Finding(RULE, comparison.right_route, f"{then}: {why}", hint=hint)


def _impossible(reading: str, comparison: Comparison) -> _Problem:
    name, right, word = comparison.variable, comparison.right, comparison.type
    if word == "MATCH_REGEX":
        return _pattern(reading, name, right)
    if word not in _TEXTUAL:
        return None
    match reading:
        case "PAGE_URL":
            return _page_url(name, right, word)
        case "PAGE_PATH":
            return _page_path(name, right, word)
        case "PAGE_HOSTNAME":
            return _page_hostname(name, right)
        case "QUERY" | "FRAGMENT" if word in _WHOLE:
            sign = "?" if reading == "QUERY" else "#"
            if right.startswith(sign):
                return f"'{name}' comes without the '{sign}'", f"write '{right[1:]}'"
        case "CLICK_URL" | "FORM_URL" if word in _WHOLE and right:
            return _element_url(name, right)
        case "CLICK_TEXT" | "FORM_TEXT":
            return _element_text(name, right, word)
        case "EVENT" if word == "EQUALS":
            return _event(right)
    return None


def _page_url(name: str, right: str, word: str) -> _Problem:
    if "#" in right:
        return (
            f"'{name}' comes without '#' and what follows it, and is compared with '{right}'",
            "compare a URL variable with the component Fragment, or New History Fragment",
        )
    if word in _WHOLE and right and not _begins("http", right) and not _begins("file:", right):
        return (
            f"'{name}' is the whole address with https://, and is compared with '{right}'",
            "use Page Path or Page Hostname, or write 'contains'",
        )
    return None


def _begins(scheme: str, right: str) -> bool:
    return right.startswith(scheme) or scheme.startswith(right)


def _page_path(name: str, right: str, word: str) -> _Problem:
    for sign, part in (("?", "query"), ("#", "fragment")):
        if sign in right:
            return (
                f"'{name}' ends before '{sign}', and is compared with '{right}'",
                f"compare the path alone; the {part} is a URL variable of its own",
            )
    if word in _WHOLE and not right.startswith("/") and (right or word == "EQUALS"):
        return (
            f"'{name}' begins with '/', and is compared with '{right}'",
            f"write '/{right}', or 'contains'" if "://" not in right else "compare Page URL",
        )
    return None


def _page_hostname(name: str, right: str) -> _Problem:
    if right != right.lower():
        return (
            f"'{name}' is in lower case, and is compared with '{right}'",
            f"write '{right.lower()}'",
        )
    if sign := _NO_HOST.search(right):
        return (
            f"'{name}' is the host alone, without '{sign.group()}', and is compared with '{right}'",
            "leave out the scheme, the port and the path",
        )
    return None


def _element_url(name: str, right: str) -> _Problem:
    if _ADDRESS.match(right):
        return None
    return (
        f"'{name}' is always the whole address, and is compared with '{right}'",
        "write 'contains' or 'ends with', or the address with https://",
    )


def _element_text(name: str, right: str, word: str) -> _Problem:
    starts = right[:1].isspace() and word in _WHOLE
    ends = right[-1:].isspace() and word in ("EQUALS", "ENDS_WITH")
    inside = re.search(r"\s\s|[\n\r\t]", right.strip(" "))
    if starts or ends or inside:
        return (
            f"'{name}' has its blanks trimmed, and is compared with {right!r}",
            f"write '{' '.join(right.split())}'",
        )
    return None


def _event(right: str) -> _Problem:
    if not right.strip():
        return "the name of its event is empty", "write the name that the page pushes"
    if right != right.strip():
        return (
            f"the blank at the end of '{right}' is part of the name"
            if right[-1:].isspace()
            else f"the blank before '{right.strip()}' is part of the name",
            f"write '{right.strip()}'",
        )
    return None


def _pattern(reading: str, name: str, pattern: str) -> _Problem:
    begins = _BEGINS.match(pattern)
    if begins is None or "|" in pattern:
        return None
    first = begins[1] or begins[2]
    if reading == "PAGE_PATH" and first != "/":
        return (
            f"'{name}' begins with '/', and '{pattern}' begins with '{first}'",
            "write '^/…', or compare Page URL",
        )
    if reading in ("PAGE_URL", "CLICK_URL", "FORM_URL") and first == "/":
        return (
            f"'{name}' is the whole address with https://, and '{pattern}' begins with '/'",
            "leave out the '^', or compare the path alone",
        )
    if reading == "PAGE_HOSTNAME" and first == "/":
        return f"'{name}' has no '/'", "compare Page Path"
    return None
