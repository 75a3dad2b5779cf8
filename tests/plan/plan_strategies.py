"""Random plans, made from the plan language."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tagkit.plan.banners import BANNERS

Json = Any

# --- words: ordinary ones, and those that have broken something somewhere

HOSTILE = (
    "</script><script>alert(1)</script>", "<!--", "{{Page URL}}", "{{", "}}", "'", '"', "\\", "\\'",
    "\u2028", "\u00a0", "ż", "🍵", "a\nb", " ", "${x}", "`", "%}", "{{ x }}", "{% raw %}", "undefined",
    "null", "0", 'a:b;c<d>e"f', "x" * 120,
)  # fmt: skip
NAMES = st.sampled_from(("guide", "page_type", "price", "plan", "kind", "author", "level"))
KEYS = st.sampled_from(("page.type", "ecommerce.value", "user", "items.0.id", "a b", "order-id"))
TEXTS = st.sampled_from(("tea", "/cart", "Sencha", "a.b", "/(x)", *HOSTILE))
WRITTEN = TEXTS | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12
)
NUMBERS = st.sampled_from((0, 1, -3, 0.5, 1e21, 1e-9, 1_000_000)) | st.integers(-(10**6), 10**6)
SCALARS = WRITTEN | NUMBERS | st.booleans()
SELECTORS = st.sampled_from(
    (".guide a", "#x", "a[href*=',']", ".a, .b > i", "[data-x='\"']", ":is(a, b)")
)
CONSENTS = st.lists(
    st.sampled_from(("ad_storage", "analytics_storage", "ad_user_data", "functionality_storage")),
    unique=True,
)
BUILT_INS = st.sampled_from(
    (
        "page_url", "page_hostname", "page_path", "page_referrer", "event", "click_element",
        "click_classes", "click_id", "click_target", "click_url", "click_text", "form_element",
        "form_classes", "form_id", "form_target", "form_url", "form_text", "error_message",
        "error_url", "error_line", "new_history_fragment", "old_history_fragment",
        "new_history_state", "old_history_state", "history_source", "scroll_depth_threshold",
        "scroll_depth_units", "scroll_direction", "percent_visible", "on_screen_duration",
        "video_provider", "video_url", "video_title", "video_duration", "video_percent",
        "video_visible", "video_status", "video_current_time", "container_id",
        "container_version", "debug_mode", "random_number", "environment_name",
    )
)  # fmt: skip
VARIABLES = ("shelf", "Tea kind", "x.y-z")
PATTERNS = st.sampled_from(
    (r"^/p/\d+$", "a|b", ".+", r"(\w+)-(\d+)", "[.]pdf", "undefined", "(?!x)y")
)

# --- sources

_OPTIONS: dict[str, st.SearchStrategy[Json]] = {
    "default": SCALARS,
    "type": st.sampled_from(("string", "number", "integer", "boolean", "currency", "items")),
    "required": st.booleans(),
    "description": WRITTEN | st.fixed_dictionaries({"pl": WRITTEN}),
    "example": SCALARS,
    "format": st.fixed_dictionaries(
        {},
        optional={
            "case": st.sampled_from(("lower", "upper")),
            "null_as": SCALARS,
            "undefined_as": SCALARS,
            "true_as": SCALARS,
            "false_as": SCALARS,
        },
    ),
}


def _one(**kind: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(kind, optional=_OPTIONS)


def _with(kind: dict[str, Any], options: dict[str, Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(kind, optional=options | _OPTIONS)


def _sources(inner: st.SearchStrategy[Json], *, named: bool) -> st.SearchStrategy[Json]:
    lookup = {"input": inner, "table": st.dictionaries(WRITTEN, inner, min_size=1, max_size=3)}
    regex = {"input": inner, "table": st.dictionaries(PATTERNS, inner, min_size=1, max_size=3)}
    flags = {name: st.booleans() for name in ("full_match", "ignore_case", "replace")}
    kinds = [
        _one(value=SCALARS),
        _with({"data_layer": KEYS | WRITTEN}, {"version": st.sampled_from((1, 2))}),
        _one(
            ecommerce=st.sampled_from(
                (
                    "value", "currency", "items", "transaction_id", "coupon", "tax", "shipping",
                    "content_ids", "contents", "num_items",
                )
            )
        ),
        _with(
            {
                "url": st.sampled_from(
                    (
                        "full", "protocol", "host", "port", "path", "extension", "fragment",
                        "query", "query.q", "query.a.b", "query.{{",
                    )
                )
            },
            {"of": inner},
        ),
        _with({"cookie": WRITTEN}, {"decode": st.booleans()}),
        _with({"css": SELECTORS}, {"attribute": WRITTEN}),
        _one(click=st.sampled_from(("text", "url", "id", "classes", "target"))),
        _one(form=st.sampled_from(("text", "url", "id", "classes", "target"))),
        _one(built_in=BUILT_INS),
        _one(
            javascript=st.sampled_from(
                (
                    "function() { return 1; }",
                    "function () {\n  // why\n  return '</script>';\n}\n",
                    "function() { return {{Page URL}}; }",
                )
            )
        ),
        _one(**{"global": st.sampled_from(("window.a.b", "shop", "a.0"))}),
        _one(lookup=st.fixed_dictionaries(lookup, optional={"default": inner})),
        _one(regex_lookup=st.fixed_dictionaries(regex, optional={"default": inner} | flags)),
        _one(gtm=st.sampled_from(("{{X}}", "a {{X}} b {{Y}}", "{{X}}{{Y}}"))),
    ]  # fmt: skip
    if named:
        kinds.append(_one(variable=st.sampled_from(VARIABLES)))
    return SCALARS | st.one_of(kinds)


def _nested(*, named: bool) -> st.SearchStrategy[Json]:
    return _sources(_sources(SCALARS, named=named), named=named)


SOURCES = _nested(named=True)
PARAMETERS = st.dictionaries(
    NAMES | st.sampled_from(("value", "currency", "order_id", "transaction_id", "items")),
    SOURCES,
    max_size=4,
)

# --- conditions

_OPERANDS = WRITTEN | NUMBERS | st.booleans() | st.lists(SCALARS, min_size=1, max_size=3)


def _test(subject_is_element: bool) -> st.SearchStrategy[Json]:
    operators: dict[str, st.SearchStrategy[Json]] = {
        "equals": _OPERANDS,
        "contains": _OPERANDS,
        "starts_with": _OPERANDS,
        "ends_with": _OPERANDS,
        "matches": PATTERNS | st.lists(PATTERNS, min_size=1, max_size=2),
        "greater": NUMBERS,
        "greater_or_equal": NUMBERS,
        "less": NUMBERS,
        "less_or_equal": NUMBERS,
    }
    if subject_is_element:
        operators["css"] = SELECTORS
    one = st.one_of(
        [
            st.fixed_dictionaries({name: said}, optional={"ignore_case": st.booleans()})
            for name, said in operators.items()
        ]
    )
    two = st.fixed_dictionaries({"starts_with": _OPERANDS, "not": one})
    return _OPERANDS | one | two | st.fixed_dictionaries({"not": one | _OPERANDS})


_GROUPS = {
    "data_layer": KEYS | WRITTEN,
    "cookie": WRITTEN,
    "query": WRITTEN,
    "variable": st.sampled_from(VARIABLES),
    "gtm": st.sampled_from(("{{X}}", "{{X}} and {{Y}}", "text")),
}
_TEXT_SUBJECTS = BUILT_INS.filter(lambda name: not name.endswith("_element"))
CONDITION = st.one_of(
    st.dictionaries(_TEXT_SUBJECTS, _test(subject_is_element=False), min_size=1, max_size=2),
    st.dictionaries(
        st.sampled_from(("click_element", "form_element")),
        _test(subject_is_element=True),
        min_size=1,
        max_size=1,
    ),
    *(
        st.fixed_dictionaries(
            {group: st.dictionaries(keys, _test(subject_is_element=False), min_size=1, max_size=2)}
        )
        for group, keys in _GROUPS.items()
    ),
)
CONDITIONS = CONDITION | st.lists(CONDITION, min_size=1, max_size=2)

# --- triggers

_WHERE = {"where": CONDITIONS}
_WAITING = _WHERE | {
    "css": SELECTORS,
    "id": WRITTEN,
    "wait_for_tags": st.booleans() | st.integers(1, 10_000),
    "check_validation": st.booleans(),
}
_THRESHOLDS = st.sampled_from((1, 25, 100)) | st.lists(
    st.sampled_from((10, 50, 90)), min_size=1, max_size=3, unique=True
)


def _kinds(settings: dict[str, st.SearchStrategy[Json]]) -> st.SearchStrategy[Json]:
    return st.one_of(
        [st.fixed_dictionaries({kind: said}, optional=_WHERE) for kind, said in settings.items()]
    )


_BARE = ("page_view", "dom_ready", "window_loaded", "initialization", "history_change", "js_error")
_plain = st.none() | st.fixed_dictionaries({}, optional=_WHERE)
_ONE_TRIGGER = (
    st.sampled_from((*_BARE, "click", "link_click", "form_submit", "youtube"))
    | _kinds(dict.fromkeys(_BARE, _plain))
    | _kinds(
        {
            "event": WRITTEN
            | st.lists(WRITTEN, min_size=1, max_size=3)
            | st.one_of(
                [
                    st.fixed_dictionaries({op: said})
                    for op, said in {
                        "matches": PATTERNS,
                        "equals": _OPERANDS,
                        "starts_with": WRITTEN,
                        "ends_with": WRITTEN,
                        "contains": WRITTEN,
                    }.items()
                ]
            ),
            "click": SELECTORS
            | st.none()
            | st.fixed_dictionaries({}, optional=_WHERE | {"css": SELECTORS, "id": WRITTEN}),
            "link_click": SELECTORS | st.none() | st.fixed_dictionaries({}, optional=_WAITING),
            "form_submit": SELECTORS | st.none() | st.fixed_dictionaries({}, optional=_WAITING),
            "element_visible": SELECTORS
            | st.fixed_dictionaries(
                {"css": SELECTORS},
                optional=_WHERE
                | {
                    "id": WRITTEN,
                    "percent": st.sampled_from((1, 33.3, 100)),
                    "time": st.integers(1, 5000),
                    "repeat": st.sampled_from(("once", "per_element", "every")),
                    "watch_dom": st.booleans(),
                },
            ),
            "scroll": st.fixed_dictionaries(
                {"percent": _THRESHOLDS},
                optional=_WHERE
                | {
                    "pixels": _THRESHOLDS,
                    "direction": st.sampled_from(("vertical", "horizontal")),
                },
            ),
            "timer": st.fixed_dictionaries(
                {"interval": st.integers(1, 10**6)},
                optional=_WHERE | {"limit": st.integers(1, 9)},
            ),
            "youtube": st.fixed_dictionaries(
                {},
                optional=_WHERE
                | {
                    "start": st.booleans(),
                    "complete": st.booleans(),
                    "pause": st.booleans(),
                    "percent": _THRESHOLDS,
                    "seconds": _THRESHOLDS,
                    "load_api": st.booleans(),
                },
            ),
        }
    )
)
TRIGGER = _ONE_TRIGGER | st.fixed_dictionaries(
    {"all": st.lists(_ONE_TRIGGER, min_size=2, max_size=3)}, optional=_WHERE
)
TRIGGERS = TRIGGER | st.lists(TRIGGER, min_size=1, max_size=3)

# --- conversions and plans

CATALOG = (
    "add_to_cart", "add_to_wishlist", "begin_checkout", "chat_click", "contact_form",
    "coupon_refused", "email_click", "empty_search", "file_download", "form_error",
    "more_info_click", "newsletter_signup", "out_of_stock", "page_not_found",
    "payment_declined", "phone_click", "purchase", "share", "sign_up", "view_item",
)  # fmt: skip
_SENT = {
    "google_analytics": st.just(False)
    | st.fixed_dictionaries({}, optional={"key_event": st.booleans(), "parameters": PARAMETERS}),
    "meta_pixel": st.just(False)
    | st.fixed_dictionaries({}, optional={"properties": PARAMETERS})
    | st.fixed_dictionaries({"custom": st.sampled_from(("Brewed", "x" * 50, "A 'b' </script>"))})
    | st.fixed_dictionaries({"event": st.sampled_from(("Lead", "Contact"))}),
}
_SAID = _SENT | {
    "role": st.sampled_from(("funnel", "secondary")),
    "step": st.integers(1, 9),
    "at": st.just("begin_checkout"),
    "value": NUMBERS,
    "currency": st.just("EUR"),
    "where": CONDITIONS,
    "unless": CONDITIONS,
    "once": st.sampled_from(("event", "page")),
    "parameters": PARAMETERS,
    "consent": CONSENTS,
    "paused": st.booleans(),
    "description": WRITTEN,
}


def _called(text: str, own: str) -> dict[str, str]:
    return {"name": f"{text} {own}"}


@st.composite
def conversions(draw: st.DrawFn, ids: tuple[str, ...]) -> list[Json]:
    """Conversions of the author's own, each with one of the ids, some from the catalog."""
    made: list[Json] = []
    for own in draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)):
        said = draw(st.fixed_dictionaries({"trigger": TRIGGERS}, optional=_SAID))
        name = draw(st.just({}) | st.builds(_called, WRITTEN, st.just(own)))
        made.append({"id": own, **name, **said})
    return made


_SETTINGS: dict[str, st.SearchStrategy[Json]] = {
    "variables": st.just({}),
    "consent": st.fixed_dictionaries(
        {},
        optional={
            "mode": st.sampled_from(("advanced", "basic", "off")),
            "banner": st.sampled_from(BANNERS),
            "update_event": WRITTEN | st.lists(WRITTEN, min_size=1, max_size=3),
            "default": st.fixed_dictionaries(
                {},
                optional={
                    "granted": CONSENTS,
                    "wait_for_update": st.integers(0, 5000),
                    "ads_data_redaction": st.booleans(),
                    "url_passthrough": st.booleans(),
                    "regions": st.lists(
                        st.fixed_dictionaries(
                            {"regions": st.just(["PL", "US-CA"])}, optional={"granted": CONSENTS}
                        ),
                        min_size=1,
                        max_size=2,
                    ),
                },
            ),
        },
    ),
    "naming": st.fixed_dictionaries(
        {},
        optional={
            "prefix": st.sampled_from(("X", "Zielona Herbata", "a_b (c)")),
            "tag": st.sampled_from(
                (
                    "{prefix} {platform} {name}",
                    "X{platform}/{id}",
                    "{prefix}: {platform} {event} {id} {role}",
                )
            ),
            "trigger": st.sampled_from(("{prefix} {id}", "{prefix} {name} {kind} {role}")),
            "variable": st.sampled_from(("{prefix} {name}", "{prefix} {name} ({kind})")),
            "folder": st.sampled_from(("{prefix} {group}", "{prefix} {group} x")),
        },
    ),
    "container": st.fixed_dictionaries(
        {},
        optional={
            "account_id": st.just("123"),
            "container_id": st.just("45678"),
            "public_id": st.just("GTM-ABC123"),
            "name": WRITTEN,
        },
    ),
    "google_analytics": st.fixed_dictionaries(
        {"measurement_id": st.just("G-1A2B3C4D5E")},
        optional={
            "environments": st.just(
                [{"hostname": ["test.example", "localhost"], "measurement_id": "G-ZZZZZZZZZZ"}]
            ),
            "server_container_url": st.just("https://s.example/{{x}}"),
            "send_page_view": st.booleans(),
            "debug": st.booleans(),
            "user_properties": st.dictionaries(NAMES, SOURCES, max_size=2),
            "event_parameters": st.dictionaries(NAMES, SOURCES, max_size=2),
        },
    ),
    "meta_pixel": st.fixed_dictionaries(
        {"pixel_id": st.just("123") | st.just(["123", "456"])},
        optional={
            "event_id": st.just("auto")
            | st.just(False)
            | SOURCES.filter(lambda s: isinstance(s, dict)),
            "conversions_api": st.booleans(),
            "page_view": st.sampled_from(("load", "history", "off")),
            "automatic_events": st.booleans(),
            "limited_data_use": st.booleans() | st.just({"country": 1, "state": 1000}),
            "advanced_matching": st.dictionaries(
                st.sampled_from(("em", "ph", "external_id")), SOURCES, min_size=1, max_size=2
            ),
        },
    ),
}


@st.composite
def plans(draw: st.DrawFn) -> Json:
    """A plan that passes the plan schema and every rule that is an error."""
    plan: dict[str, Json] = {
        "tagkit": 1,
        "business": draw(
            st.fixed_dictionaries(
                {"name": WRITTEN},
                optional={
                    "url": st.just("https://shop.example"),
                    "platform": st.sampled_from(("generic", "prestashop", "shopify")),
                    "currency": st.just("PLN"),
                    "language": st.sampled_from(("en", "pl")),
                },
            )
        ),
        **draw(st.fixed_dictionaries({}, optional=_SETTINGS)),
    }
    plan["variables"] = {name: draw(_nested(named=False)) for name in VARIABLES}
    plan["micro_conversions"] = draw(st.lists(st.sampled_from(CATALOG), unique=True, max_size=3))
    plan["micro_conversions"] += draw(conversions(("brewing_guide", "own_event", "base")))
    plan["anti_conversions"] = draw(conversions(("lost_leaf", "cold_tea")))
    if not plan["micro_conversions"] + plan["anti_conversions"]:
        plan["macro_conversions"] = ["purchase"]
    return plan
