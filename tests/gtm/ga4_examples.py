"""Containers with Google Analytics that the rules about it are silent on, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gtm_samples import (
    container,
    custom_event,
    event,
    flag,
    html,
    row,
    table,
    tag,
    text,
    trigger,
    variable,
)

from tagkit.gtm.rules import (
    ContainerRule,
    ga4_automatic_event,
    ga4_ecommerce_not_sent,
    ga4_event_case,
    ga4_event_name,
    ga4_limits,
    ga4_other_property,
    ga4_parameter_name,
    ga4_parameter_twice,
    ga4_personal_data,
    ga4_required_parameter,
    ga4_value_currency,
    google_tag_late,
    google_tag_twice,
    literal_secret,
    universal_analytics,
)

if TYPE_CHECKING:
    from tagkit.diagnostics import Route

Data = dict[str, Any]
Loud = tuple[Data, "Route", str]

TAG: Route = ("containerVersion", "tag", 0)
NAME = (*TAG, "parameter", 0, "value")
"""Where the event name stands in ``named``, and the value of a tag's first parameter."""
ID, OTHER_ID = "G-AAAAAAAAAA", "G-BBBBBBBBBB"
META_TOKEN = "EAA" + "Zb4Kq9Lw2R" * 8
PLAIN_TOKEN = "EAA" + "x" * 80
SECRET = "q9Lw2RtYb4Kz_8HnVd3Pf1"  # noqa: S105


def tags(*found: Data, **more: object) -> Data:
    return container(tag=list(found), **more)


def named(name: str, *parameters: Data, **more: object) -> Data:
    return tags(event(*parameters, event_name=name), **more)


def settings(**rows: str) -> Data:
    return table(
        "eventSettingsTable",
        *(row(parameter=key, parameterValue=value) for key, value in rows.items()),
    )


def one(name: str, value: str = "{{Form ID}}") -> Data:
    return table("eventSettingsTable", row(parameter=name, parameterValue=value))


def properties(*names: str) -> Data:
    return table("userProperties", *(row(name=name, value="{{Plan}}") for name in names))


def google_tag(to: str = ID, *parameters: Data, **more: object) -> Data:
    return tag("googtag", text("tagId", to), *parameters, **{"tagId": "5", "name": "GT", **more})


def config(**rows: str) -> Data:
    return table(
        "configSettingsTable",
        *(row(parameter=key, parameterValue=value) for key, value in rows.items()),
    )


def shared(*parameters: Data) -> Data:
    return variable("gtes", *parameters, name="Shared")


def cell(rows: int, column: int, parameter: int = 2, index: int = 0) -> Route:
    where = ("containerVersion", "tag", index, "parameter", parameter)
    return (*where, "list", rows, "map", column, "value")


def numbered(count: int) -> dict[str, str]:
    return {f"own_{number}": "{{Plan}}" for number in range(count)}


def going_to(*ids: str) -> list[Data]:
    return [
        tag("gaawe", text("eventName", f"event_{n}"), text("measurementIdOverride", where))
        for n, where in enumerate(ids)
    ]


PERSONAL = "tag 'Tag' sends what looks like personal data, Google forbids it"
USES_SHARED = text("eventSettingsVariable", "{{Shared}}")
ECOMMERCE = flag("sendEcommerceData")
PAUSED = {"paused": True}
ON_LOAD = {"firingTriggerId": ["20"]}
OLD_PURCHASE = tag(
    "gaawe",
    text("eventName", "purchase"),
    {"type": "TAG_REFERENCE", "key": "measurementId", "value": "GA4"},
    table("eventParameters", row(name="value", value="12,50"), row(name="currency", value="EUR")),
)
YOUTUBE = trigger("YOU_TUBE_VIDEO")
LOADED = trigger("WINDOW_LOADED")
CHECKOUT = trigger("PAGEVIEW", filter=[{"type": "CONTAINS", "parameter": []}])

SILENT: dict[ContainerRule, list[Data]] = {
    ga4_event_name: [
        named("phone_click"),
        named("{{Event}}"),
        named("a" * 40),
        named("zapytanie_ofertowe_złożone"),
        named("screen_view"),
        tags(event(event_name="Two words", **PAUSED)),
        container("SERVER", tag=[event(event_name="Two words")]),
    ],
    ga4_automatic_event: [
        named("scroll_depth"),
        named("page_view"),
        tags(google_tag(ID, config(send_page_view="false")), event(event_name="page_view")),
        tags(google_tag(ID, config(send_page_view="{{No}}")), event(event_name="page_view")),
        tags(google_tag(OTHER_ID), event(event_name="page_view")),
        # Views that a page without reload makes.
        tags(
            google_tag(), event(event_name="page_view", **ON_LOAD), trigger=[custom_event("route")]
        ),
        tags(event(event_name="scroll", **PAUSED)),
    ],
    ga4_event_case: [
        named("purchase"),
        named("purchase_done"),
        named("pageView_2".lower()),
        named("{{Event}}"),
        named("Two Words"),
    ],
    ga4_parameter_name: [
        named("sign_up", settings(form_name="x", currency="EUR")),
        named("sign_up", one("{{Key}}")),
        named("sign_up", settings(**{"user_data.email_address": "{{Email}}", "x-fb-ud-em": "a"})),
        named("sign_up", one("długość")),
        named("sign_up", properties("customer_type")),
        tags(google_tag(ID, config(**{"linker.domains": "a.example"}))),
    ],
    ga4_limits: [
        named("sign_up", settings(**numbered(25), value="1", currency="EUR")),
        tags(
            event(settings(**numbered(20))),
            event(settings(**{f"more_{n}": "x" for n in range(25)})),
        ),
    ],
    ga4_parameter_twice: [
        named("sign_up", settings(method="email", form_id="1")),
        # A tag may say it otherwise than the settings it shares.
        named("sign_up", settings(method="a"), USES_SHARED, variable=[shared(one("method", "b"))]),
        named("sign_up", settings(plan="a"), properties("plan")),
    ],
    ga4_value_currency: [
        named("purchase", settings(value="12.50", currency="PLN")),
        named("purchase", settings(value="{{Value}}", currency="{{Currency}}")),
        named("purchase", ECOMMERCE, one("value")),
        named("purchase", one("value", "1"), USES_SHARED),
        named(
            "purchase",
            one("value", "1"),
            USES_SHARED,
            variable=[shared(one("currency", "EUR"))],
        ),
        tags(google_tag(ID, config(currency="EUR")), event(one("value", "2"))),
        named("sign_up", one("currency", "EUR")),
        named("sign_up", one("shipping", "standard")),
    ],
    google_tag_late: [
        tags(google_tag(), event()),
        tags(google_tag(firingTriggerId=["2147479573"]), event()),
        tags(google_tag(**ON_LOAD), event(**ON_LOAD), trigger=[LOADED]),
        # When a custom event comes, is not known.
        tags(google_tag(**ON_LOAD), event(), trigger=[custom_event("consent")]),
        tags(google_tag(OTHER_ID, **ON_LOAD), event(), trigger=[LOADED]),
    ],
    ga4_required_parameter: [
        named("purchase", ECOMMERCE),
        named("purchase", settings(items="{{I}}", transaction_id="1", value="1", currency="EUR")),
        named("purchase", USES_SHARED),
        named("search", one("{{Key}}")),
        named("search", USES_SHARED, variable=[shared(one("search_term"))]),
        named("add_to_cart", settings(items="{{I}}", value="1")),
        named("sign_up"),
        tags(google_tag(ID, USES_SHARED), event(event_name="search")),
    ],
    ga4_ecommerce_not_sent: [
        named("purchase", ECOMMERCE),
        named("{{Event}}", ECOMMERCE),
        named("order_done", flag("sendEcommerceData", "false")),
        named("view_item", one("items", "{{Items}}")),
        named("viewItem", one("items", "{{Items}}")),
    ],
    ga4_other_property: [
        tags(google_tag(), *going_to(ID, ID)),
        tags(*going_to(ID, ID, ID)),
        tags(google_tag(), google_tag(OTHER_ID), *going_to(ID, ID, ID, OTHER_ID)),
        tags(google_tag("GT-ABCDEF"), *going_to(ID, OTHER_ID)),
        tags(google_tag("{{ID}}"), *going_to(ID, ID, ID, OTHER_ID)),
        tags(
            google_tag("{{ID}}"),
            *going_to(ID, "{{ID}}"),
            variable=[variable("c", text("value", ID), name="ID")],
        ),
        tags(*going_to(ID)),
    ],
    google_tag_twice: [
        tags(google_tag(), google_tag(OTHER_ID)),
        tags(google_tag(), google_tag(ID, config(send_page_view="false"))),
        tags(google_tag(), google_tag(ID, config(update="true"))),
        tags(google_tag(), google_tag(**PAUSED)),
        tags(google_tag(), google_tag(**ON_LOAD), trigger=[CHECKOUT]),
        tags(google_tag(), google_tag(blockingTriggerId=["20"]), trigger=[CHECKOUT]),
        tags(google_tag("AW-1"), google_tag("AW-1")),
    ],
    universal_analytics: [
        tags(event()),
        tags(tag("ua", text("trackType", "TRACK_EVENT"), **PAUSED)),
    ],
    ga4_personal_data: [
        named("sign_up", settings(email_type="work", phone_click="1")),
        named("email_click", one("email", "{{Click URL}}")),
        named("email_click", one("link", "mailto:info@herbata.pl")),
        named("phone_click", one("phone", "{{Number of the link}}")),
        named("sign_up", one("has_phone", "{{Phone given}}")),
        named(
            "sign_up", settings(**{"user_data.email_address": "{{Email}}", "user_data": "{{U}}"})
        ),
        named("sign_up", one("email", "none")),
        named(
            "sign_up",
            one("source", "{{Source}}"),
            variable=[variable("v", text("name", "email.source"), name="Source")],
        ),
        named(
            "sign_up",
            one("label", "{{Label}}"),
            variable=[variable("d", text("elementSelector", "a.email"), name="Label")],
        ),
        tags(html("a@b.pl")),
    ],
    literal_secret: [
        tags(tag("cvt_1_2", text("accessToken", "{{Token}}"))),
        container("SERVER", tag=[tag("cvt_1_2", text("accessToken", "YOUR_ACCESS_TOKEN_HERE"))]),
        tags(tag("cvt_1_2", text("accessToken", PLAIN_TOKEN))),
        # Rollbar's, for one, is made for pages.
        tags(tag("cvt_1_2", text("accessToken", SECRET))),
        tags(html("var api_secret = 'YOUR_API_SECRET_FROM_X';")),
        tags(html("var api_secret = '{{Secret}}'; f('?api_secret=' + key)")),
    ],
}

LOUD: dict[ContainerRule, list[Loud]] = {
    ga4_event_name: [
        (named("Click on phone"), NAME, "GA4 drops the event 'Click on phone' of tag 'Tag': names"),
        (named("1st_click"), NAME, "GA4 drops the event '1st_click'"),
        (named("a" * 41), NAME, f"GA4 drops the event '{'a' * 41}' of tag 'Tag': its name has 41"),
        (
            named("session_start"),
            NAME,
            "GA4 drops the event 'session_start' of tag 'Tag': the name",
        ),
        (named("ga_click"), NAME, "Google keeps the name 'ga_click' of tag 'Tag' for itself"),
        (named("ad_click"), NAME, "Google keeps the name 'ad_click'"),
        (
            tags(tag("gaawe", text("eventName", "sign-up"), text("measurementId", "GA4"))),
            NAME,
            "GA4 drops the event 'sign-up'",
        ),
    ],
    ga4_automatic_event: [
        (named("scroll"), NAME, "GA4 sends 'scroll' by itself for 90 % of the page"),
        (
            tags(event(event_name="file_download"), event(event_name="file_download")),
            NAME,
            "GA4 sends 'file_download' by itself",
        ),
        (
            tags(event(event_name="video_start", **ON_LOAD), trigger=[YOUTUBE]),
            NAME,
            "GA4 sends 'video_start' by itself for YouTube videos",
        ),
        (
            tags(event(event_name="page_view"), google_tag()),
            NAME,
            "tag 'GT' sends 'page_view' by itself, tag 'Tag' sends it once more",
        ),
        (
            tags(event(event_name="page_view", **ON_LOAD), google_tag(), trigger=[LOADED]),
            NAME,
            "tag 'GT' sends 'page_view' by itself",
        ),
    ],
    ga4_event_case: [
        (named("Purchase"), NAME, "GA4 does not know 'Purchase' as its event 'purchase'"),
        (named("addToCart"), NAME, "GA4 does not know 'addToCart' as its event 'add_to_cart'"),
        (named("signup"), NAME, "GA4 does not know 'signup' as its event 'sign_up'"),
        (named("guideOpened"), NAME, "the event 'guideOpened' has capitals"),
        (
            tags(event(event_name="guide_opened"), event(event_name="Guide_Opened")),
            ("containerVersion", "tag", 1, "parameter", 0, "value"),
            "'Guide_Opened' and 'guide_opened' are two events for GA4",
        ),
    ],
    ga4_parameter_name: [
        (named("sign_up", one("Form name")), cell(0, 0), "GA4 drops the parameter 'Form name' (in"),
        (named("sign_up", one("ga_user")), cell(0, 0), "GA4 drops the parameter 'ga_user'"),
        (named("sign_up", one("a" * 41)), cell(0, 0), "GA4 drops the parameter"),
        (
            named("sign_up", properties("user_id")),
            cell(0, 0),
            "GA4 drops the user property 'user_id' (in tag 'Tag'): it is one of Google's own",
        ),
        (named("sign_up", properties("b" * 25)), cell(0, 0), "GA4 drops the user property"),
        (
            container(variable=[shared(one("form-name"))]),
            ("containerVersion", "variable", 0, "parameter", 0, "list", 0, "map", 0, "value"),
            "GA4 drops the parameter 'form-name' (in variable 'Shared')",
        ),
        (
            tags(tag("gaawe", table("eventParameters", row(name="form name", value="x")))),
            cell(0, 0, parameter=0),
            "GA4 drops the parameter 'form name'",
        ),
    ],
    ga4_limits: [
        (named("sign_up", settings(**numbered(26))), cell(25, 0), "tag 'Tag' sends 26 parameters"),
        (
            named(
                "sign_up",
                one("one_more"),
                USES_SHARED,
                variable=[shared(settings(**numbered(25)))],
            ),
            cell(0, 0),
            "tag 'Tag' sends 26 parameters",
        ),
        (
            tags(
                event(settings(**numbered(25))),
                event(settings(**{f"second_{n}": "x" for n in range(25)})),
                event(one("third")),
            ),
            cell(0, 0, index=2),
            "the tags send 51 different parameters",
        ),
        (
            named("sign_up", properties(*(f"property_{n}" for n in range(26)))),
            cell(25, 0),
            "the tags send 26 different user properties",
        ),
    ],
    ga4_parameter_twice: [
        (
            named(
                "sign_up",
                table(
                    "eventSettingsTable",
                    row(parameter="method", parameterValue="email"),
                    row(parameter="method", parameterValue="{{Form ID}}"),
                ),
            ),
            cell(1, 0),
            "tag 'Tag' gives 'method' twice: '{{Form ID}}' is sent, 'email' is not",
        ),
        (named("sign_up", properties("plan", "plan")), cell(1, 0), "tag 'Tag' gives 'plan' twice"),
    ],
    ga4_value_currency: [
        (
            named("purchase", settings(value="12,50", currency="PLN")),
            cell(0, 1),
            "'value' of tag 'Tag' is '12,50', no number",
        ),
        (tags(OLD_PURCHASE), cell(0, 1), "'value' of tag 'Tag' is '12,50'"),
        (
            named("purchase", settings(value="{{V}}", currency="zł")),
            cell(1, 1),
            "'currency' of tag 'Tag' is 'zł', no currency code",
        ),
        (
            named(
                "purchase",
                settings(value="1", currency="{{Currency}}"),
                variable=[variable("c", text("value", "pln"), name="Currency")],
            ),
            ("containerVersion", "variable", 0, "parameter", 0, "value"),
            "'currency' of tag 'Tag' is 'pln'",
        ),
        (
            named("guide_opened", settings(value="high", currency="EUR")),
            cell(0, 1),
            "'value' of tag 'Tag' is 'high', no number",
        ),
        (named("purchase", one("value", "{{V}}")), cell(0, 0), "tag 'Tag' sends a value without"),
        (named("guide_opened", one("value", "5")), cell(0, 0), "tag 'Tag' sends a value without"),
        (named("purchase", one("currency", "EUR")), cell(0, 0), "tag 'Tag' sends a currency"),
    ],
    google_tag_late: [
        (
            tags(google_tag(**ON_LOAD), event(), trigger=[LOADED]),
            (*TAG, "firingTriggerId"),
            "tag 'GT' fires later than tag 'Tag'",
        ),
        (
            tags(google_tag(), event(firingTriggerId=["2147479573"])),
            (*TAG, "firingTriggerId"),
            "tag 'GT' fires later than tag 'Tag'",
        ),
    ],
    ga4_required_parameter: [
        (
            named("purchase", settings(value="1", currency="EUR")),
            NAME,
            "tag 'Tag' sends 'purchase' without 'transaction_id' and 'items'",
        ),
        (named("search"), NAME, "tag 'Tag' sends 'search' without 'search_term'"),
        (
            named("search", USES_SHARED, variable=[shared(one("term"))]),
            NAME,
            "tag 'Tag' sends 'search' without 'search_term'",
        ),
        (
            tags(
                event(one("items"), event_name="view_item"),
                event(one("items"), event_name="add_to_cart"),
            ),
            NAME,
            "tag 'Tag' and 1 other ecommerce tag send no value and no currency",
        ),
    ],
    ga4_ecommerce_not_sent: [
        (
            named("order_done", ECOMMERCE),
            (*TAG, "parameter", 2, "value"),
            "tag 'Tag' sends no ecommerce data: 'order_done' is no ecommerce event",
        ),
        (named("page_view", ECOMMERCE), (*TAG, "parameter", 2, "value"), "tag 'Tag' sends no"),
        (
            named("checkout", one("items")),
            cell(0, 0),
            "tag 'Tag' does not send 'items': 'checkout'",
        ),
    ],
    ga4_other_property: [
        (
            tags(*going_to(OTHER_ID, ID, ID, ID)),
            (*TAG, "parameter", 1, "value"),
            f"tag 'Tag' goes to '{OTHER_ID}', 3 others go to '{ID}'",
        ),
        (
            tags(*going_to(OTHER_ID, OTHER_ID), google_tag()),
            (*TAG, "parameter", 1, "value"),
            f"no Google tag in this file has '{OTHER_ID}', to which tag 'Tag' and 1 other tag",
        ),
    ],
    google_tag_twice: [
        (
            tags(google_tag(name="Again"), google_tag(firingTriggerId=["2147479573"])),
            ("containerVersion", "tag", 1, "parameter", 0, "value"),
            f"tag 'GT' and tag 'Again' both send page_view to '{ID}'",
        ),
        (
            tags(
                google_tag("{{ID}}"),
                tag("gaawc", text("measurementId", "{{ID}}"), flag("sendPageView"), name="Old"),
                *going_to("{{ID}}"),
            ),
            ("containerVersion", "tag", 1, "parameter", 0, "value"),
            "tag 'Old' and tag 'GT' both send page_view to '{{ID}}'",
        ),
    ],
    universal_analytics: [
        (tags(tag("ua")), (*TAG, "type"), "tag 'Tag' sends to Universal Analytics"),
        (tags(tag("ua"), tag("ga")), (*TAG, "type"), "tag 'Tag' and 1 other tag send to Universal"),
        (
            container(variable=[variable("gas", name="Settings")]),
            ("containerVersion", "variable", 0, "type"),
            "variable 'Settings' is of Universal Analytics",
        ),
    ],
    ga4_personal_data: [
        (
            named("sign_up", settings(customer_email="{{E}}", phone="{{P}}")),
            cell(0, 0),
            f"{PERSONAL}: 'customer_email' is an e-mail address, 'phone' is a phone number",
        ),
        (named("sign_up", properties("email")), cell(0, 0), "tag 'Tag' sends what looks like"),
        (
            named(
                "sign_up",
                one("label", "{{Label}}"),
                variable=[variable("v", text("name", "user.email"), name="Label")],
            ),
            cell(0, 0),
            f"{PERSONAL}: 'label' is an e-mail address (from variable 'Label')",
        ),
        (
            named(
                "sign_up",
                one("page_location", "https://a.example/?e={{Q}}"),
                variable=[
                    variable("u", text("component", "QUERY"), text("queryKey", "email"), name="Q")
                ],
            ),
            cell(0, 0),
            f"{PERSONAL}: 'page_location'",
        ),
        (
            named(
                "sign_up",
                one("label", "{{Field}}"),
                variable=[
                    variable("d", text("elementSelector", "input[type=email]"), name="Field")
                ],
            ),
            cell(0, 0),
            PERSONAL,
        ),
        (
            named("sign_up", one("who", "jan.kowalski@herbata.pl")),
            cell(0, 0),
            f"{PERSONAL}: 'who' is an e-mail",
        ),
        (
            tags(
                google_tag(ID, config(server_container_url="{{U}}")), event(one("email", "{{E}}"))
            ),
            cell(0, 0, index=1),
            PERSONAL,
        ),
    ],
    literal_secret: [
        (
            container("SERVER", tag=[tag("cvt_1_2", text("apiAccessToken", META_TOKEN))]),
            NAME,
            "tag 'Tag' holds a secret in clear text ('apiAccessToken'): whoever reads this file",
        ),
        (
            tags(html(f"fetch('https://graph.example/?access_token={META_TOKEN}')")),
            NAME,
            "tag 'Tag' holds a secret in clear text (in its code)",
        ),
        (
            tags(html(f"var u = 'https://a.example/mp/collect?api_secret={SECRET}';")),
            NAME,
            "tag 'Tag' holds a secret",
        ),
        (
            container(
                "SERVER",
                tag=[tag("cvt_1_2", text("accessToken", "{{Token}}"))],
                variable=[variable("c", text("value", SECRET), name="Token")],
            ),
            ("containerVersion", "variable", 0, "parameter", 0, "value"),
            "variable 'Token' holds a secret",
        ),
    ],
}
