"""Fewer bytes, the same code."""

from __future__ import annotations

import pytest

from tagkit.javascript import pieces_of
from tagkit.listeners import script_of
from tagkit.packing import packed
from tests.listeners.test_listener_parts import LISTENERS

GIVEN = {
    "var one = 1, two = f(one, other), three;\nthree = two;": "var a=1,c=f(a,other),b;\nb=c;",
    "function one(first, second) { return first + +second; }": "function c(a,b){return a+ +b;}",
    "try { } catch (problem) { tell(problem.message); }": "try{}catch(a){tell(a.message);}",
    "var key = {key: 1, other: key}, x = y ? key : z;": "var a={key:1,other:a},x=y?a:z;",
    "var item = {a: {b: a.item}};": "var b={a:{b:a.item} };",
    "for (var name in list) { list[name]--; }": "for(var a in list){list[a]--;}",
    "x = function () { return typeof 'a  b' / /  a/.test(c); };": (
        "x=function(){return typeof'a  b'/ /  a/.test(c);};"
    ),
    "if (a) {\n  {\n    b();\n  }\n}": "if(a){\n{\nb();\n}\n}",
    "var in_ = 'x' in a ? b : c, done;": "var d='x'in a?b:c,done;",
}


@pytest.mark.parametrize(("code", "wanted"), GIVEN.items())
def test_packed(code: str, wanted: str) -> None:
    assert packed(code) == wanted


def test_names_are_told_apart() -> None:
    """Piece for piece the same, but for names, of which no two became one."""
    code = script_of(LISTENERS)
    before, after = list(pieces_of(code)), list(pieces_of(packed(code)))
    assert [p.kind for p in before] == [p.kind for p in after]
    renamed: dict[str, set[str]] = {}
    for old, new in zip(before, after, strict=True):
        if old.kind == "word":
            renamed.setdefault(new.text, set()).add(old.text)
        else:
            assert old.text == new.text
    # a short name may also be that of a property, which keeps its own
    assert len(packed(code)) < 0.85 * len(code)
    free = {"window", "document", "Date", "JSON", "Math", "RegExp", "String", "setTimeout", "this"}
    assert all(renamed[name] == {name} for name in free)
