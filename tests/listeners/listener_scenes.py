# ruff: noqa: RUF001 - a page stands on one line; shops do write dashes in titles
"""Pages, what visitors do on them, and what reaches the data layer: every scene is played with every listener."""

from __future__ import annotations

import json
from typing import Any

from listener_stage import UNDEFINED, Scene

Push = dict[str, Any]


def shop_says(event: str, on: str = "submit", **data: object) -> str:
    """A script of the shop that pushes its own event."""
    message = json.dumps({"event": event, **data})
    return f"<script>addEventListener('{on}', () => dataLayer.push({message}), true)</script>"


def gtag_says(event: str, **data: object) -> str:
    """A script of the shop that says it by gtag(), when the page has loaded."""
    return (
        "<script>function gtag() { dataLayer.push(arguments); }"
        f"addEventListener('load', () => gtag('event', '{event}', {json.dumps(data)}));</script>"
    )


# The shop's script sends the form: the answer shows after 300 ms (on the stage's clock).
def ajax(answer: str, after: int = 300) -> str:
    return (
        "<script>addEventListener('submit', (e) => { e.preventDefault(); setTimeout(() => {"
        f"const form = e.target, $ = (css) => document.querySelector(css); {answer} }}, {after}) }})</script>"
    )


OK = "form.reset(); $('#answer').innerHTML = '<p class=\"alert alert-success\" role=alert>Dziękujemy!</p>';"
BAD = "$('#answer').innerHTML = '<p class=\"alert alert-danger\" role=alert>Adres jest już zapisany</p>';"
ANSWER = "<div id=answer></div>"
MAIL = "anna@example.com"


# --- newsletter, contact, registration ------------------------------------------------------


def newsletter(**data: object) -> Push:
    return {"event": "tagkit.newsletter_signup", "form_id": "news", "method": "native", **data}


def contact(**data: object) -> Push:
    return {"event": "tagkit.contact_form", "form_id": "ask", "method": "native", **data}


def sign_up(**data: object) -> Push:
    return {"event": "tagkit.sign_up", "method": "native", "form_id": "join", **data}


def news_form(
    attrs: str = "id=news class=newsletter", more: str = "", action: str = "/stay"
) -> str:
    return (
        f"<div><form {attrs} action='{action}' method=post><input type=email name=email required>"
        f"{more}<button type=submit>Zapisz się</button></form>{ANSWER}</div>"
    )


def ask_form(attrs: str = "id=ask", more: str = "", action: str = "/stay") -> str:
    return (
        f"<div><form {attrs} action='{action}' method=post><input name=name><input type=email name=email>"
        f"<textarea name=message required></textarea>{more}<button>Wyślij</button></form>{ANSWER}</div>"
    )


def join_form(attrs: str = "id=join", more: str = "", action: str = "/stay") -> str:
    return (
        f"<div><form {attrs} action='{action}' method=post><input type=email name=email>"
        "<input type=password name=password autocomplete=new-password>"
        f"{more}<button>Załóż konto</button></form>{ANSWER}</div>"
    )


SEND_NEWS = [("fill", "[name=email]", MAIL), ("click", "button")]
SEND_ASK = [("fill", "[name=email]", MAIL), ("fill", "textarea", "Hej"), ("click", "button")]
SEND_JOIN = [("fill", "[name=email]", MAIL), ("fill", "[type=password]", "x"), ("click", "button")]

NEWSLETTER = [
    Scene("native", [newsletter()], news_form(), SEND_NEWS),
    Scene(
        "native, leaving",
        [newsletter()],
        news_form(action="/next"),
        [*SEND_NEWS, ("arrive", "/next")],
    ),
    Scene(
        "by Enter", [newsletter()], news_form(), [SEND_NEWS[0], ("press", "[name=email]", "Enter")]
    ),
    Scene("late", [newsletter()], news_form(), SEND_NEWS, when="late"),
    Scene("run twice", [newsletter()], news_form(), SEND_NEWS, when="twice"),
    Scene("clicked twice", [newsletter()], news_form(), [*SEND_NEWS, ("click", "button")]),
    Scene(
        "sent again later",
        [newsletter(), newsletter()],
        news_form(),
        [*SEND_NEWS, ("wait", 5000), *SEND_NEWS],
    ),
    Scene("only loaded", [], news_form()),
    Scene("script", [newsletter(method="ajax")], news_form() + ajax(OK), SEND_NEWS),
    Scene(
        "script, leaving",
        [newsletter(method="ajax")],
        news_form() + ajax("location.href = '/next'", 0),
        [*SEND_NEWS, ("begin", 300), ("arrive", "/next")],
    ),
    Scene(
        "script refuses",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "news",
                "error_field": "email",
                "error_reason": "message",
            }
        ],
        news_form() + ajax(BAD),
        SEND_NEWS,
    ),
    Scene(
        "script refuses after two seconds, button busy",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "news",
                "error_field": "email",
                "error_reason": "message",
            }
        ],
        news_form() + ajax(BAD, 2000) + "<script>addEventListener('submit', (e) => {"
        "e.target.querySelector('button').disabled = true; })</script>",
        SEND_NEWS,
    ),
    Scene(
        "script refuses, then takes it",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "news",
                "error_field": "email",
                "error_reason": "message",
            },
            newsletter(method="ajax"),
        ],
        news_form() + ajax(f"if (window.tried) {{ {OK} }} else {{ tried = true; {BAD} }}"),
        [*SEND_NEWS, ("wait", 5000), *SEND_NEWS],
    ),
    Scene(
        "a captcha's second submit",
        [newsletter()],
        news_form()
        + "<script>addEventListener('submit', (e) => { if (!window.human) { human = true;"
        "e.preventDefault(); setTimeout(() => e.target.requestSubmit(), 700); } })</script>",
        SEND_NEWS,
    ),
    Scene(
        "propagation stopped",
        [newsletter(method="ajax")],
        news_form()
        + "<script>document.forms[0].addEventListener('submit', (e) => { e.preventDefault();"
        "e.stopPropagation(); })</script>",
        SEND_NEWS,
    ),
    Scene("no hints", [newsletter(form_id="/stay")], news_form(attrs=""), SEND_NEWS),
    Scene(
        "no id, aria-label",
        [newsletter(form_id="Biuletyn")],
        news_form("aria-label=Biuletyn"),
        SEND_NEWS,
    ),
    Scene(
        "an input named id, action and name",
        [newsletter()],
        news_form(
            more="<input type=hidden name=id><input type=hidden name=action><input type=hidden name=name>"
        ),
        SEND_NEWS,
    ),
    Scene(
        "name, consent, honeypot",
        [newsletter()],
        news_form(
            more="<input name=first_name><input type=checkbox name=agree><div hidden><input type=email name=b></div>"
        ),
        SEND_NEWS,
    ),
    Scene("the shop says it", [], news_form() + shop_says("newsletter_signup"), SEND_NEWS),
    Scene(
        "the shop says it on the click",
        [],
        news_form() + shop_says("subscribe_newsletter", "click"),
        SEND_NEWS,
    ),
    Scene(
        "the shop says it as a lead",
        [],
        news_form() + shop_says("generate_lead", lead_source="newsletter"),
        SEND_NEWS,
    ),
    Scene(
        "the shop says it as sign_up",
        [],
        news_form() + shop_says("sign_up", method="newsletter"),
        SEND_NEWS,
    ),
    Scene(
        "the shop says it by gtag",
        [],
        news_form() + "<script>addEventListener('submit', function () {"
        "(function () { dataLayer.push(arguments); })('event', 'newsletter_subscribe', {}); })</script>",
        SEND_NEWS,
    ),
    Scene(
        "the shop said it while leaving",
        [],
        news_form(action="/next") + shop_says("newsletter_signup"),
        [*SEND_NEWS, ("arrive", "/next")],
    ),
    Scene(
        "another lead",
        [newsletter()],
        news_form() + shop_says("generate_lead", lead_source="quote"),
        SEND_NEWS,
    ),
    Scene(
        "said long ago",
        [newsletter()],
        news_form() + "<script>dataLayer.push({event: 'newsletter_signup'}, {event: 'x'})</script>",
        [("wait", 3000), *SEND_NEWS],
    ),
    Scene(
        "said long ago, and trimmed",
        [],
        news_form()
        + "<script>addEventListener('submit', () => { for (let i = 0; i < 300; i++) { dataLayer.push({event: 'x' + i}); }"
        "dataLayer.push({event: 'newsletter_signup'}); dataLayer.splice(0, 100); })</script>",
        SEND_NEWS,
    ),
    *(
        Scene(f"is no newsletter: {name}", [], news_form(attrs, more), SEND_NEWS)
        for name, attrs, more in (
            ("forgotten password", "class=forgot-password", ""),
            ("login", "id=login", "<input type=password name=p>"),
            ("back in stock", "id=notify-me", ""),
            ("guest checkout", "id=checkout-guest", ""),
            ("order tracking", "id=order-tracking", "<input name=number>"),
            ("unsubscribe", "id=newsletter-unsubscribe", ""),
            ("address", "id=x", "<input name=street><input name=postcode>"),
            ("two addresses", "id=friend", "<input type=email name=to>"),
        )
    ),
    Scene(
        "on a page to recover a password",
        [],
        news_form(attrs=""),
        SEND_NEWS,
        path="/odzyskaj-haslo",
    ),
    Scene("beside a checkout", [newsletter()], news_form(), SEND_NEWS, path="/koszyk"),
    Scene(
        "on the contact page, posting to it",
        [newsletter(form_id="box")],
        news_form("id=box", action="/stay/kontakt#box"),
        SEND_NEWS,
        path="/stay/kontakt",
    ),
    Scene(
        "Mailchimp's script",
        [newsletter(form_id="mc-embedded-subscribe-form", method="mailchimp")],
        news_form("id=mc-embedded-subscribe-form")
        + "<div id=mce-success-response style='display:none'>Dzięki</div>"
        + ajax("$('#mce-success-response').style.display = 'block';", 2500),
        SEND_NEWS,
    ),
    Scene(
        "Mailchimp's script refuses",
        [],
        news_form("id=mc-embedded-subscribe-form")
        + "<div id=mce-success-response style='display:none'></div>"
        + ajax(""),
        SEND_NEWS,
        wait=15000,
    ),
    Scene(
        "MC4WP speaks after the reload",
        [newsletter(form_id="7", method="mc4wp")],
        steps=[
            ("js", "mc4wp = { forms: { on: (name, fn) => setTimeout(() => fn({ id: 7 }), 400) } }")
        ],
    ),
    Scene(
        "MC4WP's form is left to it",
        [],
        "<script>mc4wp = { forms: { on() {} } }</script>"
        + news_form("class='mc4wp-form mc4wp-form-7'"),
        SEND_NEWS,
    ),
    Scene(
        "Klaviyo",
        [newsletter(form_id="AbC", method="klaviyo")],
        steps=[
            (
                "js",
                (
                    "for (const type of ['open', 'submit', 'close']) { dispatchEvent(new CustomEvent('klaviyoForms',"
                    f"{{ detail: {{ type, formId: 'AbC', metaData: {{ $email: '{MAIL}' }} }} }})) }}"
                ),
            )
        ],
    ),
    Scene(
        "HubSpot, a form with one field",
        [newsletter(form_id="4f-1", method="hubspot")],
        news_form("id=hsForm_4f-1 class=hs-form")
        + ajax(
            "form.remove(); postMessage({ type: 'hsFormCallback', eventName: 'onFormSubmitted', id: '4f-1' }, '*');"
        ),
        [
            *SEND_NEWS,
            ("wait", 2000),
            ("js", "new Promise((done) => { onmessage = done; postMessage(1, '*') })"),
        ],
    ),
]

ELEMENTOR = (
    "<script>jQuery = (el) => ({ on(names, fn) { names.split(' ').forEach((name) => el.addEventListener(name,"
    " (e) => fn(e, e.detail))); return this; } })</script>"
)


def fires(name: str, detail: str = "null") -> str:
    return f"form.dispatchEvent(new CustomEvent('{name}', {{ bubbles: true, detail: {detail} }}));"


HEARD = ("js", "new Promise((done) => { onmessage = done; postMessage(1, '*') })")
HUBSPOT_REFUSES = (
    "postMessage({ type: 'hsFormCallback', eventName: 'onFormFailedValidation', id: '4f-1' }, '*');"
)

CONTACT = [
    Scene("native", [contact()], ask_form(), SEND_ASK),
    Scene(
        "native, leaving", [contact()], ask_form(action="/next"), [*SEND_ASK, ("arrive", "/next")]
    ),
    Scene("script", [contact(method="ajax")], ask_form() + ajax(OK), SEND_ASK),
    Scene(
        "script refuses",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "ask",
                "error_field": UNDEFINED,
                "error_reason": "message",
            }
        ],
        ask_form() + ajax(BAD),
        SEND_ASK,
    ),
    Scene(
        "no textarea, but a contact's id",
        [contact(form_id="kontakt-szybki")],
        "<form id=kontakt-szybki action=/stay><input type=tel name=phone><button>OK</button></form>",
        [("fill", "input", "1"), ("click", "button")],
    ),
    Scene(
        "one e-mail and a contact's action",
        [contact(form_id="/stay/contact")],
        news_form("", action="/stay/contact"),
        SEND_NEWS,
    ),
    Scene(
        "a newsletter that posts to contact",
        [newsletter(form_id="footer-newsletter")],
        news_form("id=footer-newsletter", action="/stay/contact"),
        SEND_NEWS,
    ),
    Scene("a comment", [], ask_form("id=commentform"), SEND_ASK),
    Scene("a review", [], ask_form("class=product-review"), SEND_ASK),
    Scene("notes of an order", [], ask_form("name=checkout"), SEND_ASK),
    Scene(
        "notes with addresses",
        [],
        ask_form(more="<input name=street><input name=postcode>"),
        SEND_ASK,
    ),
    Scene("with a password", [], ask_form(more="<input type=password>"), SEND_ASK),
    Scene("the shop says it", [], ask_form() + shop_says("contact_form_submit"), SEND_ASK),
    Scene(
        "the shop says it as a lead",
        [],
        ask_form() + shop_says("generate_lead", lead_source="form"),
        SEND_ASK,
    ),
    Scene(
        "a newsletter's lead is another thing",
        [contact()],
        ask_form() + shop_says("generate_lead", lead_source="newsletter"),
        SEND_ASK,
    ),
    Scene(
        "Contact Form 7",
        [contact(form_id="12", method="cf7")],
        "<script>wpcf7 = {}</script>"
        + ask_form("class='wpcf7-form init'")
        + ajax(
            fires("wpcf7mailsent", "{ contactFormId: 12, inputs: [{ name: 'email', value: 'x' }] }")
        ),
        SEND_ASK,
    ),
    Scene(
        "Contact Form 7, one e-mail",
        [newsletter(form_id="12", method="cf7")],
        "<script>wpcf7 = {}</script>"
        + news_form("class='wpcf7-form init'")
        + ajax(fires("wpcf7mailsent", "{ contactFormId: 12 }")),
        SEND_NEWS,
    ),
    Scene(
        "Contact Form 7 was not sent",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "/stay",
                "error_field": UNDEFINED,
                "error_reason": "mailfailed",
            }
        ],
        "<script>wpcf7 = {}</script>"
        + ask_form("class=wpcf7-form")
        + ajax(fires("wpcf7mailfailed", "{}")),
        SEND_ASK,
    ),
    Scene(
        "Contact Form 7 refuses after five seconds, and shows it",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "12",
                "error_field": "email",
                "error_reason": "invalid",
            }
        ],
        ask_form("class=wpcf7-form")
        + ajax(
            fires(
                "wpcf7invalid",
                "{ contactFormId: 12, apiResponse: { invalid_fields: [{ field: 'email' }, { field: 'name' }] } }",
            )
            + BAD,
            5000,
        ),
        SEND_ASK,
    ),
    Scene(
        "Contact Form 7 refuses, seen first",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "/stay",
                "error_field": UNDEFINED,
                "error_reason": "message",
            }
        ],
        ask_form("class=wpcf7-form")
        + ajax(
            f"{BAD} setTimeout(() => {{ {fires('wpcf7spam', '{ contactFormId: 12 }')} }}, 200);"
        ),
        SEND_ASK,
    ),
    Scene(
        "Typeform, in its frame",
        [contact(form_id="aB3", method="typeform")],
        steps=[
            (
                "js",
                (
                    "for (const type of ['form-ready', 'form-submit']) {"
                    "postMessage({ type, formId: 'aB3', responseId: 'r1' }, '*'); } postMessage({ type: 'form-submit' }, '*');"
                ),
            ),
            HEARD,
        ],
    ),
    Scene(
        "HubSpot, in a frame, refuses",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "4f-1",
                "error_field": UNDEFINED,
                "error_reason": "message",
            }
        ],
        steps=[("js", HUBSPOT_REFUSES), HEARD],
    ),
    Scene(
        "HubSpot, on the page, refuses: its message is seen",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "hsForm_4f-1",
                "error_field": UNDEFINED,
                "error_reason": "message",
            }
        ],
        ask_form("id=hsForm_4f-1 class=hs-form") + ajax(BAD + HUBSPOT_REFUSES),
        [*SEND_ASK, ("wait", 2000), HEARD],
    ),
    Scene(
        "WPForms",
        [contact(form_id="wpforms-form-3", method="wpforms")],
        ELEMENTOR
        + ask_form("id=wpforms-form-3 class=wpforms-ajax-form")
        + ajax(fires("wpformsAjaxSubmitSuccess")),
        SEND_ASK,
    ),
    Scene(
        "Gravity Forms",
        [contact(form_id="gform_5", method="gravity")],
        ELEMENTOR
        + ask_form("id=gform_5 target=hole", "<input type=hidden name=gform_ajax value=x>")
        + "<iframe name=hole></iframe>"
        + "<script>addEventListener('submit', () => setTimeout(() => document.dispatchEvent("
        "new CustomEvent('gform_confirmation_loaded', { detail: 5 })), 300))</script>",
        SEND_ASK,
    ),
    Scene(
        "Elementor, jQuery late",
        [contact(form_id="Form1", method="elementor")],
        ask_form("name=Form1 class=elementor-form") + ajax(fires("submit_success")),
        [
            ("wait", 5000),
            ("js", ELEMENTOR.removeprefix("<script>").removesuffix("</script>")),
            ("wait", 1000),
            *SEND_ASK,
        ],
    ),
    Scene(
        "HubSpot, new editor, in a frame",
        [contact(form_id="9a", method="hubspot")],
        "<script>HubSpotFormsV4 = { getFormFromEvent: () => ({ getFormId: () => '9a' }) }</script>",
        [
            (
                "js",
                "dispatchEvent(new CustomEvent('hs-form-event:on-submission:success', { detail: {} }))",
            )
        ],
    ),
    Scene(
        "other messages",
        [],
        steps=[("js", "postMessage(null, '*'); postMessage('x', '*')"), ("wait", 100)],
    ),
]

SIGN_UP = [
    Scene("native", [sign_up()], join_form(), SEND_JOIN),
    Scene(
        "native, leaving", [sign_up()], join_form(action="/next"), [*SEND_JOIN, ("arrive", "/next")]
    ),
    Scene("script", [sign_up(method="ajax")], join_form() + ajax(OK), SEND_JOIN),
    Scene(
        "script refuses",
        [
            {
                "event": "tagkit.form_error",
                "form_id": "join",
                "error_field": UNDEFINED,
                "error_reason": "message",
            }
        ],
        join_form() + ajax(BAD),
        SEND_JOIN,
    ),
    Scene(
        "two passwords",
        [sign_up(form_id="f")],
        "<form id=f action=/stay><input name=login><input type=password><input type=password><button>OK</button></form>",
        [("click", "button")],
    ),
    Scene(
        "by its action",
        [sign_up(form_id="/stay/rejestracja")],
        "<form action=/stay/rejestracja><input name=email><input type=password><button>OK</button></form>",
        [("click", "button")],
    ),
    Scene(
        "no password yet",
        [sign_up(form_id="register")],
        "<form id=register action=/stay><input type=email name=email><button>OK</button></form>",
        [("click", "button")],
    ),
    Scene(
        "login",
        [],
        "<form id=login action=/stay><input name=email><input type=password><button>OK</button></form>",
        [("click", "button")],
    ),
    Scene("a new password for an old one", [], join_form("id=reset-password"), SEND_JOIN),
    Scene(
        "another password in the account",
        [],
        join_form("id=profile", "<input type=password autocomplete=current-password>"),
        SEND_JOIN,
    ),
    Scene("the shop says it", [], join_form() + shop_says("sign_up", method="email"), SEND_JOIN),
    Scene("the shop says it: registration", [], join_form() + shop_says("registration"), SEND_JOIN),
]


# --- form errors, coupons -------------------------------------------------------------------


def form_error(field: str = UNDEFINED, reason: str = "message", form: str = "f") -> Push:
    return {
        "event": "tagkit.form_error",
        "form_id": form,
        "error_field": field,
        "error_reason": reason,
    }


CHECKED = "<form id=f action=/stay><input name=city required><input type=email name=mail required><button>OK</button></form>"
ROW = "<div class=row><label>PESEL <input name=code></label><span class=error hidden>Zły kod</span></div>"
ROWS = f"<form id=f novalidate action=/stay><div class=row><input name=city></div>{ROW}<button>OK</button></form>"
SHOW = "$('.error').hidden = false;"

FORM_ERROR = [
    Scene("empty fields", [form_error("city", "valueMissing")], CHECKED, [("click", "button")]),
    Scene(
        "by Enter",
        [form_error("city", "valueMissing")],
        CHECKED,
        [("press", "[name=mail]", "Enter")],
    ),
    Scene(
        "two attempts",
        [form_error("city", "valueMissing"), form_error("mail", "typeMismatch")],
        CHECKED,
        [
            ("click", "button"),
            ("wait", 3000),
            ("fill", "[name=city]", "x"),
            ("fill", "[name=mail]", "x"),
            ("click", "button"),
        ],
    ),
    Scene(
        "a pattern",
        [form_error("zip", "patternMismatch")],
        "<form id=f action=/stay><input name=zip pattern='[0-9]{2}-[0-9]{3}'><button>OK</button></form>",
        [("fill", "input", "abc"), ("click", "button")],
    ),
    Scene("nothing sent", [], CHECKED, [("fill", "[name=mail]", "x")]),
    Scene(
        "checked while typing",
        [],
        CHECKED
        + "<script>addEventListener('input', (e) => e.target.form.checkValidity())</script>",
        [("type", "[name=mail]", "anna")],
    ),
    Scene("left without an error", [], ROWS, [("click", "button")]),
    Scene(
        "the page's own check", [form_error("code")], ROWS + ajax(SHOW, 0), [("click", "button")]
    ),
    Scene(
        "the page's own check, later",
        [form_error("code")],
        ROWS + ajax(SHOW, 2500),
        [("click", "button")],
    ),
    Scene("too late to be the answer", [], ROWS + ajax(SHOW, 4000), [("click", "button")]),
    Scene("shown before", [], ROWS.replace(" hidden", "") + ajax(""), [("click", "button")]),
    Scene(
        "again, after it had gone",
        [form_error("code"), form_error("code")],
        ROWS
        + ajax("$('.error').hidden = true; setTimeout(() => { $('.error').hidden = false }, 400);"),
        [("click", "button"), ("wait", 5000), ("click", "button")],
    ),
    Scene(
        "a field in error",
        [form_error("city")],
        ROWS + ajax("$('[name=city]').setAttribute('aria-invalid', 'true');", 0),
        [("click", "button")],
    ),
    Scene(
        "described by",
        [form_error("city")],
        "<form id=f novalidate action=/stay><input name=city aria-describedby=m><input name=code><button>OK</button></form>"
        "<p id=m class=field-error></p>" + ajax("$('#m').textContent = 'Podaj miasto';"),
        [("click", "button")],
    ),
    Scene(
        "the button is no submit",
        [form_error("code")],
        ROWS.replace(
            "<button",
            "<button type=button onclick=\"document.querySelector('.error').hidden = false\"",
        ),
        [("click", "button")],
    ),
    Scene(
        "a required field of a contact form",
        [form_error("message", "valueMissing", "ask")],
        ask_form(),
        [("click", "button")],
    ),
    Scene(
        "thanks are no error, a mark is no message, a class with a colon is no error",
        [contact(method="ajax")],
        ask_form()
        + ajax(
            OK
            + "$('form').insertAdjacentHTML('beforeend', '<b class=text-danger>*</b><i class=\"invalid:ring\">abc</i>"
            "<a class=btn-danger>Usuń</a>');"
        ),
        SEND_ASK,
    ),
    Scene(
        "search",
        [],
        "<form id=f action=/stay><input type=search name=q required><button>Szukaj</button></form>",
        [("click", "button")],
    ),
    Scene(
        "the shop says it", [], CHECKED + shop_says("form_error", "invalid"), [("click", "button")]
    ),
    Scene(
        "the shop says it too",
        [],
        ROWS + ajax(SHOW) + shop_says("form_submit_error"),
        [("click", "button")],
    ),
    Scene(
        "run twice",
        [form_error("city", "valueMissing")],
        CHECKED,
        [("click", "button")],
        when="twice",
    ),
]


def refused(coupon: str = "LATO10") -> Push:
    return {"event": "tagkit.coupon_refused", "coupon": coupon, "error_reason": "message"}


COUPON = (
    "<section><form id=c action=/stay><input name=coupon_code><button>Zastosuj</button></form>"
    "<div class=js-error hidden>Kod nie istnieje</div></section>"
)
REFUSE = "$('.js-error').hidden = false;"
APPLY = [("fill", "[name=coupon_code]", " LATO10 "), ("click", "button")]
CART = (
    "<div class=notices></div><form id=cart action=/stay><input name=qty type=number value=1>"
    "<div class=coupon><input name=x placeholder='Kod rabatowy'><button type=button id=apply>Zastosuj</button></div>"
    "<button id=update>Aktualizuj</button></form>"
)
NOTICE = "document.querySelector('.notices').innerHTML = '<ul class=shop-error><li>Kupon LATO10 nie istnieje</li></ul>'"

COUPON_REFUSED = [
    Scene("a form of its own", [refused()], COUPON + ajax(REFUSE), APPLY),
    Scene(
        "by Enter",
        [refused()],
        COUPON + ajax(REFUSE),
        [APPLY[0], ("press", "[name=coupon_code]", "Enter")],
    ),
    Scene("slow", [refused()], COUPON + ajax(REFUSE, 4500), APPLY),
    Scene(
        "taken",
        [],
        COUPON + ajax("$('form').insertAdjacentHTML('afterend', '<p class=ok>-10%</p>');"),
        APPLY,
    ),
    Scene("no code typed", [], COUPON + ajax(REFUSE), [("click", "button")]),
    Scene("shown before", [], COUPON.replace(" hidden", "") + ajax(""), APPLY),
    Scene(
        "an address is no coupon",
        [refused(UNDEFINED)],
        COUPON + ajax(REFUSE),
        [("fill", "input", MAIL), ("click", "button")],
    ),
    Scene(
        "long",
        [refused("A" * 40)],
        COUPON + ajax(REFUSE),
        [("fill", "input", "A" * 60), ("click", "button")],
    ),
    Scene(
        "twice wrong",
        [refused(), refused("ZIMA")],
        COUPON
        + ajax(
            "$('.js-error').hidden = true; setTimeout(() => { $('.js-error').hidden = false }, 300);"
        ),
        [*APPLY, ("wait", 7000), ("fill", "[name=coupon_code]", "ZIMA"), ("click", "button")],
    ),
    Scene(
        "in the form of the cart, notice far away",
        [refused()],
        CART
        + f"<script>document.querySelector('#apply').onclick = () => setTimeout(() => {{ {NOTICE} }}, 900)</script>",
        [("fill", "[name=x]", "LATO10"), ("click", "#apply")],
    ),
    Scene(
        "another button of the cart",
        [],
        CART + ajax("$('.notices').innerHTML = '<p class=shop-info>Koszyk zmieniony</p>';"),
        [("fill", "[name=x]", "LATO10"), ("click", "#update")],
    ),
    Scene(
        "no form at all",
        [refused()],
        "<div><div><input id=voucher><a href=# id=go>OK</a></div><p class=error-message></p></div>"
        "<script>document.querySelector('#go').onclick = () => setTimeout(() => {"
        "document.querySelector('p').textContent = 'Zły kod' }, 500)</script>",
        [("fill", "#voucher", "LATO10"), ("click", "#go")],
    ),
    Scene("the shop says it", [], COUPON + ajax(REFUSE) + shop_says("coupon_failed"), APPLY),
    Scene(
        "the shop says it later",
        [],
        COUPON + ajax(REFUSE + "setTimeout(() => dataLayer.push({event: 'voucher_error'}), 300);"),
        APPLY,
    ),
]


# --- what a page is -------------------------------------------------------------------------


def view_item(item: Push, currency: str = "PLN") -> Push:
    ecommerce = {"currency": currency, "value": item["price"]} if "price" in item else {}
    return {
        "event": "tagkit.view_item",
        "ecommerce": {**ecommerce, "items": [{**item, "quantity": 1}]},
    }


def ld(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def mug(**changes: object) -> Push:
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "Kubek",
        "sku": "K-1",
        "offers": {"@type": "Offer", "price": "49.90", "priceCurrency": "PLN"},
        **changes,
    }


def offer(price: object, stock: str = "InStock", **more: object) -> Push:
    return {
        "@type": "Offer",
        "price": price,
        "priceCurrency": "PLN",
        "availability": f"https://schema.org/{stock}",
        **more,
    }


MUG = view_item({"item_id": "K-1", "item_name": "Kubek", "price": 49.9})
GONE = {"event": "tagkit.out_of_stock", "item_id": "K-1", "item_name": "Kubek"}
OG = (
    '<meta property="og:type" content="product"><meta property="og:title" content="Kubek">'
    '<meta property="product:price:amount" content="49,90"><meta property="product:price:currency" content="PLN">'
)

VIEW_ITEM = [
    Scene("one product", [MUG], head=ld(mug())),
    Scene("late", [MUG], head=ld(mug()), when="late"),
    Scene("run twice", [MUG], head=ld(mug()), when="twice"),
    Scene(
        "after a change of route",
        [MUG],
        head=ld(mug()),
        steps=[("wait", 2000), ("js", "history.pushState({}, '', '/b')")],
    ),
    Scene("left early", [MUG], head=ld(mug()), steps=[("leave",)]),
    Scene("no product", [], head=ld({"@type": "Organization", "name": "x"})),
    Scene(
        "broken JSON",
        [MUG],
        head='<script type="application/ld+json">{"@type": </script>' + ld(mug()),
    ),
    Scene(
        "all that one can say",
        [
            view_item(
                {
                    "item_id": "K-1",
                    "item_name": "Kubek",
                    "item_brand": "Miś",
                    "item_category": "Kuchnia",
                    "price": 1234.5,
                }
            )
        ],
        head=ld(
            mug(
                brand={"@type": "Brand", "name": "Miś"},
                category=["Kuchnia", "Dom"],
                offers=offer("1 234,50"),
            )
        ),
    ),
    Scene("type is a list", [MUG], head=ld(mug(**{"@type": ["Product", "Thing"]}))),
    Scene("graph", [MUG], head=ld({"@graph": [{"@type": "BreadcrumbList"}, mug()]})),
    Scene("list", [MUG], head=ld([{"@type": "WebSite"}, mug()])),
    Scene("main entity", [MUG], head=ld({"@type": "ItemPage", "mainEntity": mug()})),
    Scene("offers are a list", [MUG], head=ld(mug(offers=[offer("59.90"), offer(49.9)]))),
    Scene(
        "range",
        [MUG],
        head=ld(
            mug(
                offers={
                    "@type": "AggregateOffer",
                    "lowPrice": 49.9,
                    "highPrice": 99,
                    "priceCurrency": "PLN",
                }
            )
        ),
    ),
    Scene(
        "price specification",
        [MUG],
        head=ld(
            mug(
                offers={
                    "priceSpecification": [
                        {
                            "price": 99,
                            "priceType": "https://schema.org/ListPrice",
                            "priceCurrency": "PLN",
                        },
                        {"price": "49.90", "priceCurrency": "PLN"},
                    ]
                }
            )
        ),
    ),
    Scene(
        "no offer",
        [view_item({"item_id": "K-1", "item_name": "Kubek"})],
        head=ld({"@type": "Product", "name": "Kubek", "sku": "K-1"}),
    ),
    Scene(
        "no number of its own",
        [view_item({"item_id": "/kubek", "item_name": "Kubek", "price": 5})],
        head=ld({"@type": "Product", "name": "Kubek", "offers": offer(5)}),
        path="/kubek/?utm_source=x",
    ),
    Scene(
        "variants",
        [view_item({"item_id": "G", "item_name": "Bluza", "item_brand": "Miś", "price": 100})],
        head=ld(
            {
                "@type": "ProductGroup",
                "productGroupID": "G",
                "name": "Bluza",
                "brand": "Miś",
                "hasVariant": [
                    mug(sku="G-M", name="Bluza M", offers=offer(120)),
                    mug(sku="G-S", name="Bluza S", offers=offer(100)),
                ],
            }
        ),
    ),
    Scene(
        "the variant of this address",
        [view_item({"item_id": "G-M", "item_name": "Bluza M", "item_brand": "Miś", "price": 120})],
        head=ld(
            {
                "@type": "ProductGroup",
                "productGroupID": "G",
                "name": "Bluza",
                "brand": "Miś",
                "hasVariant": [
                    mug(sku="G-M", name="Bluza M", offers=offer(120, url="/page?size=M")),
                    mug(sku="G-S", name="Bluza S", offers=offer(100, url="/page?size=S")),
                ],
            }
        ),
        path="/page?size=M",
    ),
    Scene(
        "a list of products",
        [],
        head=ld({"@type": "ItemList", "itemListElement": [{"item": mug()}]}),
    ),
    Scene("related products", [MUG], head=ld(mug(isRelatedTo=[mug(name="Talerz", sku="T")]))),
    Scene(
        "several, one of this address",
        [MUG],
        head=ld(mug(name="Talerz", sku="T", url="/talerz"), mug(url="https://shop.example/page/")),
    ),
    Scene(
        "several, none of this address",
        [],
        head=ld(mug(name="Talerz", url="/talerz"), mug(url="/kubek")),
    ),
    Scene("the same twice", [MUG], head=ld(mug(), mug())),
    Scene("advertised on the home page", [], head=ld(mug(url="/kubek")), path="/"),
    Scene(
        "microdata",
        [view_item({"item_id": "K-1", "item_name": "Kubek", "item_brand": "Miś", "price": 49.9})],
        "<div itemscope itemtype='https://schema.org/Product'><h1 itemprop=name>Kubek</h1><meta itemprop=sku content=K-1>"
        "<div itemprop=brand itemscope itemtype='http://schema.org/Brand'><span itemprop=name>Miś</span></div>"
        "<div itemprop=offers itemscope itemtype='http://schema.org/Offer'><span itemprop=price content=49.90>49,90 zł</span>"
        "<meta itemprop=priceCurrency content=PLN></div>"
        "<div itemprop=isRelatedTo itemscope itemtype='https://schema.org/Product'><b itemprop=name>Talerz</b></div></div>",
    ),
    Scene(
        "microdata of a list",
        [],
        "<div itemscope itemtype='https://schema.org/Product'><b itemprop=name>A</b></div>"
        "<div itemscope itemtype='https://schema.org/Product'><b itemprop=name>B</b></div>",
    ),
    Scene(
        "Open Graph",
        [view_item({"item_id": "/page", "item_name": "Kubek", "price": 49.9})],
        head=OG,
    ),
    Scene(
        "Open Graph, another type", [], head=OG.replace('content="product"', 'content="website"')
    ),
    Scene(
        "the shop says it",
        [],
        head=ld(mug()) + "<script>dataLayer.push({event: 'view_item'})</script>",
    ),
    Scene("the shop says it after load", [], head=ld(mug()) + shop_says("view_item", "load")),
    Scene("the shop says it by gtag", [], head=ld(mug()) + gtag_says("view_item", currency="PLN")),
    Scene("the shop says something else", [MUG], head=ld(mug()) + gtag_says("view_item_list")),
]

OUT_OF_STOCK = [
    Scene("gone", [GONE, MUG], head=ld(mug(offers=offer(49.9, "OutOfStock")))),
    Scene(
        "sold out, no prefix",
        [GONE, MUG],
        head=ld(mug(offers=[{**offer(49.9), "availability": "SoldOut"}])),
    ),
    Scene(
        "all variants",
        [GONE, MUG],
        head=ld(mug(offers=[offer(49.9, "OutOfStock"), offer(55, "Discontinued")])),
    ),
    Scene("one variant", [MUG], head=ld(mug(offers=[offer(49.9, "OutOfStock"), offer(55)]))),
    Scene("in stock", [MUG], head=ld(mug(offers=offer(49.9)))),
    Scene("to be ordered", [MUG], head=ld(mug(offers=offer(49.9, "BackOrder")))),
    Scene("says nothing of it", [MUG], head=ld(mug())),
    Scene(
        "offers in an aggregate",
        [GONE, MUG],
        head=ld(
            mug(
                offers={
                    "@type": "AggregateOffer",
                    "lowPrice": 49.9,
                    "priceCurrency": "PLN",
                    "offers": [offer(49.9, "OutOfStock")],
                }
            )
        ),
    ),
    Scene(
        "another product is gone",
        [],
        head=ld({"@type": "ItemList", "itemListElement": [mug(offers=offer(1, "OutOfStock"))]}),
    ),
    Scene(
        "microdata",
        [
            {"event": "tagkit.out_of_stock", "item_id": "/page", "item_name": "Kubek"},
            view_item({"item_id": "/page", "item_name": "Kubek"}),
        ],
        "<div itemscope itemtype='https://schema.org/Product'><b itemprop=name>Kubek</b><div itemprop=offers itemscope>"
        "<link itemprop=availability href='https://schema.org/OutOfStock'></div></div>",
    ),
    Scene(
        "meta",
        [
            {"event": "tagkit.out_of_stock", "item_id": "/page", "item_name": "Kubek"},
            view_item({"item_id": "/page", "item_name": "Kubek", "price": 49.9}),
        ],
        head=OG + '<meta property="product:availability" content="oos">',
    ),
    Scene(
        "JSON-LD is asked first",
        [MUG],
        head=ld(mug(offers=offer(49.9))) + '<meta property="product:availability" content="oos">',
    ),
    Scene(
        "the shop says it",
        [MUG],
        head=ld(mug(offers=offer(49.9, "OutOfStock"))) + shop_says("out_of_stock", "load"),
    ),
    Scene(
        "the shop says it in view_item",
        [],
        head=ld(mug(offers=offer(49.9, "OutOfStock")))
        + shop_says(
            "view_item", "load", ecommerce={"items": [{"item_stock_status": "outofstock"}]}
        ),
    ),
    Scene(
        "the shop says it in gtag's view_item",
        [],
        head=ld(mug(offers=offer(49.9, "OutOfStock")))
        + gtag_says("view_item", items=[{"availability": "out of stock"}]),
    ),
    Scene(
        "the shop's view_item does not say it",
        [GONE],
        head=ld(mug(offers=offer(49.9, "OutOfStock")))
        + shop_says("view_item", "load", ecommerce={"items": [{"item_id": "1"}]}),
    ),
]


def not_found(by: str) -> Push:
    return {"event": "tagkit.page_not_found", "page_path": "/page", "detected_by": by}


PAGE_NOT_FOUND = [
    Scene("404", [not_found("status")], status=404),
    Scene("410", [not_found("status")], status=410, path="/page?mail=anna@example.com"),
    Scene("late", [not_found("status")], status=404, when="late"),
    Scene("run twice", [not_found("status")], status=404, when="twice"),
    Scene("500", [], status=500, title="Error 500"),
    Scene("a product of that name", [MUG], head=ld(mug()), title="Lampa | 404"),
    Scene(
        "the shop says it",
        [],
        status=404,
        head="<script>dataLayer.push({event: 'error_404'})</script>",
    ),
    Scene("the shop says it after load", [], status=404, head=shop_says("page_404", "load")),
]


def empty(term: str = "zielony słoń") -> Push:
    return {"event": "tagkit.empty_search", "search_term": term, "results_count": 0}


ELEPHANT = "/wyniki?q=Zielony++S%C5%82o%C5%84+"
NONE = "<main><h1>Wyniki</h1><p>Brak wyników dla <b>słonia</b></p></main>"

EMPTY_SEARCH = [
    Scene("nothing found", [empty()], NONE, path=ELEPHANT),
    Scene("late", [empty()], NONE, path=ELEPHANT, when="late"),
    Scene("run twice", [empty()], NONE, path=ELEPHANT, when="twice"),
    Scene("search path", [empty("słoń")], NONE, path="/szukaj/s%C5%82o%C5%84"),
    Scene("no term", [empty(UNDEFINED)], NONE, path="/search"),
    Scene("an address is no term", [empty(UNDEFINED)], NONE, path="/s?q=anna%40example.com"),
    Scene("a phone number is no term", [empty(UNDEFINED)], NONE, path="/s?q=%2B48+600-700-800"),
    Scene("a size is a term", [empty("10-15")], NONE, path="/s?q=10-15"),
    Scene("long", [empty("a" * 100)], NONE, path="/s?q=" + "a" * 150),
    Scene("broken escape", [empty("%e0%a4%a")], NONE, path="/s?q=%E0%A4%A"),
    Scene("no search", [], NONE),
    Scene("in the header", [], "<header>No results</header><main><p>A</p></main>", path=ELEPHANT),
    Scene(
        "in a header, no main",
        [],
        "<header><p>No results found</p></header><div><p>A</p></div><footer><p>No results</p></footer>",
        path=ELEPHANT,
    ),
    Scene("hidden", [], "<main><p hidden>Brak wyników</p><p>Słoń</p></main>", path=ELEPHANT),
    Scene(
        "results that come late",
        [empty()],
        "<main><p>...</p></main><script>setTimeout(() => { document.querySelector('p').textContent = 'Brak wyników' }, 2900)</script>",
        path=ELEPHANT,
    ),
    Scene("the shop says it", [], NONE + shop_says("search_no_results", "load"), path=ELEPHANT),
    Scene(
        "the shop says how many",
        [],
        NONE + gtag_says("view_search_results", search_term="x", results_count=0),
        path=ELEPHANT,
    ),
]

DECLINED = {
    "event": "tagkit.payment_declined",
    "payment_type": UNDEFINED,
    "error_code": UNDEFINED,
    "detected_by": "url",
}

PAYMENT_DECLINED = [
    Scene("late", [DECLINED], path="/payment-failed", when="late"),
    Scene("run twice", [DECLINED], path="/payment-failed", when="twice"),
    Scene("the shop says it", [], path="/payment-failed", head=shop_says("payment_failed", "load")),
    Scene("the shop says it by gtag", [], path="/payment-failed", head=gtag_says("payment_error")),
]


# --- chat, share ----------------------------------------------------------------------------


def chat(vendor: str) -> Push:
    return {"event": "tagkit.chat_click", "chat_vendor": vendor}


BUS = (
    "const fns = {}, bus = { on: (name, fn) => { (fns[name] = fns[name] || []).push(fn) } };"
    "fire = (name, data) => (fns[name] || []).forEach((fn) => fn(data));"
)
TAWK = "Tawk_API = { onChatMaximized() { shop = 'called ' + (this === Tawk_API); } };"
ZE = "zE = (verb, name, fn) => { if (verb !== 'KIND:on') { throw Error('no such verb'); } bus.on(name, fn); };"
CRISP = "$crisp = [];"
CRISP_READY = (
    "$crisp = { open: false, push: ([verb, name, fn]) => bus.on(name, fn), is: () => $crisp.open };"
)

CHAT = [
    Scene(
        "Tawk, late, with a handler of the shop",
        [chat("tawk")],
        steps=[
            ("wait", 20000),
            ("js", TAWK),
            ("wait", 1000),
            (
                "js",
                "Tawk_API.onChatMaximized(); Tawk_API.onChatStarted(); dataLayer.push({ shop })",
            ),
        ],
    ),
    Scene(
        "Tawk, by its events",
        [chat("tawk")],
        steps=[("js", "dispatchEvent(new CustomEvent('tawkChatMaximized'))")],
    ),
    Scene(
        "Tidio",
        [chat("tidio")],
        steps=[
            (
                "js",
                "for (const x of ['open', 'messageFromVisitor']) { document.dispatchEvent(new Event('tidioChat-' + x)) }",
            )
        ],
    ),
    Scene(
        "Crisp, in its queue",
        [chat("crisp")],
        steps=[
            ("js", CRISP),
            ("wait", 1000),
            ("js", "$crisp.filter((x) => x[1] === 'chat:initiated').forEach((x) => x[2]())"),
        ],
    ),
    Scene(
        "Crisp, with a handler of the shop",
        [chat("crisp")],
        steps=[
            (
                "js",
                CRISP
                + "$crisp.push(['on', 'chat:initiated', () => { dataLayer.push({ shop: 1 }) }])",
            ),
            ("wait", 1000),
            ("js", "$crisp.length === 1 && $crisp[0][2]()"),
        ],
    ),
    Scene(
        "Crisp, opened",
        [chat("crisp")],
        steps=[("js", BUS + CRISP_READY), ("wait", 90000), ("js", "$crisp.open = true")],
    ),
    Scene(
        "Intercom",
        [chat("intercom")],
        steps=[
            ("js", BUS + "Intercom = (verb, fn) => bus.on(verb, fn)"),
            ("wait", 1000),
            ("js", "fire('onShow'); fire('onShow')"),
        ],
    ),
    Scene(
        "LiveChat",
        [chat("livechat")],
        steps=[
            ("js", BUS + "LiveChatWidget = bus"),
            ("wait", 1000),
            (
                "js",
                "fire('visibility_changed', { visibility: 'minimized' }); fire('new_event', { author: { type: 'agent' } })",
            ),
            ("wait", 2000),
            (
                "js",
                "dataLayer.push({ event: 'nothing yet' }); fire('visibility_changed', { visibility: 'maximized' })",
            ),
        ],
    ),
    Scene(
        "Zendesk, messenger",
        [chat("zendesk")],
        steps=[
            ("js", BUS + ZE.replace("KIND", "messenger")),
            ("wait", 1000),
            ("js", "fire('open')"),
        ],
    ),
    Scene(
        "Zendesk, classic",
        [chat("zendesk")],
        steps=[
            ("js", BUS + ZE.replace("KIND", "webWidget")),
            ("wait", 1000),
            ("js", "fire('chat:start')"),
        ],
    ),
    Scene(
        "HubSpot",
        [chat("hubspot")],
        steps=[
            ("js", BUS + "HubSpotConversations = bus"),
            ("wait", 1000),
            ("js", "fire('conversationStarted', {})"),
        ],
    ),
    Scene(
        "two vendors",
        [chat("tawk"), chat("tidio")],
        steps=[
            (
                "js",
                "dispatchEvent(new Event('tawkChatStarted')); document.dispatchEvent(new Event('tidioChat-open'))",
            )
        ],
    ),
    Scene(
        "there, but closed",
        [],
        steps=[
            (
                "js",
                BUS
                + TAWK
                + CRISP_READY
                + "Intercom = () => {}; zE = () => {}; LiveChatWidget = bus; HubSpotConversations = bus",
            )
        ],
        wait=70000,
    ),
    Scene(
        "a minute late",
        [],
        steps=[("wait", 65000), ("js", TAWK), ("wait", 5000), ("js", "Tawk_API.onChatMaximized()")],
    ),
    Scene(
        "a broken widget",
        [{"event": "tagkit.listener_error", "listener": "generic/chat_click", "message": "1"}],
        steps=[
            (
                "js",
                "Tawk_API = 5; $crisp = { push() { throw 1 } }; Intercom = {}; zE = 1; LiveChatWidget = { on: 1 }",
            )
        ],
    ),
    Scene(
        "the shop says it",
        [],
        steps=[
            (
                "js",
                "dispatchEvent(new Event('tawkChatMaximized')); dataLayer.push({ event: 'chat_open' })",
            )
        ],
    ),
    Scene(
        "run twice",
        [chat("tawk")],
        when="twice",
        steps=[("js", "dispatchEvent(new Event('tawkChatMaximized'))")],
    ),
]


def share(content: str = "page") -> Push:
    return {
        "event": "tagkit.share",
        "method": "native",
        "content_type": content,
        "item_id": "/page",
    }


# A share sheet that the test opens, and what the shop sees of it.
SHEET = (
    "<script>Navigator.prototype.share = function (data) { sheet = [this === navigator, data.url];"
    "return data.bad ? Promise.reject(new DOMException('no', 'AbortError')) : Promise.resolve(undefined); };</script>"
)
SHARE_IT = (
    "js",
    "navigator.share({ url: '/x' }).then((x) => dataLayer.push({ resolved: String(x), sheet }))",
)

SHARE = [
    Scene("shared", [share()], head=SHEET, steps=[SHARE_IT]),
    Scene(
        "a product",
        [view_item({"item_id": "/page", "item_name": "Kubek", "price": 49.9}), share("product")],
        head=SHEET + OG,
        steps=[SHARE_IT],
    ),
    Scene("run twice", [share()], head=SHEET, steps=[SHARE_IT], when="twice"),
    Scene(
        "cancelled",
        [],
        head=SHEET,
        steps=[
            ("js", "navigator.share({ bad: 1 }).catch((e) => dataLayer.push({ refused: e.name }))")
        ],
    ),
    Scene("not shared", [], head=SHEET),
    Scene("cannot share", [], head="<script>Navigator.prototype.share = undefined</script>"),
    Scene(
        "the shop says it",
        [],
        head=SHEET,
        steps=[("js", "navigator.share({}).then(() => dataLayer.push({ event: 'share' }))")],
    ),
    Scene(
        "the shop said it on the click",
        [],
        "<button onclick=\"dataLayer.push({ event: 'share' }); navigator.share({})\">Udostępnij</button>",
        head=SHEET,
        steps=[("click", "button")],
    ),
]

# --- many words for the same, one after the other on one page ---------------------------------

TITLES_OF_404 = (
    "404 - Shop",
    "Shop | 404",
    "404",
    "404 error",
    "Error 404",
    "Błąd 404 – Sklep",
    "404 Not Found",
    "Page not found – TestShop",
    "Oops! Page not found | Shop",
    "404: The page could not be found",
    "The page you are looking for was not found.",
    "This page does not exist",
    "Nie znaleziono strony - Sklep",
    "Strona nie istnieje",
    "Strona nie została znaleziona | Sklep",
    "Ups! Nie znaleziono strony",
    "Seite nicht gefunden – Laden",
    "Fehler 404",
    "Page introuvable",
    "Stránka nenalezena | Obchod",
    "Página no encontrada",
)
OTHER_TITLES = (
    "Peugeot 404 części",
    "Peugeot 404",
    "Klocki Peugeot 404 | Sklep",
    "404 części do Peugeota",
    "Model 404-B",
    "Lost and found",
    "How to fix page not found errors",
    "Błąd 404 – co to znaczy i jak go naprawić na swojej stronie",
    "Strona główna",
    "Not found Records: płyty winylowe",
    "Page 404",
)
NOTHING_FOUND = (
    "No results found",
    "No products were found matching your selection.",
    "No matches were found for your search",
    "Sorry, but nothing matched your search terms. Please try again with some different keywords.",
    "Sorry, but nothing was found.",
    "We couldn't find any products",
    "Your search returned no results.",
    "Showing 0 results",
    "0 products",
    "Znaleziono: 0 produktów",
    "Nie znaleziono produktów spełniających kryteria",
    "Niestety nie znaleźliśmy tego, czego szukasz",
    "Brak produktów dla podanej frazy",
    "Keine Ergebnisse gefunden",
    "Es wurden keine Produkte gefunden.",
    "Nebyly nalezeny žádné produkty",
    "Aucun résultat",
    "No se encontraron resultados",
)
SOMETHING_FOUND = (
    "10 results",
    "100 produktów",
    "1 000 wyników",
    "Brak produktów w koszyku",
    "Found 3 products",
    "4.0 results in our test",
    "Wyniki wyszukiwania",
)
DECLINED_PATHS = (
    "/payment-failed",
    "/checkout/payment/error",
    "/payment/failure.html",
    "/platnosc/odrzucona",
    "/p%C5%82atno%C5%9B%C4%87-nieudana",
    "/order/failed?id=5",
    "/transaction_declined/",
    "/payment/cancel",
    "/failed-payment",
    "/x?payment_status=failed",
    "/zamowienie/dziekujemy?error=501",
    "/order/return?status=rejected&id=1",
)
OTHER_PATHS = (
    "/payment",
    "/platnosci",
    "/order/cancel",
    "/order-cancellation-policy",
    "/payment-errors-explained",
    "/blog/payment-failed",
    "/pomoc/payment-error",
    "/newsletter?status=error",
    "/?error=500",
    "/order/return?status=success",
    "/payment-method",
)


def written(code: str, texts: tuple[str, ...]) -> list[str]:
    """The code for each of the texts."""
    return [code.replace("TEXT", json.dumps(text)) for text in texts]


TITLE, PATH = "document.title = TEXT", "history.replaceState({}, '', TEXT)"
MAIN = (
    "document.body.innerHTML = '<main><div><p></p></div></main>';"
    "document.querySelector('p').textContent = TEXT"
)
# listener, the page's path, what changes the page, what is pushed each time
WORDS: list[tuple[str, str, list[str], list[Push]]] = [
    ("page_not_found", "/page", written(TITLE, TITLES_OF_404), [not_found("title")]),
    ("page_not_found", "/page", written(TITLE, OTHER_TITLES), []),
    ("empty_search", "/s?search=x", written(MAIN, NOTHING_FOUND), [empty("x")]),
    ("empty_search", "/s?search=x", written(MAIN, SOMETHING_FOUND), []),
    ("payment_declined", "/page", written(PATH, DECLINED_PATHS), [DECLINED]),
    ("payment_declined", "/page", written(PATH, OTHER_PATHS), []),
]

SCENES = {
    "newsletter_signup": NEWSLETTER,
    "contact_form": CONTACT,
    "sign_up": SIGN_UP,
    "form_error": FORM_ERROR,
    "coupon_refused": COUPON_REFUSED,
    "view_item": VIEW_ITEM,
    "out_of_stock": OUT_OF_STOCK,
    "page_not_found": PAGE_NOT_FOUND,
    "empty_search": EMPTY_SEARCH,
    "payment_declined": PAYMENT_DECLINED,
    "chat_click": CHAT,
    "share": SHARE,
}
