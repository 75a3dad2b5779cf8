"""Containers that import and fail in GTM's runtime, and near misses that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gtm_samples import (
    built_in,
    condition,
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
    condition_always_holds,
    condition_never_holds,
    condition_unreadable,
    conditions_exclude_each_other,
    consent_missed_for_good,
    document_write,
    every_event,
    exception_never_blocks,
    html_does_nothing,
    ignore_case_without_regex,
    newer_than_es5,
    script_does_not_parse,
    selector_misses_inside,
    setting_out_of_range,
    variable_of_another_event,
)

if TYPE_CHECKING:
    from tagkit.diagnostics import Route

Data = dict[str, Any]
Loud = tuple[Data, "Route", str]
VERSION = "containerVersion"
HTML = (VERSION, "tag", 0, "parameter", 0, "value")
CODE = (VERSION, "variable", 0, "parameter", 0, "value")
RIGHT = (VERSION, "trigger", 0, "filter", 0, "parameter", 1, "value")
SECOND = (VERSION, "trigger", 0, "filter", 1, "parameter", 1, "value")
EVENT_NAME = (VERSION, "trigger", 0, "customEventFilter", 0, "parameter", 1, "value")


def tags(*found: Data, **more: object) -> Data:
    return container(tag=list(found), **more)


def triggers(*found: Data, **more: object) -> Data:
    return container(trigger=list(found), **more)


def script(code: str, **more: object) -> Data:
    return tags(html(f"<script>{code}</script>", **more))


def function(code: str) -> Data:
    return container(variable=[variable("jsm", text("javascript", code))])


def where(type_word: str, *conditions: Data, **more: object) -> Data:
    return triggers(trigger(type_word, filter=list(conditions)), **more)


def on_page(operator: str, left: str, right: str, *more: Data) -> Data:
    return where("CUSTOM_EVENT", condition(operator, f"{{{{{left}}}}}", right, *more))


def data_layer(name: str = "DLV", **more: object) -> Data:
    return variable("v", text("name", "user.id"), name=name, **more)


def matching(pattern: str, **more: object) -> Data:
    filters = [condition("MATCH_REGEX", "{{_event}}", pattern)]
    return trigger("CUSTOM_EVENT", customEventFilter=filters, **more)


def numbered(number: str, type_word: str, **more: object) -> Data:
    return trigger(type_word, name=f"T{number}", **{"triggerId": number, **more})


def fires(on: list[str], blocked_by: list[str], *found: Data, **more: object) -> Data:
    one = html(firingTriggerId=on, blockingTriggerId=blocked_by, **more)
    return tags(one, trigger=list(found))


def consents(*on: str, **more: object) -> Data:
    consent = {
        "consentStatus": "NEEDED",
        "consentType": {"type": "LIST", "list": [{"type": "TEMPLATE", "value": "ad_storage"}]},
    }
    return html(firingTriggerId=list(on), consentSettings=consent, **more)


def timer(interval: str, limit: str = "") -> Data:
    return triggers(
        trigger(
            "TIMER",
            eventName={"type": "TEMPLATE", "value": "gtm.timer"},
            interval={"type": "TEMPLATE", "value": interval},
            limit={"type": "TEMPLATE", "value": limit},
        )
    )


def scroll(thresholds: str, units: str = "PERCENT", on: str = "true") -> Data:
    key = f"verticalThresholds{units.title()}"
    return triggers(
        trigger(
            "SCROLL_DEPTH",
            parameter=[
                text("verticalThresholdUnits", units),
                text(key, thresholds),
                flag("verticalThresholdOn", on),
            ],
        )
    )


def visible(ratio: str, selector: str = ".a", duration: str = "") -> Data:
    timed = [text("onScreenDuration", duration)] if duration else []
    return triggers(
        trigger(
            "ELEMENT_VISIBILITY",
            parameter=[
                text("elementSelector", selector),
                text("selectorType", "CSS"),
                text("onScreenRatio", ratio),
                flag("useOnScreenDuration", "true" if duration else "false"),
                *timed,
            ],
        )
    )


IGNORE_CASE = flag("ignore_case")
NEGATE = flag("negate")
STAGING = condition("CONTAINS", "{{Page Hostname}}", "staging")

SILENT: dict[ContainerRule, list[Data]] = {
    newer_than_es5: [
        script("var s = 'let x = `1`; a => b', r = /=>`[/`]/; // const x = () => {}\n/* `${a}` */"),
        script("$.ajax({async: false, class: 'a', 'let': 1, default: 2}); s.async = true; o.class"),
        script("var let_ = 1, of = 2; for (var k in of) { if (k) /`/.test(k); } <!-- => -->"),
        script("f({a: b, c: (d, e), f: [g, h]}, {{Event}}, {{a => b}}); case_: { a, b }"),
        script("x = a ? {get b() { return 1; }} : .5; y = a?.5:1; z = 1 /* `` */ / 2 / 3;"),
        tags(html("<script type='text/x-template'>${`a`} => </script><p>a => `b`</p>")),
        tags(html("<script type='application/ld+json'>{\"a\": \"=>\"}</script><!-- <script>`")),
        tags(html("<script type='module'>const a = () => 1;</script>")),
        tags(html("<script type='text/gtmscript'>const a = 1;</script>")),
        script("const a = 1;", paused=True),
        function("// why => because\nfunction() { return {{A}} ? 'a' : \"`\"; }"),
        container(customTemplate=[{"templateData": "const a = require('a'); a(() => 1)"}]),
        container("SERVER", variable=[variable("jsm", text("javascript", "() => 1"))]),
    ],
    script_does_not_parse: [
        function("// first\nfunction() { return {{A}}; }"),
        function("function name(a, b) { return 1; };\n"),
        function("function() { throw 1; }"),
        function("(function() { return 1; })"),
        function("{{A function}}"),
        function(""),
        function("() => 1"),
        function("function() { if (a) /[(]'/.test(b); return a / b / c; } // end\n"),
        script("if (a.indexOf('(') > -1) { b = /[{(\"]/; } // don't ("),
        script("x = {a: 1,}; y = [1,]; switch (x) { case 1: }"),
        tags(html("<script type='text/template'>{{{ (</script>")),
        script("function(", paused=True),
    ],
    html_does_nothing: [
        tags(html("<script async src='https://x.example/a.js'></script><style>a > b {}</style>")),
        tags(html("<script src='//x.example/a.js'> // nothing here\n </script>")),
        tags(html('<div title="a > b <script" data-x=\'"\'>text; more (a)</div>')),
        tags(html("<script>document.body.innerHTML = '<!-- <style> <script>';</script>")),
        tags(html("{{Code}}")),
        tags(html("")),
        tags(html("A text without code")),
        tags(html("<!-- one --><!-- two --><SCRIPT>a()</SCRIPT >")),
        tags(html("<script src='http://localhost/a.js'></script>")),
        tags(html("fbq('track');", paused=True)),
    ],
    document_write: [
        tags(tag("html", text("html", "<script>document.write('a')</script>"),
                 flag("supportDocumentWrite", "true"))),
        tags(tag("html", text("html", "<script>document.write('a')</script>"))),
        script("frame.contentWindow.document.write('a'); // document.write"),
        script("var s = 'document.write(1)'; document.writer = 1;"),
        script("var document = frame.document; document.write('a');"),
        tags(html("<p>document.write(1)</p>")),
    ],
    exception_never_blocks: [
        fires(["2147479553"], ["21"], numbered("21", "PAGEVIEW", filter=[STAGING])),
        fires(["20"], ["21"], numbered("20", "CLICK"), numbered("21", "CLICK")),
        fires(["20"], ["21"], numbered("20", "CLICK"), matching(".*", triggerId="21")),
        fires(["20"], ["21"], numbered("20", "CLICK"), matching("gtm\\.(click|dom)", triggerId="21")),
        fires(["20"], ["21"], custom_event("a"), matching("^(a|b)$", triggerId="21")),
        fires(["20"], ["21"], custom_event("a"), custom_event("{{Name}}", triggerId="21")),
        fires(["20"], ["21"], custom_event("a"), matching("(?i)a", triggerId="21")),
        fires(["20", "21"], ["22"], numbered("20", "CLICK"), numbered("21", "DOM_READY"),
              numbered("22", "DOM_READY")),
        fires(["20"], ["21"], numbered("20", "FORM_SUBMIT"), numbered("21", "PAGEVIEW")),
        fires(["20"], ["99"], numbered("20", "CLICK")),
        fires(["20"], ["21"], numbered("20", "CLICK"), numbered("21", "PAGEVIEW"), paused=True),
        fires(["20"], ["21"], numbered("20", "HISTORY_CHANGE"),
              matching("^gtm.historyChange-v2$", triggerId="21")),
        tags(
            html(name="A", firingTriggerId=["20"], blockingTriggerId=["21"]),
            html(name="B", setupTag=[{"tagName": "A"}]),
            trigger=[numbered("20", "CLICK"), numbered("21", "PAGEVIEW")],
        ),
    ],
    condition_unreadable: [
        on_page("MATCH_REGEX", "Page Path", "^/a(b|c)[(]\\d{2,}(?<x>a)$"),
        on_page("MATCH_REGEX", "Page Path", "(a)\\1\\2|[^]|}+|\\/"),
        on_page("MATCH_REGEX", "Page Path", "({{Part}}"),
        on_page("CONTAINS", "Page Path", "a(b"),
        on_page("GREATER", "DLV", " 1.5e3 "),
        on_page("LESS", "DLV", "0x1F"),
        on_page("LESS_OR_EQUALS", "DLV", ""),
        on_page("GREATER", "DLV", "{{Limit}}"),
        where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", "a:first-child, [x=':eq('] *")),
        where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", "[data-x='1'")),
        visible("50", "a > b:not(.c)"),
        container("SERVER", trigger=[matching("(?i)a")]),
    ],
    condition_never_holds: [
        on_page("EQUALS", "Page Path", "/cart"),
        on_page("STARTS_WITH", "Page Path", ""),
        on_page("CONTAINS", "Page Path", "cart"),
        on_page("MATCH_REGEX", "Page Path", "^c?/|^/a#b|\\?"),
        on_page("EQUALS", "Page URL", "{{URL}}"),
        on_page("STARTS_WITH", "Page URL", "http"),
        on_page("CONTAINS", "Page URL", "/cart?x=1"),
        on_page("EQUALS", "Page Hostname", "www.xn--shop-1.example"),
        on_page("EQUALS", "Click URL", ""),
        on_page("STARTS_WITH", "Click URL", "tel"),
        on_page("EQUALS", "Click URL", "https://x.example/#a"),
        on_page("CONTAINS", "Click Text", " in "),
        on_page("EQUALS", "DLV", " a "),
        # A variable of the author's own, by the name of a built-in one.
        {
            **on_page("EQUALS", "Page Path", "cart"),
            VERSION: {
                **on_page("EQUALS", "Page Path", "cart")[VERSION],
                "variable": [data_layer("Page Path")],
            },
        },
        triggers(custom_event("my event")),
        container("SERVER", trigger=[trigger("ALWAYS", filter=[
            condition("EQUALS", "{{Page Path}}", "cart")])]),
    ],
    conditions_exclude_each_other: [
        where("PAGEVIEW", condition("EQUALS", "{{A}}", "1"), condition("EQUALS", "{{B}}", "2")),
        where("PAGEVIEW", condition("CONTAINS", "{{A}}", "1"), condition("CONTAINS", "{{A}}", "2")),
        where("PAGEVIEW", condition("EQUALS", "{{A}}", "ab"),
              condition("MATCH_REGEX", "{{A}}", "B$", IGNORE_CASE)),
        where("PAGEVIEW", condition("EQUALS", "{{A}}", "ab"), condition("EQUALS", "{{A}}", "{{B}}")),
        where("PAGEVIEW", condition("EQUALS", "{{A}}", "a"), condition("EQUALS", "{{A}}", "b", NEGATE)),
        where("PAGEVIEW", condition("STARTS_WITH", "{{A}}", "/a"),
              condition("STARTS_WITH", "{{A}}", "/a/b")),
        triggers(custom_event("a", filter=[condition("MATCH_REGEX", "{{Event}}", "^a$")])),
        where("PAGEVIEW", condition("CONTAINS", "{{A}}", "a"),
              condition("CONTAINS", "{{A}}", "ab", NEGATE)),
    ],
    condition_always_holds: [
        triggers(matching(".*")),
        triggers(trigger("LINK_CLICK", autoEventFilter=[condition("MATCH_REGEX", "{{Page URL}}", ".*")])),
        on_page("EQUALS", "Page URL", ""),
        on_page("MATCH_REGEX", "Page URL", ".+"),
        where("PAGEVIEW", condition("MATCH_REGEX", "{{DLV}}", ".*"),
              condition("MATCH_REGEX", "{{DLV}}", "^(undefined|null|)$", NEGATE),
              variable=[data_layer()]),
        where("PAGEVIEW", condition("MATCH_REGEX", "{{DLV}}", ".+"),
              variable=[variable("v", text("name", "a"), flag("setDefaultValue"), name="DLV")]),
        where("PAGEVIEW", condition("MATCH_REGEX", "{{DLV}}", ".+"),
              variable=[data_layer(formatValue={"convertUndefinedToValue": text("", "")})]),
    ],
    ignore_case_without_regex: [
        on_page("MATCH_REGEX", "Click Text", "buy", IGNORE_CASE),
        on_page("CONTAINS", "Click Text", "buy", flag("ignore_case", "false")),
        on_page("CONTAINS", "Click Text", "123", IGNORE_CASE),
    ],
    variable_of_another_event: [
        where("CLICK", condition("CONTAINS", "{{Click URL}}", "a")),
        where("PAGEVIEW", condition("CONTAINS", "{{Click URL}}", "a", NEGATE)),
        where("PAGEVIEW", condition("CONTAINS", "{{Click URL}}", "{{A}}")),
        where("PAGEVIEW", condition("EQUALS", "{{Click URL}}", "undefined")),
        where("PAGEVIEW", condition("CONTAINS", "{{Page URL}}", "a")),
        where("WINDOW_LOADED", condition("CONTAINS", "{{Error Message}}", "a")),
        where("ELEMENT_VISIBILITY", condition("CONTAINS", "{{Click Classes}}", "a")),
        where("TIMER", condition("GREATER", "{{Scroll Depth Threshold}}", "50")),
        where("PAGEVIEW", condition("EQUALS", "{{Click URL}}", "a"), variable=[data_layer("Click URL")]),
        where("PAGEVIEW", condition("EQUALS", "{{Path}}", "a"), variable=[
            variable("aev", text("varType", "ID"), flag("setDefaultValue"), name="Path")]),
    ],
    selector_misses_inside: [
        where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", ".buy, .buy *")),
        where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", "form input[type=submit]")),
        where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", ".buy", NEGATE)),
        where("LINK_CLICK", condition("CSS_SELECTOR", "{{Click Element}}", "a.buy")),
        where("CLICK", condition("CSS_SELECTOR", "{{Own}}", ".buy"), variable=[data_layer("Own")]),
    ],
    every_event: [
        tags(html(firingTriggerId=["20"]), trigger=[matching("^a.*")]),
        tags(html(firingTriggerId=["20"]), trigger=[matching(".*", filter=[STAGING])]),
        tags(html(firingTriggerId=["20"], blockingTriggerId=["21"]), trigger=[matching(".*")]),
        tags(html(firingTriggerId=["20"], tagFiringOption="ONCE_PER_LOAD"), trigger=[matching(".*")]),
        tags(html(firingTriggerId=["20"], paused=True), trigger=[matching(".*")]),
        tags(html(blockingTriggerId=["20"]), trigger=[matching(".*")]),
        container("SERVER", tag=[html(firingTriggerId=["20"])], trigger=[matching(".*")]),
    ],
    consent_missed_for_good: [
        tags(consents("2147479553", "20"), trigger=[custom_event("cookie_consent_update")]),
        tags(consents("20"), trigger=[custom_event("purchase")]),
        tags(consents("20", tagFiringOption="ONCE_PER_LOAD"), trigger=[custom_event("consent")]),
        tags(consents("20"), trigger=[numbered("20", "CLICK")]),
        tags(consents("2147479553", paused=True)),
        tags(consents("99")),
        tags(html()),
        # Another tag of the file has its second chance: the author knows.
        tags(
            consents("2147479553"), consents("2147479553", "20", name="B"), trigger=[custom_event()]
        ),
    ],
    setting_out_of_range: [
        timer("30000"), timer("100", "10"), timer("50", "1"), timer("{{Interval}}"), timer(""),
        scroll("25, 50,75.5 , 100"), scroll("250,1000", "PIXELS"), scroll("a", on="false"),
        scroll("{{Depths}}"), visible("50"), visible("0.5", duration="2000"), visible(""),
        container("AMP", trigger=timer("10")[VERSION]["trigger"]),
    ],
}  # fmt: skip

LOUD: dict[ContainerRule, list[Loud]] = {
    newer_than_es5: [
        (script("a.map(b => b)"), HTML, "GTM will not publish tag 'Tag': '=>' in line 1"),
        (script("\nlet a = 1;"), HTML, "GTM will not publish tag 'Tag': 'let' in line 2"),
        (script("const {a} = b"), HTML, "GTM will not publish tag 'Tag': 'const'"),
        (script("var a = `b`"), HTML, "GTM will not publish tag 'Tag': a text in `…`"),
        (script("f(...a)"), HTML, "GTM will not publish tag 'Tag': '...'"),
        (script("a?.b"), HTML, "GTM will not publish tag 'Tag': '?.'"),
        (script("a ?? b"), HTML, "GTM will not publish tag 'Tag': '??'"),
        (script("class A {}"), HTML, "GTM will not publish tag 'Tag': 'class'"),
        (script("async function a() {}"), HTML, "GTM will not publish tag 'Tag': 'async function'"),
        (script("for (var a of b) {}"), HTML, "GTM will not publish tag 'Tag': 'for (… of …)'"),
        (script("function a(b = 1) {}"), HTML, "GTM will not publish tag 'Tag': '=' among"),
        (script("push({event: 'a', value})"), HTML, "GTM will not publish tag 'Tag': '{value}'"),
        (script("x = {a() { return 1; }}"), HTML, "GTM will not publish tag 'Tag': '{a() …}'"),
        (script("x = {[a]: 1}"), HTML, "GTM will not publish tag 'Tag': '{[name]: …}'"),
        (
            tags(html("<p></p><script type='text/javascript'>if (a) /`/; x = y => 1;</script>")),
            HTML,
            "GTM will not publish tag 'Tag': '=>'",
        ),
        (function("() => {{A}}"), CODE, "GTM will not publish variable 'Variable': '=>'"),
        (function("function() { let a; return a }"), CODE, "GTM will not publish variable"),
    ],
    script_does_not_parse: [
        (function("function() { var a = 1; }"), CODE, "variable 'Variable' returns nothing"),
        (function("document.title"), CODE, "variable 'Variable' is no function: it begins"),
        (function("<script>function() {}</script>"), CODE, "variable 'Variable' begins with markup"),
        (function("// later"), CODE, "variable 'Variable' holds nothing but comments"),
        (function("function() { return 1; } f()"), CODE, "variable 'Variable' is not one function"),
        (function("function() { return (1; }"), CODE, "variable 'Variable' is not one function"),
        (function("function() { return 'it's'; }"), CODE, "variable 'Variable' is not one"),
        (script("if (a) { b();"), HTML, "a script of tag 'Tag' cannot be parsed: a '{'"),
        (script("f('it's')"), HTML, "a script of tag 'Tag' cannot be parsed"),
        (script("f(1, );)"), HTML, "a script of tag 'Tag' cannot be parsed"),
    ],
    html_does_nothing: [
        (tags(html("fbq('track', 'Lead');")), HTML, "tag 'Tag': its code stands outside"),
        (tags(html("<script>a()")), HTML, "tag 'Tag': <script> in line 1 is not closed"),
        (tags(html("\n<style>a{}<p>")), HTML, "tag 'Tag': <style> in line 2 is not closed"),
        (tags(html("<p><!-- a <p>")), HTML, "tag 'Tag': <!-- in line 1 is not closed"),
        (tags(html("<script src='a.js>a()</script>")), HTML, "tag 'Tag': the tag <script"),
        (tags(html("<script src='//a'>b()</script>")), HTML, "tag 'Tag': the code inside"),
        (tags(html("<script src=http://a.example/></script>")), HTML, "tag 'Tag': the script"),
        (
            tags(html("<script>a()</script><noscript><img></noscript><noscript></noscript>")),
            HTML,
            "tag 'Tag': <noscript> in line 1 has no effect",
        ),
    ],
    document_write: [
        (script("a();\ndocument.write('a')"), HTML, "tag 'Tag' calls document.write in line 2"),
        (script("window.document.writeln('a')"), HTML, "tag 'Tag' calls document.write"),
    ],
    exception_never_blocks: [
        (
            fires(["20"], ["21"], numbered("20", "CLICK"), numbered("21", "PAGEVIEW")),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "trigger 'T21' (Page View) can never block tag 'Tag'",
        ),
        (
            fires(["2147479573"], ["20"], numbered("20", "PAGEVIEW")),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "trigger 'T20' (Page View) can never block",
        ),
        (
            fires(["20"], ["21"], custom_event("a"), custom_event("b", triggerId="21")),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "trigger 'Trigger' (Custom Event) can never block",
        ),
        (
            fires(["20"], ["21"], matching("^(a|b)$"), numbered("21", "CLICK")),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "trigger 'T21' (Click - All Elements) can never block",
        ),
    ],
    condition_unreadable: [
        (on_page("MATCH_REGEX", "A", "a(b"), RIGHT, "a condition of trigger 'Trigger' is never"),
        (
            on_page("MATCH_REGEX", "A", "*", NEGATE),
            RIGHT,
            "a condition of trigger 'Trigger' is always true: '*' is not a regular expression",
        ),
        (triggers(matching("(?i)a")), EVENT_NAME, "a condition of trigger 'Trigger' is never"),
        (on_page("GREATER", "A", "1,200"), RIGHT, "a condition of trigger 'Trigger' is never"),
        (on_page("LESS", "A", "10px"), RIGHT, "a condition of trigger 'Trigger' is never true"),
        (on_page("CSS_SELECTOR", "A", ".a >"), RIGHT, "a condition of trigger 'Trigger' is never"),
        (
            on_page("CSS_SELECTOR", "A", "a:contains('x')"),
            RIGHT,
            "a condition of trigger 'Trigger' is never true: 'a:contains('x')' is no CSS selector",
        ),
        (
            visible("50", ".a{}"),
            (VERSION, "trigger", 0, "parameter", 0, "value"),
            "trigger 'Trigger' never fires",
        ),
        (
            container(variable=[variable("remm", table("map", row(key="[a", value="b")))]),
            (VERSION, "variable", 0, "parameter", 0, "list", 0, "map", 0, "value"),
            "a row of variable 'Variable' never matches",
        ),
    ],
    condition_never_holds: [
        (on_page("EQUALS", "Page Path", "cart"), RIGHT, "trigger 'Trigger' never fires: 'Page Path'"),
        (on_page("EQUALS", "Page Path", ""), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("CONTAINS", "Page Path", "/a?b=1"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("MATCH_REGEX", "Page Path", "^cart/"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("EQUALS", "Page Path", "a", NEGATE), RIGHT, "a condition of trigger 'Trigger' is"),
        (on_page("CONTAINS", "Page URL", "#/cart"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("EQUALS", "Page URL", "www.a.example/"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("MATCH_REGEX", "Page URL", "^/cart"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("EQUALS", "Page Hostname", "Shop.example"), RIGHT, "trigger 'Trigger' never"),
        (on_page("CONTAINS", "Page Hostname", "a.example/"), RIGHT, "trigger 'Trigger' never"),
        (on_page("EQUALS", "Click URL", "/cart"), RIGHT, "trigger 'Trigger' never fires"),
        (on_page("EQUALS", "Click Text", "Buy "), RIGHT, "trigger 'Trigger' never fires"),
        (triggers(custom_event("")), EVENT_NAME, "trigger 'Trigger' never fires: the name of its"),
        (triggers(custom_event("a ")), EVENT_NAME, "trigger 'Trigger' never fires: the blank"),
        (
            where("PAGEVIEW", condition("EQUALS", "{{Query}}", "?a=1"), variable=[
                variable("u", text("component", "QUERY"), name="Query")]),
            RIGHT,
            "trigger 'Trigger' never fires: 'Query' comes without the '?'",
        ),
        (
            where("PAGEVIEW", condition("EQUALS", "{{Chemin}}", "cart"),
                  builtInVariable=[built_in("PAGE_PATH", "Chemin")]),
            RIGHT,
            "trigger 'Trigger' never fires: 'Chemin' begins with '/'",
        ),
    ],
    conditions_exclude_each_other: [
        (
            where("PAGEVIEW", condition("EQUALS", "{{A}}", "1"), condition("EQUALS", "{{A}}", "2")),
            SECOND,
            "trigger 'Trigger' never fires: 'A' equals '1' and 'A' equals '2'",
        ),
        (
            where("PAGEVIEW", condition("CONTAINS", "{{A}}", "b"), condition("EQUALS", "{{A}}", "a")),
            SECOND,
            "trigger 'Trigger' never fires",
        ),
        (
            where("PAGEVIEW", condition("STARTS_WITH", "{{A}}", "/a"),
                  condition("STARTS_WITH", "{{A}}", "/b")),
            SECOND,
            "trigger 'Trigger' never fires",
        ),
        (
            where("PAGEVIEW", condition("MATCH_REGEX", "{{A}}", "a"),
                  condition("MATCH_REGEX", "{{A}}", "a", NEGATE)),
            SECOND,
            "trigger 'Trigger' never fires",
        ),
        (
            triggers(custom_event("a", filter=[condition("EQUALS", "{{Event}}", "b")])),
            RIGHT,
            "trigger 'Trigger' never fires",
        ),
    ],
    condition_always_holds: [
        (on_page("CONTAINS", "Page URL", ""), RIGHT, "'Page URL' contains '' is always true"),
        (on_page("MATCH_REGEX", "Page URL", ".*"), RIGHT, "'Page URL' matches '.*' is always true"),
        (on_page("MATCH_REGEX", "A", ".*", NEGATE), RIGHT, "trigger 'Trigger' never fires"),
        (
            where("PAGEVIEW", condition("MATCH_REGEX", "{{DLV}}", ".+"), variable=[data_layer()]),
            RIGHT,
            "trigger 'Trigger' asks with '.+' whether 'DLV' has a value",
        ),
    ],
    ignore_case_without_regex: [
        (
            on_page("CONTAINS", "Click Text", "Buy", IGNORE_CASE),
            (VERSION, "trigger", 0, "filter", 0),
            "'ignore_case' of trigger 'Trigger' has no effect: 'contains' compares",
        ),
    ],
    variable_of_another_event: [
        (
            where("PAGEVIEW", condition("CONTAINS", "{{Click URL}}", "/a")),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' (Page View) never fires: when a page loads, 'Click URL'",
        ),
        (
            where("INIT", condition("CSS_SELECTOR", "{{Form Element}}", "form")),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' (Initialization) never fires",
        ),
        (
            where("PAGEVIEW", condition("EQUALS", "{{Own}}", "a"), variable=[
                variable("aev", text("varType", "ID"), name="Own")]),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' (Page View) never fires",
        ),
    ],
    selector_misses_inside: [
        (
            where("CLICK", condition("CSS_SELECTOR", "{{Click Element}}", "button.buy")),
            RIGHT,
            "trigger 'Trigger' misses clicks on what is inside of 'button.buy'",
        ),
    ],
    every_event: [
        (
            tags(event(firingTriggerId=["20"]), trigger=[matching(".*")]),
            EVENT_NAME,
            "trigger 'Trigger' fires tag 'Tag' on every event",
        ),
    ],
    consent_missed_for_good: [
        (
            tags(consents("2147479553", tagFiringOption="ONCE_PER_LOAD")),
            (VERSION, "tag", 0, "tagFiringOption"),
            "tag 'Tag' needs consent and fires once per page",
        ),
        (
            tags(consents("2147479553")),
            (VERSION, "tag", 0, "consentSettings"),
            "tag 'Tag' needs consent and fires on page load only",
        ),
        (
            tags(consents("2147479573"), consents("2147479553", name="B")),
            (VERSION, "tag", 0, "consentSettings"),
            "tag 'Tag' and 1 more need consent",
        ),
    ],
    setting_out_of_range: [
        (timer("30"), (VERSION, "trigger", 0, "interval", "value"), "trigger 'Trigger' fires every"),
        (timer("500"), (VERSION, "trigger", 0, "interval", "value"), "trigger 'Trigger' fires every"),
        (timer("30s"), (VERSION, "trigger", 0, "interval", "value"), "the interval of trigger"),
        (timer("30000", "x"), (VERSION, "trigger", 0, "limit", "value"), "the limit of trigger"),
        (
            scroll("50, 110"),
            (VERSION, "trigger", 0, "parameter", 1, "value"),
            "'110' among the thresholds of trigger 'Trigger' is more than 100 percent",
        ),
        (scroll("50%"), (VERSION, "trigger", 0, "parameter", 1, "value"), "'50%' among"),
        (visible("150"), (VERSION, "trigger", 0, "parameter", 2, "value"), "the visible part of"),
        (visible("100"), (VERSION, "trigger", 0, "parameter", 2, "value"), "trigger 'Trigger' never"),
        (
            visible("50", duration="2s"),
            (VERSION, "trigger", 0, "parameter", 4, "value"),
            "the on-screen duration of trigger 'Trigger', '2s', is no number",
        ),
    ],
}  # fmt: skip
