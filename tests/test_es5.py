"""Which scripts are ES5, and whether an ES5 function is one."""

from __future__ import annotations

import pytest

from tagkit.es5 import broken, newer_than_es5, problem_of

ES5 = [
    "var a = {async: 1, class: 2, let: 3, get b() { return 1; }, 'c': [1,],};",
    "if (a) /`=>/.test(b); else /[/`]/.exec(c); x = a / b / c; y = i++ / 2;",
    "function f() { return /=>/ } /`/.test(a)",
    "a = 'let b = `c`' + \"=>\" + '\\'' + 'a\\\n`'; // `${a}`\n/* => */ b = {{c => d}};",
    "switch (a) { case 1: { b, c } default: }",
    "for (var of in a) of(b); let_ = $const; o.function(function f() {});",
    "x = a?.5:1; y = a ? b : c, d; f(a, b, c); [a, b]; g({a: b, c: d ? e : f});",
    "<!-- old browsers\na();\n-->",
    "label: for (;;) { break label; }",
]
NEWER = {
    "a => b": "'=>'",
    "let a;": "'let'",
    "for (const a in b) {}": "'const'",
    "`a`": "a text in `…`",
    "f(...a)": "'...'",
    "a ** b": "'**'",
    "a?.b": "'?.'",
    "a ?? b": "'??'",
    "class A {}": "'class'",
    "function* f() {}": "'function *'",
    "x = async function () {}": "'async function'",
    "var {a} = b": "'var {'",
    "import a from 'b'": "'import'",
    "export default a": "'export'",
    "for (a of b) {}": "'for (… of …)'",
    "function f({a}) {}": "'{' among the parameters of a function",
    "f({a, b: 1})": "'{a}'",
    "f({b: 1, a})": "'{a}'",
    "a = {b(c) { return c; }}": "'{b() …}'",
    "a = {[b]: c}": "'{[name]: …}'",
}
BROKEN = {
    "f(": "(",
    "f)": ")",
    "a = 'b": "'b",
    "if (a) { b(); ": "{ b",
    "a = (1 + ;": ";",
    "a # b": "#",
    "f(a,)": ")",
    "(f([]); {}": "(f",
}


@pytest.mark.parametrize("code", ES5)
def test_es5(code: str) -> None:
    assert newer_than_es5(code) is None
    assert broken(code) is None


@pytest.mark.parametrize("code", NEWER)
def test_newer(code: str) -> None:
    newer = newer_than_es5(f"var a = 1;\n{code}")
    assert newer
    assert newer.what == NEWER[code]
    assert newer.at >= len("var a = 1;\n")


@pytest.mark.parametrize(("code", "place"), BROKEN.items())
def test_broken(code: str, place: str) -> None:
    problem = broken(f"a();\n{code}")
    assert problem
    assert problem.at == len("a();\n") + code.index(place)


def test_after_a_text_that_is_not_closed_nothing_is_sure() -> None:
    assert newer_than_es5("a = 'it's; b = '`") is None


@pytest.mark.parametrize(
    "code", ["function() { return 1; }", " function a() {} ", "function(){{}}"]
)
def test_one_function(code: str) -> None:
    assert problem_of(code) is None
