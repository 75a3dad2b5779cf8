"""What is said of a selector that matches nothing, and on which pages it is wanted at all."""

from __future__ import annotations

from typing import Any

import pytest

from tagkit.doctor.facts import Page
from tagkit.doctor.places import CURRENT, may_be_on
from tagkit.doctor.selectors import Names, hint_for
from tagkit.plan import model
from tagkit.plan.model import Trigger, TriggerKind
from tagkit.values import BuiltIn, Op, Url
from tests.doctor.test_ways import EMPTY

NAMES = Names(
    ids=frozenset({"add-to-cart", "price"}),
    classes=frozenset({"size-guide", "button", "md:flex"}),
    tags=frozenset({"a", "div", "form"}),
    named=frozenset({"data-track=guide", "name=email"}),
)
HINTS = [
    (".sizeguide", "there is no '.sizeguide'; did you mean '.size-guide'?"),
    ("#size-guide", "there is no '#size-guide', but '.size-guide'"),
    (".price", "there is no '.price', but '#price'"),
    ("#ad-to-cart", "there is no '#ad-to-cart'; did you mean '#add-to-cart'?"),
    (".ad-to-cart", "there is no '.ad-to-cart'; did you mean '#add-to-cart'?"),
    (".zzz", "there is no '.zzz', nor anything like it"),
    (r".md\:flex", "each part of it is there, but nowhere together: has an element moved?"),
    (r".md\:flux", "there is no '.md:flux'; did you mean '.md:flex'?"),
    ("div .size-guide", "each part of it is there, but nowhere together: has an element moved?"),
    ("section > a", "there is no <section>"),
    ("FORM a", "each part of it is there, but nowhere together: has an element moved?"),
    ("[data-track=guides]", "there is no [data-track=guides]; did you mean [data-track=guide]?"),
    ('[data-track="zzz"]', "there is no [data-track=zzz]"),
    ("[data-other='x']", "there is no [data-other=x]"),
    ("[href='/x']", "each part of it is there, but nowhere together: has an element moved?"),
    ("[id=prize]", "there is no id 'prize'; did you mean 'price'?"),
    ("[id=price] .zzz", "there is no '.zzz', nor anything like it"),
    ("[id=qqqq]", "there is no id 'qqqq'"),
    (".yyy.zzz", "there is no '.yyy', nor anything like it; there is no '.zzz', nor anything like it"),
    ("a[title='.zzz #zzz']:not(.button)",
     "each part of it is there, but nowhere together: has an element moved?"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "hint"), HINTS)
def test_the_hint(css: str, hint: str) -> None:
    assert hint_for(css, NAMES) == hint


PATH = BuiltIn("page_path")
AT = "https://tea.example/pl/koszyk?step=2#top"
TESTS: list[tuple[Any, Op, tuple[str, ...], dict[str, Any], bool | None]] = [
    (PATH, Op.EQUALS, ("/pl/koszyk",), {}, True),
    (PATH, Op.EQUALS, ("/faq",), {}, False),
    (PATH, Op.EQUALS, ("/faq", "/pl/koszyk"), {}, True),
    (PATH, Op.EQUALS, ("/faq",), {"negate": True}, True),
    (PATH, Op.CONTAINS, ("kosz",), {}, True),
    (PATH, Op.STARTS_WITH, ("/en",), {}, False),
    (PATH, Op.ENDS_WITH, ("koszyk",), {}, True),
    (PATH, Op.MATCHES, ("^/PL/",), {"ignore_case": True}, True),
    (PATH, Op.MATCHES, ("^/PL/",), {}, False),
    (PATH, Op.GREATER, ("1",), {}, True),  # left to a browser
    (PATH, Op.EQUALS, ("{{x}}",), {"refers": True}, True),
    (BuiltIn("page_url"), Op.CONTAINS, ("tea.example",), {}, True),
    (BuiltIn("page_hostname"), Op.EQUALS, ("shop.example",), {}, False),
    (Url("query", "step"), Op.EQUALS, ("2",), {}, True),
    (Url("query", "other"), Op.EQUALS, ("2",), {}, False),
    (Url("path", of=BuiltIn("referrer")), Op.EQUALS, ("/x",), {}, True),
    (BuiltIn("click_text"), Op.EQUALS, ("x",), {}, True),
]


@pytest.mark.parametrize(("subject", "op", "values", "more", "may"), TESTS)
def test_where_a_trigger_may_fire(
    subject: Any, op: Op, values: tuple[str, ...], more: dict[str, Any], may: bool | None
) -> None:
    trigger = Trigger(TriggerKind.CLICK, where=(model.Test(subject, op, values, **more),))
    assert may_be_on(trigger, Page("p", EMPTY._replace(url=AT))) is may


def test_a_saved_page_says_where_it_stood() -> None:
    at_cart = Trigger(TriggerKind.CLICK, where=(model.Test(PATH, Op.EQUALS, ("/pl/koszyk",)),))
    saved = EMPTY._replace(url="https://saved-page.invalid/cart.html")
    canonical = saved._replace(canonical=AT)
    own = saved._replace(globals={CURRENT: AT})
    pages = [Page("p", facts, is_file=True) for facts in (saved, canonical, own)]
    assert [may_be_on(at_cart, page) for page in pages] == [None, True, True]
    assert may_be_on(at_cart, Page("p")) is None
