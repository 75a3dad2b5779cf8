"""A tag loads a vendor's script whatever the visitor has answered to the consent banner.

Google's tags read consent by themselves; no other tag does, unless its consent settings name the
types it needs, its trigger waits for the banner, or its code asks. ``NOT_SET`` is what a tag has
that nobody looked at; ``NOT_NEEDED`` is an answer, and is respected. A tag that only queues events
(``fbq('track', …)``) loads nothing and needs nothing. Of a tag that only an event of the page's own
fires it is a note: the page may push that event after the answer.

Before::

    "consentSettings": {"consentStatus": "NOT_SET"}

After::

    "consentSettings": {"consentStatus": "NEEDED",
                        "consentType": {"type": "LIST",
                                        "list": [{"type": "TEMPLATE", "value": "ad_storage"}]}}

Source: Google, consent mode: products with built-in checks; additional consent checks. GTM writes
consentSettings since 2022: a file where no tag has any is only a note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.ga4.recommended import OTHER, REQUIRED
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, mapping, text
from tagkit.gtm.links import sequence, trigger_ids
from tagkit.gtm.markup import without_comments
from tagkit.gtm.meta_tags import live_tags
from tagkit.gtm.vendors import vendor_in, vendor_of_type
from tagkit.words import both, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK495",
    "vendor-without-consent",
    Severity.WARNING,
    "a tag loads a vendor's script whatever the visitor has answered",
)

# Words of banners and of code that asks them; in names of triggers, of variables, and in code.
_ASKS = re.compile(
    r"consent|cookie|gdpr|(?<![a-z])rodo|zgod|onetrust|optanon|usercentrics|didomi|iubenda|tcfapi|cmp|"
    r"axeptio|complianz|klaro|tarteaucitron|osano|trustarc|termly|accept|privacy|opt.?(?:in|out)",
    re.IGNORECASE,
)
_ASKS_IN_CODE = re.compile(
    r"consent|cookiebot|cookieyes|onetrust|optanon|usercentrics|didomi|iubenda|__tcfapi|axeptio",
    re.IGNORECASE,
)
# Events that a shop pushes whatever the visitor has answered.
_COMMON = ECOMMERCE_EVENTS | OTHER | frozenset(REQUIRED) | {"page_view"}
_HINT = (
    "set the tag's consent settings to NEEDED with the types it needs, such as ad_storage, "
    "or to NOT_NEEDED if you have decided that it needs none"
)


class _Load(NamedTuple):
    tag: Entity
    route: Route
    own_event: bool
    """Whether only events that the page pushes, by names of its own, fire the tag."""


def check(container: Container) -> Iterator[Finding]:
    """The first tag of each vendor, and how many more there are."""
    templates = dict(_templates(container))
    triggers: _Triggers | None = None
    found: dict[str, list[_Load]] = {}
    for tag in live_tags(container):
        consent = mapping(tag.data.get("consentSettings"))
        status = text(consent.get("consentStatus"))
        if status not in {"", "NOT_SET"}:
            continue
        vendor = _vendor(tag, templates)
        if not vendor:
            continue
        triggers = _triggers(container) if triggers is None else triggers
        if fires := _fires_without_asking(tag, triggers):
            route = (*tag.route, "consentSettings") if consent else tag.name_route
            load = _Load(tag, route, own_event=fires <= triggers.own)
            found.setdefault(vendor, []).append(load)
    if not any(tag.data.get("consentSettings") for tag in container.of("tag")):
        yield from _old(found)
        return
    for vendor, loads in found.items():
        first = min(loads, key=lambda load: load.own_event)
        others = f", and so {_do(len(loads) - 1)}" if len(loads) > 1 else ""
        if first.own_event:
            yield Finding(
                RULE,
                first.route,
                f"{first.tag.words} loads {vendor} on an event of the page's own{others}: only the "
                "page can see to it that the visitor has agreed by then",
                hint=_HINT,
                severity=Severity.NOTE,
            )
            continue
        yield Finding(
            RULE,
            first.route,
            f"{first.tag.words} loads {vendor} whatever the visitor has answered to the consent "
            f"banner{others}",
            hint=_HINT,
        )


def _do(number: int) -> str:
    return f"{'does' if number == 1 else 'do'} {count(number, 'other tag')}"


def _old(found: Mapping[str, list[_Load]]) -> Iterator[Finding]:
    if found:
        first = next(iter(found.values()))[0]
        yield Finding(
            RULE,
            first.route,
            f"no tag of this file has consent settings, and {both(list(found))} "
            f"{'is' if len(found) == 1 else 'are'} loaded whatever the visitor has answered",
            hint="the file is older than these settings, or was not written by GTM: set them "
            "after the import",
            severity=Severity.NOTE,
        )


def _vendor(tag: Entity, templates: Mapping[str, str]) -> str:
    """The vendor whose script the tag loads; "" when none, or when its code asks for consent."""
    code = tag.type.removeprefix(vocabulary.TEMPLATE_TYPE_PREFIX)
    if code != tag.type:
        _, separator, local = code.rpartition("_")
        vendor = templates.get(local if separator else code, "")
        return "" if vendor and _template_asks(tag) else vendor
    key = {"html": "html", "img": "url"}.get(tag.type)
    if key is None:
        return vendor_of_type(tag.type)
    parameter = tag.parameter(key)
    if parameter is None or not vendor_in(parameter.value):
        return ""
    runs = without_comments(parameter.value)
    return "" if _ASKS_IN_CODE.search(runs) else vendor_in(runs)


def _template_asks(tag: Entity) -> bool:
    """Whether the tag passes an answer of its own: a variable, or the template's consent mode."""
    answer, mode = tag.parameter("consent"), tag.parameter("enableConsentMode")
    return (answer is not None and "{{" in answer.value) or (
        mode is not None and mode.value == "true"
    )


def _templates(container: Container) -> Iterator[tuple[str, str]]:
    """The ids of the templates that load a vendor's script and do not ask for consent."""
    for entity in container.of("customTemplate"):
        code = text(entity.data.get("templateData"))
        _, _, permissions = code.partition("___WEB_PERMISSIONS___")
        vendor = vendor_in(permissions)
        # Stape's asks only when it is told to: the tag says.
        if vendor and ("enableConsentMode" in code or "access_consent" not in code):
            gallery = mapping(entity.data.get("galleryReference"))
            yield id_text(entity.data.get("templateId")), vendor
            if public := text(gallery.get("galleryTemplateId")):
                yield public, vendor


class _Triggers(NamedTuple):
    waiting: frozenset[str]
    """Those whose name or conditions speak of consent."""
    own: frozenset[str]
    """Those on events of the page's own, by names that nobody but the page knows."""
    of_setups: Mapping[str, frozenset[str]]
    """By the name of a tag: the triggers of the tags before or after which it runs."""


def _triggers(container: Container) -> _Triggers:
    waiting = {trigger.id for trigger in container.of("trigger") if _ASKS.search(trigger.name)}
    known: set[str] = set()
    for parameter in container.parameters:
        entity = parameter.entity
        if entity.kind == "trigger":
            if _ASKS.search(parameter.value):
                waiting.add(entity.id)
            if parameter.value in _COMMON:
                known.add(entity.id)
    custom = {trigger.id for trigger in container.of("trigger") if trigger.type == "CUSTOM_EVENT"}
    setups: dict[str, set[str]] = {}
    for tag in live_tags(container):
        asks = waiting.intersection(trigger_ids(tag, "blockingTriggerId"))
        if asks or mapping(tag.data.get("consentSettings")).get("consentStatus") == "NEEDED":
            continue
        for key in ("setupTag", "teardownTag"):
            for name in sequence(tag, key):
                setups.setdefault(name, set()).update(trigger_ids(tag, "firingTriggerId"))
    return _Triggers(
        frozenset(waiting),
        frozenset(custom - known),
        {name: frozenset(ids) for name, ids in setups.items()},
    )


def _fires_without_asking(tag: Entity, triggers: _Triggers) -> frozenset[str]:
    """The triggers that do not wait for an answer; none where an exception does."""
    blocked = frozenset(trigger_ids(tag, "blockingTriggerId"))
    fires = frozenset(trigger_ids(tag, "firingTriggerId"))
    if not fires or blocked & triggers.waiting:
        return frozenset()
    return (fires | triggers.of_setups.get(tag.name, frozenset())) - triggers.waiting
