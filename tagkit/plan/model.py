"""A plan whose names mean something: the value that ``resolve`` gives and ``compile`` takes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.values import Op, Source, ValueType


class Kind(StrEnum):
    """The goal, a step towards it, or what stands in the way."""

    MACRO = "macro"
    MICRO = "micro"
    ANTI = "anti"


class Role(StrEnum):
    """What a micro-conversion is to the goal."""

    FUNNEL = "funnel"
    SECONDARY = "secondary"


class Once(StrEnum):
    """How often a conversion may count."""

    EVENT = "event"
    PAGE = "page"
    UNLIMITED = "unlimited"


class TriggerKind(StrEnum):
    """The kinds of triggers of the plan language."""

    EVENT = "event"
    PAGE_VIEW = "page_view"
    DOM_READY = "dom_ready"
    WINDOW_LOADED = "window_loaded"
    INITIALIZATION = "initialization"
    CLICK = "click"
    LINK_CLICK = "link_click"
    FORM_SUBMIT = "form_submit"
    ELEMENT_VISIBLE = "element_visible"
    SCROLL = "scroll"
    TIMER = "timer"
    HISTORY_CHANGE = "history_change"
    JS_ERROR = "js_error"
    YOUTUBE = "youtube"
    ALL = "all"


class Test(NamedTuple):
    """One test of a condition as written: any of ``values`` satisfies it.

    ``route`` is the place of the value, or of the list of them. ``itself``: the innermost node of
    a click, as GTM sees it. ``refers``: the value is text with ``{{references}}`` of the container.
    ``undefined``: what is undefined is tested as that word.
    """

    subject: Source
    op: Op
    values: tuple[str, ...]
    negate: bool = False
    ignore_case: bool = False
    route: Route = ()
    itself: bool = False
    refers: bool = False
    undefined: bool = False


class EventSettings(NamedTuple):
    """Which data layer events: any of ``names``, or those that pass ``op``."""

    names: tuple[str, ...]
    op: Op


class ActionSettings(NamedTuple):
    """A click or a form: how long to hold the navigation (ms, 0 not at all)."""

    css: str = ""
    wait_for_tags: int = 0
    check_validation: bool = False
    pages: tuple[Test, ...] | None = None


class VisibilitySettings(NamedTuple):
    """Which element, how much of it (percent), for how long (ms in all), how often."""

    css: str = ""
    percent: float = 50
    time: int = 0
    repeat: str = "once"
    watch_dom: bool = True


class ScrollSettings(NamedTuple):
    """How far: percent or pixels."""

    thresholds: tuple[float, ...]
    pixels: bool = False
    horizontal: bool = False


class TimerSettings(NamedTuple):
    """Every ``interval`` ms, ``limit`` times (0: endlessly)."""

    interval: int
    limit: int = 0
    pages: tuple[Test, ...] | None = None


class VideoSettings(NamedTuple):
    """What of an embedded YouTube video counts."""

    start: bool = False
    complete: bool = False
    pause: bool = False
    percent: tuple[float, ...] = ()
    seconds: tuple[float, ...] = ()
    load_api: bool = True


Settings = (
    EventSettings
    | ActionSettings
    | VisibilitySettings
    | ScrollSettings
    | TimerSettings
    | VideoSettings
    | None
)


class Trigger(NamedTuple):
    """When something happens. ``members`` is for ALL only; ``route`` is its place in the plan."""

    kind: TriggerKind
    settings: Settings = None
    where: tuple[Test, ...] = ()
    members: tuple[Trigger, ...] = ()
    route: Route = ()


class Parameter(NamedTuple):
    """A name and where its value comes from, with the data layer contract about it.

    ``route`` is its place in the plan, or that of the conversion whose catalog entry has it.
    """

    name: str
    source: Source
    type: ValueType | None = None
    required: bool = False
    description: str = ""
    example: object = None
    route: Route = ()


Parameters = tuple[Parameter, ...]


class Ga4Event(NamedTuple):
    """What GA4 gets. The name is empty when it is ``named_by`` a source.

    ``ecommerce``, ``consent``, ``measurement_id``: None when the author leaves them to the plan.
    ``shared``: with what the plan sends with every event.
    """

    name: str
    key_event: bool
    parameters: Parameters
    named_by: Source | None = None
    measurement_id: Source | None = None
    ecommerce: bool | None = None
    consent: tuple[str, ...] | None = None
    user_properties: Parameters = ()
    user_data: Source | None = None
    shared: bool = True


class MetaEvent(NamedTuple):
    """What Meta gets: ``track`` for a standard event, ``trackCustom`` otherwise.

    The name is empty when it is ``named_by`` a source. ``event_id`` is the event's own one.
    ``pixel_ids``: only these; none of them is all.
    """

    name: str
    standard: bool
    properties: Parameters
    named_by: Source | None = None
    own_event_id: bool = False
    event_id: Source | None = None
    pixel_ids: tuple[str, ...] = ()


class CustomerEvent(NamedTuple):
    """An event of Shopify's checkout that stands for a conversion of the catalog.

    ``alerts``: of alert_displayed only these types.
    """

    conversion: str
    name: str
    alerts: tuple[str, ...] = ()


class Conversion(NamedTuple):
    """One conversion, with everything filled in. ``route`` is its place in the plan.

    ``needs_push`` is true when the catalog has no sure way without the shop's own push. ``said``
    are the keys that the author wrote.
    """

    id: str
    kind: Kind
    role: Role | None
    step: int | None
    at: str | None
    name: str
    description: str
    triggers: tuple[Trigger, ...]
    unless: tuple[tuple[Test, ...], ...]
    once: Once
    listeners: tuple[str, ...]
    ga4: Ga4Event | None
    meta: MetaEvent | None
    consent: tuple[str, ...]
    paused: bool
    route: Route
    catalog_id: str | None = None
    catalog_kind: Kind | None = None
    needs: str = ""
    needs_push: bool = False
    said: frozenset[str] = frozenset()
    customer_events: tuple[CustomerEvent, ...] = ()


class Business(NamedTuple):
    """Whose conversions these are."""

    name: str
    url: str = ""
    platform: str = "generic"
    currency: str = ""
    language: str = "en"


class Environment(NamedTuple):
    """A host name with a measurement ID of its own. ``route`` is the host name's."""

    hostname: str
    measurement_id: str
    route: Route = ()


class Ga4Settings(NamedTuple):
    """GA4 for the whole site. The measurement ID is empty when it is ``identified_by`` a source."""

    measurement_id: str
    environments: tuple[Environment, ...] = ()
    server_container_url: str = ""
    send_page_view: bool = True
    debug: bool = False
    user_properties: Parameters = ()
    event_parameters: Parameters = ()
    settings: Parameters = ()
    identified_by: Source | None = None


class MetaSettings(NamedTuple):
    """The pixel for the whole site. ``event_id`` None: none is sent.

    ``conversions_api``: whether a server sends the same events; None when the plan does not say.
    There are no IDs when the pixel is ``identified_by`` a source. ``consent``: what it waits for;
    None leaves that to the conversions.
    """

    pixel_ids: tuple[str, ...]
    event_id: Source | None
    page_view: str = "load"
    automatic_events: bool = False
    limited_data_use: tuple[int, int] | None = None
    conversions_api: bool | None = None
    advanced_matching: Parameters = ()
    identified_by: Source | None = None
    consent: tuple[str, ...] | None = None


class RegionalConsent(NamedTuple):
    """A default for some regions."""

    regions: tuple[str, ...]
    granted: tuple[str, ...]


class ConsentDefault(NamedTuple):
    """The default snippet to put above GTM's, when no banner sets one."""

    granted: tuple[str, ...] = ()
    wait_for_update: int = 500
    ads_data_redaction: bool = False
    url_passthrough: bool = False
    regions: tuple[RegionalConsent, ...] = ()


class ConsentSettings(NamedTuple):
    """How consent decides what is sent."""

    mode: str = "advanced"
    update_events: tuple[str, ...] = ()
    page_events: tuple[str, ...] = ()
    default: ConsentDefault | None = None


class Naming(NamedTuple):
    """Patterns of entity names; ``{…}`` are placeholders."""

    prefix: str = "TK"
    tag: str = "{prefix} - {platform} - {id}"
    trigger: str = "{prefix} - {id} - {kind}"
    variable: str = "{prefix} - {kind} - {name}"
    folder: str = "{prefix} - {group}"


class ContainerIds(NamedTuple):
    """The container the file is for. The defaults are placeholders that GTM replaces."""

    account_id: str = "6000000001"
    container_id: str = "200000001"
    public_id: str = "GTM-TAGKIT1"
    name: str = ""


class Resolved(NamedTuple):
    """A plan with its names resolved and its defaults filled in.

    ``variables`` are those declared, none in a plan with an error; ``selectors`` are all that the
    author wrote, with their places.
    """

    business: Business
    ga4: Ga4Settings | None
    meta: MetaSettings | None
    consent: ConsentSettings
    naming: Naming
    container: ContainerIds
    conversions: tuple[Conversion, ...]
    variables: tuple[tuple[str, Source], ...] = ()
    selectors: tuple[tuple[str, Route], ...] = ()
