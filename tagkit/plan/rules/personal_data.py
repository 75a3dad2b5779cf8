"""Personal data on its way to GA4 or Meta.

Google's and Meta's terms forbid to send what identifies a person: e-mail addresses, phone numbers,
names, street addresses. Google deletes such data, at worst all of the property's; Meta blocks the
events. That counts for parameters, user properties, and the address of the page, which both get
with every event. What may go to Meta goes into ``advanced_matching``, where it is hashed.

Before::

    parameters: {customer: {css: "input[type=email]", attribute: value}}

After::

    parameters: {customer_type: {data_layer: customer.type}}       # new, returning

Source: support.google.com/analytics/answer/6366371; Meta Business Tools Terms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.personal_data import address_in, looks_like
from tagkit.plan.leaves import Leaf, leaves
from tagkit.values import (
    BuiltIn,
    Clicked,
    Cookie,
    DataLayer,
    Ecommerce,
    Element,
    Global,
    Gtm,
    JavaScript,
    Literal,
    Op,
    Pushed,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, Parameter, Resolved, Trigger
    from tagkit.plan.model import Test as Condition

RULE = Rule("TK236", "personal-data", Severity.WARNING, "personal data on its way to GA4 or Meta")

# patterns of what few plans have: compiled when first met, not at every start
_REFERENCE = r"\{\{([^{}]+)\}\}"
_TYPED_FIELD = r"\[\s*type\s*=\s*[\"']?(email|tel)[\"']?(?:\s+[is])?\s*\]"
_NAMED_FIELD = r"#([\w-]+)|\[\s*(?:name|id|autocomplete)\s*\*?=\s*[\"']?([\w.-]+)[\"']?\s*\]"
_VISITORS_ATTRIBUTE = r"data-(?:\w+-)*?(?:customer|user|client|visitor|member|klient)-"
_FIELD_ITSELF = r"(?i)[-_]?(?:field|input)$"
_FIELD_READ = (
    r"(?:querySelector|getElementById|getElementsByName|\$|jQuery)\(\s*([\"'])(.{1,200}?)\1\s*\)"
)
_VALUE_READ = r"\.value\b|\.val\(\)"
_NOT_ITSELF = (
    r"!!|Boolean|length|\.test\(|\.match\(|indexOf|includes|split|replace|validity|checkValidity|"
    r"(?i:sha|md5|hash)|[=!]=="
)
"""In code: it makes something else of the value."""
_HINT = "leave it out, or send what you want to know of the person, such as customer_type"
_DIGITS = 7
"""Of a phone number, at least."""
_TYPES = {"email": "an e-mail address", "tel": "a phone number"}


class _Said(NamedTuple):
    """Where, what is said of it, what to do, and whether there is no doubt."""

    route: Route
    message: str
    hint: str = ""
    sure: bool = False
    at_key: bool = False


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the source, or at the name; once per parameter, whoever gets it."""
    shop = plan.business.url.partition("://")[2].partition("/")[0].removeprefix("www.").lower()
    seen = set()
    for said in _everything(plan, shop):
        if said.route in seen:
            continue
        seen.add(said.route)
        hint = said.hint or _HINT
        if plan.meta and not said.hint and "Meta" in said.message:
            hint += "; Meta's advanced_matching may have it, hashed"
        severity = Severity.ERROR if said.sure else None
        yield Finding(
            RULE, said.route, said.message, hint=hint, at_key=said.at_key, severity=severity
        )


def _everything(plan: Resolved, shop: str) -> Iterator[_Said]:
    if plan.ga4:
        for parameter in (*plan.ga4.event_parameters, *plan.ga4.user_properties):
            yield from _of(parameter, "Google forbids", shop)
    for conversion in plan.conversions:
        to_ga4 = {p.route: p for p in (conversion.ga4.parameters if conversion.ga4 else ())}
        to_meta = {p.route: p for p in (conversion.meta.properties if conversion.meta else ())}
        for route, parameter in {**to_meta, **to_ga4}.items():
            if route in to_ga4 and route in to_meta:
                who = "Google and Meta forbid"
            else:
                who = "Google forbids" if route in to_ga4 else "Meta forbids"
            yield from _of(parameter, who, shop)
        yield from _in_addresses(conversion)


def _of(parameter: Parameter, who: str, shop: str) -> Iterator[_Said]:
    own: list[_Said] = []
    ends = list(leaves(parameter))
    for leaf in ends:
        if leaf.type is not ValueType.BOOLEAN:
            own += _of_leaf(leaf, who, shop)
    if own:
        yield from own
        return
    what = looks_like(parameter.name)
    if what and any(_of_a_person(leaf) for leaf in ends):
        said = f"'{parameter.name}' looks like {what}, and {who} personal data"
        yield _Said(parameter.route, said, at_key=True)


def _of_a_person(leaf: Leaf) -> bool:
    """Whether the value can be a visitor's: what is on the page for all to see is the shop's."""
    source = leaf.source
    if leaf.type is ValueType.BOOLEAN or isinstance(source, (Literal, Clicked, BuiltIn, Ecommerce)):
        return False
    if isinstance(source, Element):
        return "mailto:" not in source.css and "tel:" not in source.css
    return not (isinstance(source, Url) and (source.of is not None or source.key == ""))


def _of_leaf(leaf: Leaf, who: str, shop: str) -> Iterator[_Said]:
    route, source = leaf.route, leaf.source
    match source:
        case Literal(value=str() as text):
            if address := address_in(text):
                own = address.lower().endswith((f"@{shop}", f".{shop}")) if shop else False
                yield _Said(
                    route,
                    f"this sends the e-mail address '{address}', and {who} personal data",
                    sure=not own,
                )
        case DataLayer(key=key) | Pushed(key=key):
            yield from _named(route, "the data layer key", key, who)
        case Cookie(name=name):
            yield from _named(route, "the cookie", name, who)
        case Global(path=path):
            yield from _named(route, "the variable", path, who)
        case Gtm(text=text):
            for name in re.findall(_REFERENCE, text):
                yield from _named(route, "the variable", name, who)
        case Url(part="query", key=key, of=None):
            yield from _named(route, "the page's query parameter", key, who)
        case Element(css=css, attribute=attribute) if attribute in ("", "value"):
            yield from _of_field(route, css, who)
        case Element(attribute=attribute) if re.match(_VISITORS_ATTRIBUTE, attribute):
            yield from _named(route, "the attribute", attribute, who)
        case JavaScript(code=code) if re.search(_VALUE_READ, code) and not re.search(
            _NOT_ITSELF, code
        ):
            for _, css in re.findall(_FIELD_READ, code):
                selector = css if re.search(r"[#\[.]", css) else f"#{css}"
                for said in _of_field(route, selector, who):
                    yield said._replace(sure=False)


def _named(route: Route, what: str, name: str, who: str) -> Iterator[_Said]:
    if looks := looks_like(name):
        yield _Said(route, f"{what} '{name}' looks like {looks}, and {who} personal data")


def _of_field(route: Route, css: str, who: str) -> Iterator[_Said]:
    """What is typed into a form's field."""
    if found := re.search(_TYPED_FIELD, css):
        what = _TYPES[found[1]]
        yield _Said(route, f"this field holds {what}, and {who} personal data", sure=True)
        return
    last = re.split(r"[\s>+~]+", css.strip())[-1]
    for names in re.findall(_NAMED_FIELD, last):
        name = "".join(names)
        if looks := looks_like(re.sub(_FIELD_ITSELF, "", name)):
            yield _Said(route, f"the field '{name}' looks like {looks}, and {who} personal data")
            return


def _in_addresses(conversion: Conversion) -> Iterator[_Said]:
    """Query parameters that conditions look at: GA4 and Meta get the page's whole address."""
    keys: dict[str, Route] = {}
    for test in _tests(conversion):
        if isinstance(test.subject, Url) and test.subject.part == "query" and not _is_flag(test):
            keys.setdefault(test.subject.key, test.route or conversion.route)
    who = "GA4 and Meta" if conversion.ga4 and conversion.meta else "GA4"
    if conversion.ga4 is None:
        who = "Meta"
    for key, route in keys.items():
        if looks := looks_like(key):
            gets = "get" if " and " in who else "gets"
            yield _Said(
                route,
                f"the page's query parameter '{key}' looks like {looks}, and {who} {gets} the "
                "page's address",
                hint="let the site keep it out of its addresses",
            )


def _is_flag(test: Condition) -> bool:
    """Whether it compares with words that are nobody's data: mail=1."""
    return (
        test.op is Op.EQUALS
        and not test.negate
        and not any("@" in value or len(re.findall(r"\d", value)) >= _DIGITS or not value
                    for value in test.values)
    )  # fmt: skip


def _tests(conversion: Conversion) -> Iterator[Condition]:
    yield from _of_triggers(conversion.triggers)
    for tests in conversion.unless:
        yield from tests


def _of_triggers(triggers: Iterable[Trigger]) -> Iterator[Condition]:
    for trigger in triggers:
        yield from trigger.where
        yield from _of_triggers(trigger.members)
