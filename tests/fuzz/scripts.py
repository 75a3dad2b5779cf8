"""HTML and JavaScript from pieces: what tags say, put together rightly, oddly and not at all."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.fuzz.odd import ODD_TEXT

_PIECES = (
    "'", '"', "`", "'a'", '"b"', "`c`", "\\", "\\'", '\\"', "\\\n", "\\u0041", "\\u{1F600}", "\\u{110000}", "\\x4", "'\\ud83d'",
    "{", "}", "(", ")", "[", "]", "{{", "}}", "{{x}}", "{{Page URL}}", "'{{x}}'", '"{{x}}"', "{{x}}.y", "{ {", "{{{x}}}",
    "/", "//", "/*", "*/", "/a/", "/[/]/g", "/[", "/\\//", "//x\n", "/* x */", "<!--", "-->", "<![CDATA[", "]]>",
    ";", ",", ":", ".", "...", "=", "==", "===", "=>", "+", "++", "-", "--", "*", "**", "?", "?.", "??", "!", "~", "&&", "||", "%",
    " ", "\n", "\r", "\t", "\u2028", "\0", "\xa0", "a", "b1", "$", "_", "ż", "🍵", "\ud83d", "0", "1", "1.5", ".5", "1e", "0x", "1a",
    "var ", "let ", "const ", "class A {", "function ", "function(", "return ", "return /a/", "if (a) ", "else ", "for (", "for (var a of b)",
    "while(1)", "try {", "} catch (e) {", "new ", "typeof ", "import ", "export ", "async ", "case a:", "{a}", "{a, b}", "{[a]: 1}", "{a() {}}",
    "fbq(", "fbq('init', ", "fbq('track', 'Purchase', {value: 1, currency: 'PLN'})", "window.fbq && fbq(", "fbq.apply(null, ['track'])",
    "fbq('trackCustom'", "fbq('trackSingle', '1', 'Lead')", "fbq('track', e)", "fbq('set', 'autoConfig', false, '1')", "_fbq = n",
    "https://connect.facebook.net/en_US/fbevents.js", "gtag('config', 'G-1A2B3C4D5E')", "gtag('event', 'a', {", "dataLayer.push({event: 'a'",
    "document.write(", "document.write('<scr' + 'ipt>')", "document.getElementById('a').value", "window['a']", "api_secret=", "email=a@b.example",
    "setTimeout(function() {", "}, 1)", "!function(f,b,e,v){", "}(window)", "({", "})", "})()", "a.b.c", "a['b']", "a = {", "b: {",
)  # fmt: skip
_MARKUP = (
    "<script>", "</script>", "</script >", "<SCRIPT>", "<script type='text/javascript'>", "<script type=module>", "<script type=text/template>",
    '<script src="https://x.example/a.js" async></script>', "<script src='{{x}}'>", "<script", "<script ", "</script", "<script><!--", '<script type="',
    "<noscript>", "</noscript>", "<style>", "</style>", "<textarea>", "<template>", "<img src='https://www.facebook.com/tr?id=1&ev=Lead'>",
    "<!-- ", " -->", "--!>", "<!-->", "<div id=a onclick=\"b('c')\">", "<a href='", "'>", '">', "<", ">", "&lt;script&gt;", "<iframe src=",
)  # fmt: skip
_ARGUMENTS = (
    "'track'", "'trackCustom'", "'init'", "'consent'", "'grant'", "'Purchase'", "'purchase'", "'Lead'", "'AddToCart'", '"Subscribe"', "'1234567890'",
    "1234567890", "12345678901234567890", "'{{Pixel}}'", "{{Pixel}}", "{value: 1}", "{value: '1,5', currency: 'zl'}", "{value: {{v}}, currency: '{{c}}'}",
    "{content_ids: ['a'], contents: [{id: 'a'}]}", "{content_ids: 'a', content_type: 'x'}", "{em: 'a@b.example'}", "{eventID: '1'}", "{eventID: {{e}}}",
    "{'a b': 1, \"c\": x}", "{a: 1, a: 2,}", "{...x}", "{a}", "{[a]: 1}", "{a: function() {}}", "{", "}", "[", "]", "[[1, 2], {a: [{}]}]", "null", "undefined",
    "true", "-1", ".5", "'", '"', "``", "e", "a ? b : c", "a + 'b'", "a.b(c)", "'a' + {{x}}", "/a/", "function() { return 'b' }", "", "('a')", "(", ")",
    "'\\u0041'", "'\\'", "{{x", "/* c */ 'Lead'", "// c\n'Lead'", "'" + "9" * 5000 + "'", "9" * 5000, "1e999", "{value: 1e999}", "{value: " + "9" * 5000 + "}",
)  # fmt: skip

_CALLS = st.builds(
    lambda name, arguments, end: f"{name}({', '.join(arguments)}{end}",
    st.sampled_from(
        ("fbq", "fbq", "window.fbq", "fbq ", "_fbq", "gtag", "dataLayer.push", "fbq.call")
    ),
    st.lists(st.sampled_from(_ARGUMENTS) | ODD_TEXT, max_size=5),
    st.sampled_from((");", ")", ");\n", "", "})", "]);")),
)
CODE = st.lists(st.sampled_from(_PIECES) | _CALLS | ODD_TEXT, max_size=25).map("".join)
"""A script, or what is left of one."""

FUNCTIONS = st.builds(
    lambda start, code, end: f"{start}{code}{end}",
    st.sampled_from(
        ("function() { ", "function() { return ", "function", "", "(function() {", "() => ")
    ),
    CODE,
    st.sampled_from((" }", "}", "", " };", "} // x", "\n}\n")),
)
"""The text of a Custom JavaScript variable."""

# --- what parses: the rules about calls say nothing of scripts that do not

_BASE = "!function(f,b,e,v,n,t,s){}(window, document,'script','https://connect.facebook.net/en_US/fbevents.js');"
_KEYS = st.sampled_from(
    ("value", "currency", "content_ids", "contents", "content_type", "num_items", "eventID", "em", "order_id", "'a b'", '"x"', "y", "email")
)  # fmt: skip
_QUOTED = ODD_TEXT.map(json.dumps) | ODD_TEXT.map(
    lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'"
)
_LITERALS = st.sampled_from(
    (
        "1",
        "-1",
        "0.5",
        "'1,5'",
        "'12.50'",
        "true",
        "null",
        "undefined",
        "{{x}}",
        "'{{x}}'",
        "a.b",
        "f(1)",
        "'PLN'",
        "'pln'",
    )
)
_VALUES = st.recursive(
    _LITERALS | _LITERALS | _QUOTED,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(_KEYS, inner).map(": ".join), max_size=4).map(
            lambda items: "{" + ", ".join(items) + "}"
        )
    ),
    max_leaves=6,
)
_EVENTS = st.sampled_from(
    (
        "'Purchase'",
        "'AddToCart'",
        "'Lead'",
        "'PageView'",
        "'Subscribe'",
        "'lead'",
        "'add_to_cart'",
        "'ViewContent'",
        "'{{e}}'",
        "e",
        "'x'",
    )
)
_COMMANDS = st.builds(
    lambda command, middle, rest: f"fbq({', '.join([command, *middle, *rest])});",
    st.sampled_from(
        (
            "'track'",
            "'track'",
            "'trackCustom'",
            "'trackSingle'",
            "'init'",
            "'set'",
            "'consent'",
            "'trak'",
            '"track"',
        )
    ),
    st.lists(
        _EVENTS
        | st.sampled_from(
            ("'1234567890123456'", "'{{Pixel}}'", "1234567890123456", "'grant'", "'revoke'")
        ),
        max_size=2,
    ),
    st.lists(_VALUES, max_size=2),
)
_STATEMENTS = _COMMANDS | _COMMANDS | _COMMANDS | st.sampled_from(
    (_BASE, "fbq('init', '1234567890123456');", "if (window.fbq) {", "}", "var fbq = window.fbq || function() {};", "(function() {", "})();", "// fbq('track', 'Lead');",
     "setTimeout(function() {", "}, 100);", "dataLayer.push({event: 'a'});", "gtag('consent', 'update', {});", "document.write('<p>');", "let a = 1;", "return /[/'\"]/.test(a);")
)  # fmt: skip
_SOUND = st.lists(_STATEMENTS, max_size=6).map(
    lambda lines: "<script>\n" + "\n".join(lines) + "\n</script>"
)

_ODD_HTML = st.builds(
    lambda start, parts, end: f"{start}{''.join(parts)}{end}",
    st.sampled_from(
        ("<script>", "<script>\n", "", "<script type='text/javascript'>", "<noscript>")
    ),
    st.lists(st.sampled_from(_MARKUP) | CODE | _CALLS | _CALLS, max_size=6),
    st.sampled_from(("</script>", "\n</script>\n", "", "</script", "</noscript>")),
)
HTML = _ODD_HTML | _SOUND
"""The text of a Custom HTML tag."""
