"""Containers with tags of the Meta Pixel and of other vendors, and what the rules say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gtm_samples import (
    custom_event,
    html,
    row,
    tag,
    text,
)
from meta_samples import (
    ID,
    NEEDED,
    NO_STATUS,
    OTHER,
    WINDOW_LOADED,
    at,
    base,
    code,
    constant,
    data_layer,
    in_code,
    javascript,
    lead,
    meta,
    missing_ids,
    script,
    tags,
    with_meta,
)
from meta_silent import SILENT

from tagkit.gtm.rules import (
    meta_command,
    meta_event_id,
    meta_event_id_missing,
    meta_event_name,
    meta_no_product_ids,
    meta_personal_data,
    meta_pixel_id,
    meta_pixel_not_started,
    meta_pixel_twice,
    meta_property_name,
    meta_purchase_value,
    meta_quoted_reference,
    meta_sensitive_name,
    meta_setup_order,
    meta_several_pixels,
    meta_subscribe_newsletter,
    meta_value,
    vendor_without_consent,
)

if TYPE_CHECKING:
    from meta_samples import Data

    from tagkit.diagnostics import Route
    from tagkit.gtm.rules import ContainerRule

    Loud = tuple[Data, Route, str]

__all__ = ["LOUD", "SILENT"]

LOUD: dict[ContainerRule, list[Loud]] = {
    meta_command: [
        (code("fbq('trackcustom', 'A');"), in_code(), "tag 'Pixel' calls fbq('trackcustom', …)"),
        (
            code("w.fbq('consent', 'granted')"),
            in_code(),
            "tag 'Pixel' calls fbq('consent', 'granted')",
        ),
        (
            tags(html("<p></p>\n<script async TYPE=text/javascript>fbq('Track')")),
            in_code(),
            "tag 'Tag' calls fbq('Track', …)",
        ),
    ],
    meta_event_name: [
        (code("fbq('track', 'add_to_cart');"), in_code(), "tag 'Pixel' sends 'add_to_cart' as a"),
        (code("fbq('trackSingle', '1', 'Leads');"), in_code(), "tag 'Pixel' sends 'Leads' as a"),
        (code("var e = 'view_item'; fbq('track', e);"), in_code(), "tag 'Pixel' sends 'view_item'"),
        (code("fbq('track', '', {});"), in_code(), "tag 'Pixel' sends an event without a name"),
        (code(f"fbq('trackCustom', '{'a' * 51}');"), in_code(), "the custom event 'aaa"),
        (
            code("fbq('trackCustom', 'Purchase');"),
            in_code(),
            "tag 'Pixel' sends 'Purchase' as a custom",
        ),
        (
            code("fbq('track', '{{E}}');", variable=[constant("E", "purchase")]),
            in_code(),
            "tag 'Pixel' sends 'purchase' as a standard event",
        ),
    ],
    meta_purchase_value: [
        (
            code("fbq('track', 'Purchase');"),
            in_code(),
            "tag 'Pixel' sends 'Purchase' without value and",
        ),
        (
            code("fbq('track', 'Purchase', {currency: 'EUR'});"),
            in_code(),
            "tag 'Pixel' sends 'Purchase'",
        ),
        (
            code("fbq('track', 'Lead', {value: 1});"),
            in_code(),
            "tag 'Pixel' sends 'Lead' with a value",
        ),
        (
            code("var p = {content_ids: []};", "fbq('track', 'Purchase', p, {eventID: {{I}}});"),
            in_code(),
            "tag 'Pixel' sends 'Purchase' without value and currency",
        ),
        (
            with_meta(meta("Purchase", row(name="currency", value="EUR"))),
            at(0, "parameter", 2, "value"),
            "tag 'Purchase' sends 'Purchase' without value",
        ),
    ],
    meta_value: [
        (
            code("fbq('track', 'Lead', {value: '12,50'});"),
            in_code(),
            "tag 'Pixel' sends the value '12,50'",
        ),
        (
            code("fbq('track', 'Lead', {value: -5});"),
            in_code(),
            "tag 'Pixel' sends the negative value -5",
        ),
        (
            code("fbq('track', 'Lead', {currency: 'zł'});"),
            in_code(),
            "tag 'Pixel' sends the currency 'zł'",
        ),
        (
            code("fbq('track', 'Purchase', {'currency': 'UAH'});"),
            in_code(),
            "tag 'Pixel' sends 'UAH'",
        ),
        (
            with_meta(meta("Purchase", row(name="currency", value="EURO"))),
            at(0, "parameter", 6, "list", 0, "map", 1, "value"),
            "tag 'Purchase' sends the currency 'EURO'",
        ),
    ],
    meta_event_id: [
        (
            code("fbq('track', 'Lead', {eventID: {{I}}});"),
            in_code(),
            "tag 'Pixel' passes 'eventID' among",
        ),
        (
            code("fbq('trackSingle', '1', 'Lead', {}, {event_id: {{I}}});"),
            in_code(),
            "tag 'Pixel' passes 'event_id' to trackSingle",
        ),
        (
            code("fbq('track', 'Lead', {}, {eventID: 'a1'});"),
            in_code(),
            "tag 'Pixel' sends each event",
        ),
        (
            with_meta(meta("Lead", row(name="event_id", value="{{I}}"))),
            at(0, "parameter", 6, "list", 0, "map", 0, "value"),
            "tag 'Lead' passes 'event_id' among the properties",
        ),
    ],
    meta_event_id_missing: [
        (
            missing_ids("A"),
            in_code(1),
            "tag 'Contact' sends 'Contact' without an event id, while 1 tag",
        ),
        (
            missing_ids("A", "B", "C"),
            in_code(3),
            "tag 'Contact' sends 'Contact' without an event id",
        ),
        (
            with_meta(lead(", {eventID: {{I}}}"), meta("Lead"), meta("Contact")),
            at(1, "parameter", 2, "value"),
            "tag 'Lead' sends 'Lead' without an event id, as does 1 other tag",
        ),
    ],
    meta_quoted_reference: [
        (
            code("fbq('track', 'Purchase', {value: '{{V}}'});", variable=[data_layer("V")]),
            in_code(),
            "value: '{{V}}' is in quotes in tag 'Pixel': when it is not set",
        ),
        (
            code('fbq("track", "Lead", {contents: "{{C}}"});'),
            in_code(),
            "contents: '{{C}}' is in quotes",
        ),
        (
            code(
                "fbq('track', 'Lead', {content_ids: '{{C}}'});",
                variable=[javascript("C", "return {{I}}.map(id)")],
            ),
            in_code(),
            "content_ids: '{{C}}' is in quotes in tag 'Pixel': a list becomes one text",
        ),
        (
            tags(
                lead(", {eventID: '{{Id}}'}"),
                lead(", {eventID: '{{Id}}'}"),
                variable=[data_layer("Id")],
            ),
            in_code(),
            "eventID: '{{Id}}' is in quotes in tag 'Lead', and so is it in 1 other tag: when it is",
        ),
        (
            code(
                f"fbq('init', '{ID}', {{fn: '{{{{F}}}}', ln: '{{{{L}}}}'}});",
                variable=[data_layer("F"), data_layer("L")],
            ),
            in_code(),
            "fn: '{{F}}' is in quotes in tag 'Pixel' (with ln): what is not set is matched",
        ),
    ],
    meta_property_name: [
        (
            code("fbq('track', 'Lead', {content_id: 1});"),
            in_code(),
            "tag 'Pixel' sends the property 'content_id'",
        ),
        (
            code("fbq('track', 'Purchase', {items: []});"),
            in_code(),
            "tag 'Pixel' sends the property 'items'",
        ),
        (
            code("fbq('track', 'Lead', {num_items: 2});"),
            in_code(),
            "tag 'Pixel' sends num_items with Lead",
        ),
        (
            with_meta(meta("Lead", row(name="curency", value="{{C}}"))),
            at(0, "parameter", 6, "list", 0, "map", 0, "value"),
            "tag 'Lead' sends the property 'curency'",
        ),
    ],
    meta_personal_data: [
        (
            code("fbq('track', 'Lead', {email: '{{E}}'});"),
            in_code(),
            "tag 'Pixel' sends an e-mail address in",
        ),
        (
            code("fbq('track', 'Lead', {ph: phone});"),
            in_code(),
            "tag 'Pixel' sends a phone number in clear",
        ),
        (
            with_meta(meta("Lead", row(name="customer_email", value="{{E}}"))),
            at(0, "parameter", 6, "list", 0, "map", 0, "value"),
            "tag 'Lead' sends an e-mail address in clear, as the property 'customer_email'",
        ),
    ],
    meta_sensitive_name: [
        (
            code("fbq('trackCustom', 'LoanRefused');"),
            in_code(),
            "the event 'LoanRefused' of tag 'Pixel'",
        ),
        (
            code("fbq('track', 'Lead', {diagnosis: {{D}}});"),
            in_code(),
            "the property 'diagnosis' of tag",
        ),
    ],
    meta_subscribe_newsletter: [
        (
            tags(script("fbq('track', 'Subscribe');", name="Newsletter")),
            in_code(),
            "tag 'Newsletter' sends",
        ),
        (
            tags(
                script("fbq('track', 'Subscribe');", firingTriggerId=["20"]),
                trigger=[custom_event("newsletter_signup")],
            ),
            in_code(),
            "tag 'Tag' sends 'Subscribe' for a newsletter",
        ),
    ],
    meta_pixel_not_started: [
        (
            tags(lead(), lead(name="B")),
            in_code(),
            "tag 'Lead' sends Meta events, and so does 1 other tag",
        ),
        (
            code(f"fbq('init', '{ID}'); fbq('trackSingle', '{OTHER}', 'Lead');"),
            in_code(),
            f"tag 'Pixel' sends to pixel {OTHER}, which no tag",
        ),
        (
            tags(base(firingTriggerId=["20"]), lead(), trigger=[WINDOW_LOADED]),
            in_code(1),
            "tag 'Lead' fires before tag 'Base'",
        ),
    ],
    meta_pixel_id: [
        (
            tags(base("PIXEL_ID")),
            in_code(),
            "tag 'Base' uses the pixel id 'PIXEL_ID', which is none",
        ),
        (code("fbq('init', ' 123');"), in_code(), "tag 'Pixel' uses the pixel id ' 123'"),
        (
            code("fbq('init', 99999999999999999);"),
            in_code(),
            "tag 'Pixel' writes the pixel id 9999",
        ),
        (
            code("fbq('init', '{{P}}');", variable=[constant("P", "012")]),
            ("containerVersion", "variable", 0, "parameter", 0, "value"),
            "tag 'Pixel' uses the pixel id '012' (from {{P}}), which is none",
        ),
    ],
    meta_pixel_twice: [
        (
            tags(base(), base(name="Old", consentSettings=NEEDED)),
            in_code(1),
            f"tag 'Old' starts pixel {ID}, and so does tag 'Base'",
        ),
        (
            tags(
                base("{{P}}", firingTriggerId=["20"]),
                base("{{P}}", "B", firingTriggerId=["20"], consentSettings=NEEDED),
            ),
            in_code(1),
            "tag 'B' starts pixel 'P'",
        ),
        (
            with_meta(base(), meta("Lead")),
            at(1, "parameter", 0, "value"),
            "tag 'Lead' starts pixel",
        ),
    ],
    meta_several_pixels: [
        (
            tags(base(), base(OTHER), lead()),
            in_code(2),
            "the event of tag 'Lead' goes to all pixels",
        ),
    ],
    meta_no_product_ids: [
        (
            code(
                "fbq('track', 'AddToCart', {content_ids: ['1']});"
                "fbq('track', 'ViewContent', {content_name: 'x'});"
            ),
            in_code(),
            "tag 'Pixel' sends ViewContent without content_ids or contents",
        ),
        (
            code(
                "fbq('track', 'Search', {contents: []});",
                "fbq('track', 'AddToCart');",
                "fbq('track', 'Purchase');",
            ),
            in_code(),
            "tag 'Pixel' sends AddToCart and Purchase without",
        ),
    ],
    meta_setup_order: [
        (
            code(f"fbq('init', '{ID}'); fbq('consent', 'revoke');"),
            in_code(),
            "tag 'Pixel' calls fbq('consent'",
        ),
        (
            code(f"fbq('init', '{ID}'); fbq('dataProcessingOptions', ['LDU'], 0, 0);"),
            in_code(),
            "tag 'Pixel' calls fbq('dataProcessingOptions', …) after",
        ),
        (
            code(f"fbq('init', '{ID}'); fbq('set', 'autoConfig', false, '{ID}');"),
            in_code(),
            "tag 'Pixel' calls fbq('set', 'autoConfig', …) after",
        ),
    ],
    vendor_without_consent: [
        (
            tags(base()),
            at(0, "consentSettings"),
            "tag 'Base' loads Meta Pixel whatever the visitor",
        ),
        (
            with_meta(meta("PageView"), meta("Lead"), lead()),
            at(0, "consentSettings"),
            "tag 'PageView' loads Meta Pixel whatever the visitor has answered to the consent banner, and so does 1 other tag",
        ),
        (tags(tag("hjtc"), html()), at(0, "consentSettings"), "tag 'Tag' loads Hotjar"),
        (
            tags(html(), tag("img", text("url", "https://bat.bing.com/action/0"))),
            at(1, "consentSettings"),
            "tag 'Tag' loads Microsoft Advertising",
        ),
        (tags(NO_STATUS), at(0, "name"), "no tag of this file has consent settings, and Hotjar is"),
    ],
}
