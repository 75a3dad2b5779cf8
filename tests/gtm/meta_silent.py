"""Containers on which the rules about Meta tags and vendors are silent: near misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gtm_samples import (
    condition,
    container,
    custom_event,
    flag,
    html,
    row,
    tag,
    text,
    trigger,
)
from meta_samples import (
    ID,
    LOADER,
    NEEDED,
    NO_STATUS,
    OTHER,
    OURS,
    STAPE_TEMPLATE,
    WINDOW_LOADED,
    Data,
    base,
    code,
    constant,
    data_layer,
    javascript,
    lead,
    meta,
    script,
    tags,
    with_meta,
)

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
    from tagkit.gtm.rules import ContainerRule

SILENT: dict[ContainerRule, list[Data]] = {
    meta_command: [
        tags(base(), lead()),
        code(OURS),
        code("fbq('set', 'autoConfig', false, 'x'); window.fbq('consent', 'grant');"),
        code("fbq(method, 'Lead'); fbq('consent', word); function fbq(a) {}"),
        # Not code: a comment, a text, another type of script, a comment of HTML.
        code("// fbq('a')", "/* fbq('b') */ var s = \"fbq('c')\", r = /fbq('d')/;"),
        tags(
            html("<script type='text/template'>fbq('a')</script><!-- <script>fbq('b')</script> -->")
        ),
        tags(script("fbq('trak', 'Lead')", paused=True)),
        container("SERVER", tag=[script("fbq('trak')")]),
        container("AMP", tag=[script("fbq('trak')")]),
    ],
    meta_event_name: [
        tags(base(), lead()),
        code("fbq('trackCustom', 'GuideOpened'); fbq('trackCustom', '{{Event}}');"),
        code("fbq('track', {{Event}}); fbq('track', 'Lead' + x); fbq('track', name);"),
        code("var ev = a ? 'Lead' : 'Purchase'; fbq('track', ev);"),
        code("var ev = 'x'; ev = {{Event}}; fbq('track', ev);"),
        with_meta(meta("AddToCart")),
    ],
    meta_purchase_value: [
        code("fbq('track', 'Purchase', {value: {{V}}, currency: 'EUR'});"),
        code("fbq('track', 'Purchase', {{Data}});", "fbq('track', 'Purchase', data);"),
        code("var data = {value: 1}; data.currency = 'EUR'; fbq('track', 'Purchase', data);"),
        code("var data = {value: 1}; fill(data); fbq('track', 'Purchase', data);"),
        code(OURS),
        code("fbq('trackCustom', 'Scrolled', {value: 50}); fbq('track', 'Lead');"),
        code("fbq('track', 'Purchase', {value, currency});"),
        with_meta(
            meta("Purchase", row(name="value", value="{{V}}"), row(name="currency", value="EUR"))
        ),
        # The properties come from a variable, from the data layer.
        tags(
            tag("cvt_KFNBV", text("eventNameStandard", "Purchase")), customTemplate=[STAPE_TEMPLATE]
        ),
    ],
    meta_value: [
        code("fbq('track', 'Purchase', {value: 12.5, currency: 'EUR'});"),
        code("fbq('track', 'Purchase', {value: '12.50', currency: 'pln'});"),
        code("fbq('track', 'Purchase', {value: parseFloat({{V}}), currency: {{C}}});"),
        code(
            "fbq('track', 'Lead', {value: .5, currency: 'UAH'}); fbq('track', 'Lead', {value: 1e3});"
        ),
        code("fbq('trackCustom', 'Rated', {value: 'high'});"),
        code("fbq('track', 'Lead', {currency: '{{C}}'});", variable=[constant("C", "EUR")]),
    ],
    meta_event_id: [
        code("fbq('track', 'Lead', {}, {eventID: {{Id}}});"),
        code("fbq('track', 'Lead', {}, {event_id: '{{Id}}'});"),
        code("fbq('trackSingle', '1', 'Lead', {}, {eventID: id});"),
        code("fbq('track', 'Lead', {eventID: {{Id}}}, {eventID: {{Id}}});"),
        code("fbq('track', 'Lead', {}, {eventID: 'lead_' + {{Id}}});"),
        code("fbq('track', 'Lead', {}, {eventID: 'lead_{{Id}}'});"),
        # A constant made of a variable is none.
        code(
            "fbq('track', 'Lead', {}, {eventID: {{Id}}});",
            variable=[constant("Id", "a_{{Random}}")],
        ),
        code("fbq('track', 'Lead', {event_identity: 'summer'});"),
        with_meta(meta("Lead")),
    ],
    meta_event_id_missing: [
        tags(base(), lead(), lead(name="Lead 2")),
        tags(base(), lead(", {eventID: {{Id}}}"), lead(", options", name="Lead 2")),
        code("if (id) { fbq('track', 'Lead', {}, {eventID: id}); } else { fbq('track', 'Lead'); }"),
        tags(lead(", {eventID: {{Id}}}"), script("fbq('track', 'Lead', {eventID: {{Id}}});")),
    ],
    meta_quoted_reference: [
        code(
            "fbq('track', 'Purchase', {value: {{V}}, contents: {{C}}, currency: '{{Currency}}'});"
        ),
        code("fbq('track', 'Lead', {content_name: '{{N}}', content_ids: ['{{A}}']});"),
        code("fbq('track', 'Lead', {value: '{{V}}'});", variable=[constant("V", "5")]),
        code("fbq('track', 'Lead', {value: '{{V}}'});", variable=[data_layer("V", "0")]),
        code(
            "fbq('track', 'Lead', {}, {eventID: '{{Id}}'});",
            variable=[javascript("Id", "return 1")],
        ),
        code(
            "fbq('track', 'Lead', {contents: '{{C}}'});",
            variable=[javascript("C", "return JSON.stringify({{Items}})")],
        ),
        # The pixel leaves out an address that is none.
        code(f"fbq('init', '{ID}', {{em: '{{{{E}}}}'}});", variable=[data_layer("E")]),
        with_meta(meta("Purchase", row(name="value", value="{{V}}")), variable=[data_layer("V")]),
    ],
    meta_property_name: [
        code("fbq('track', 'ViewContent', {content_ids: [1], content_type: 'product', value: 1});"),
        code("fbq('track', 'Lead', {plan: 'a', price: 1, step1: 2, content: 'x', value2: 3});"),
        code("fbq('track', 'Contact', {value: 1, currency: 'EUR', content_name: 'x'});"),
        code("fbq('track', 'InitiateCheckout', {content_ids: [], content_type: 'product'});"),
        code("fbq('track', 'Purchase', {items: [], contents: []});"),
        code("fbq('trackCustom', 'Opened', {content_ids: [], num_items: 2, status: true});"),
    ],
    meta_personal_data: [
        code("fbq('track', 'Contact', {contact_method: 'email', email_type: {{T}}});"),
        # The address of the business itself.
        code("fbq('track', 'Contact', {email: 'shop@shop.test', phone: '+48 123 456 789'});"),
        code(f"fbq('init', '{ID}', {{em: {{{{E}}}}, ph: {{{{P}}}}}});"),
        code("fbq('track', 'Lead', {content_name: {{Name}}, status: {{S}}});"),
    ],
    meta_sensitive_name: [
        code("fbq('trackCustom', 'CheckoutInterrupted', {step: 2, disabled: true});"),
        code("fbq('track', 'Lead', {content_name: 'health'});"),
    ],
    meta_subscribe_newsletter: [
        code("fbq('track', 'Subscribe', {value: 9, currency: 'EUR'});"),
        tags(lead(name="Newsletter")),
    ],
    meta_pixel_not_started: [
        code("window.fbq && fbq('track', 'Lead');"),
        code("if (window.fbq) window.fbq('track', 'Lead');"),
        tags(base(), lead()),
        code(f"fbq('init', '{ID}'); fbq('trackSingle', '{ID}', 'Lead');"),
        code("fbq('init', {{Pixel}}); fbq('trackSingle', '1', 'Lead');"),
        with_meta(meta("PageView"), lead()),
        # On the same page event the order is not sure; a click comes after all of them.
        tags(
            base(firingTriggerId=["20"]),
            lead(firingTriggerId=["21"]),
            trigger=[WINDOW_LOADED, {**trigger("CLICK", "Click"), "triggerId": "21"}],
        ),
        tags(
            base(firingTriggerId=["20"]),
            lead(setupTag=[{"tagName": "Base"}]),
            trigger=[WINDOW_LOADED],
        ),
        # In a function it may wait until then.
        tags(base(firingTriggerId=["20"]), script(OURS), trigger=[WINDOW_LOADED]),
        container(tag=[html()]),
    ],
    meta_pixel_id: [
        tags(base()),
        code("fbq('init', '{{Pixel}}'); fbq('init', 1234567890123456);"),
        with_meta(meta("PageView")),
        code("fbq('init', {{Pixel}});", variable=[constant("Pixel", ID)]),
    ],
    meta_pixel_twice: [
        tags(base(), lead()),
        tags(base(), base(OTHER, "Other")),
        tags(base(), base(name="Old", paused=True)),
        tags(base(), base(name="Never", firingTriggerId=[])),
        tags(base(), base(name="Blocked", blockingTriggerId=["20"]), trigger=[custom_event()]),
        # Which of the two fires may be a matter of the host.
        tags(base(firingTriggerId=["20"]), base(name="B", firingTriggerId=["21"])),
        tags(base(), script(f"if (!started) {{ fbq('init', '{ID}'); }}")),
        # The template keeps a list of what it has started.
        with_meta(meta("PageView"), meta("Lead")),
    ],
    meta_several_pixels: [
        tags(base(), lead()),
        code(f"fbq('init', '{ID}'); fbq('init', '{OTHER}'); fbq('trackSingle', '{ID}', 'Lead');"),
        tags(base(), base(OTHER)),
        code(
            f"fbq('init', '{ID}'); fbq('init', '{OTHER}');",
            f"fbq('set', 'trackSingleOnly', true, '{OTHER}'); fbq('track', 'Lead');",
        ),
    ],
    meta_no_product_ids: [
        code("fbq('track', 'ViewContent', {content_name: 'x'}); fbq('track', 'AddToCart');"),
        code("fbq('track', 'Purchase', {content_ids: {{I}}}); fbq('track', 'Lead');"),
        code("fbq('track', 'AddToCart', {{Data}}); fbq('track', 'ViewContent', data);"),
        code(OURS.replace("properties, {event", "all, {event")),
    ],
    meta_setup_order: [
        code(f"fbq('consent', 'revoke'); fbq('init', '{ID}'); fbq('consent', 'grant');"),
        code(f"fbq('dataProcessingOptions', []); fbq('set', 'autoConfig', false, '{ID}');"),
        code(
            f"fbq('init', '{ID}');",
            f"fbq('set', 'autoConfig', false, '{OTHER}'); fbq('init', '{OTHER}');",
        ),
        code(f"fbq('init', '{ID}'); function withdraw() {{ fbq('consent', 'revoke'); }}"),
    ],
    vendor_without_consent: [
        tags(base(consentSettings=NEEDED), lead()),
        tags(base(consentSettings={"consentStatus": "NOT_NEEDED"})),
        tags(base(paused=True), base(firingTriggerId=[])),
        tags(
            base(firingTriggerId=["20"]),
            trigger=[custom_event("cookie_consent_marketing")],
        ),
        tags(
            base(blockingTriggerId=["20"]),
            trigger=[
                trigger(
                    "CUSTOM_EVENT",
                    "No marketing",
                    filter=[condition("EQUALS", "{{Consent}}", "no")],
                )
            ],
        ),
        code("if (Cookiebot.consent.marketing) {", LOADER, "}"),
        tags(
            html("<script type='text/plain' data-cookieconsent='marketing'>" + LOADER + "</script>")
        ),
        tags(html("<noscript><img src='https://connect.facebook.net/x'></noscript><p></p>")),
        tags(tag("googtag", text("tagId", "G-AAAAAAAAAA")), tag("ua"), tag("awct")),
        tags(html("<script src='https://cdn.shop.test/connect.facebook.net.js'></script>")),
        # The template asks itself.
        tags(tag("cvt_KFNBV", flag("enableConsentMode")), customTemplate=[STAPE_TEMPLATE]),
        with_meta({**meta("PageView"), "parameter": [text("consent", "{{Consent}}")]}),
        container("SERVER", tag=[NO_STATUS]),
    ],
}
