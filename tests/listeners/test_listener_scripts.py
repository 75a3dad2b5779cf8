"""The scripts themselves: what GTM takes, and what must not be in them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from listener_stage import LISTENERS, rendered

from tagkit.listeners import script_of
from tagkit.resources import TEMPLATES

# Newer than ES5, each one a sign in the code without strings, comments and regular expressions.
NEWER = (
    r"=>",
    r"`",
    r"\b(let|const|class|async|await|yield|import|export|extends)\b",
    r"\bof\s+[\w.]+\)\s*\{",
    r"\.\.\.",
    r"\?\.",
    r"\?\?",
    r"\*\*",
    r"\(\s*\w+\s*=[^=]\w*[^;()]*\)\s*\{",
    r"\{\s*\w+\s*,\s*\w+\s*\}\s*=",
    r"/[a-z]*[suyv][a-z]*\.(test|exec)",
    r"\b(Promise|Symbol|Map|Set|Proxy|Reflect)\b",
    r"Object\.(assign|entries|values)|Array\.from|\.(includes|startsWith|endsWith|find|repeat|padStart)\(",
    r"\.(append|remove|replaceWith|forEach)\(\)|NodeList",
)
EACH = sorted((TEMPLATES / "listeners").rglob("*.js.j2"))
# Where personal data, storage or a new request would come from.
NEVER = (
    r"localStorage|indexedDB|document\.cookie|d\.cookie|setInterval",
    r"fetch\(|XMLHttpRequest|sendBeacon|new Image",
    r"innerHTML|outerHTML|document\.write|eval\(|new Function",
    r"getFormFieldValues|metaData|\.inputs\b",
)
PARSER = """
const { parse } = require('internal/deps/acorn/acorn/dist/acorn');
const script = require('fs').readFileSync(0, 'utf8');
try { parse(script, { ecmaVersion: 5 }); } catch (error) { console.log(error.message); }
"""
LINES = 80
"""A listener is read in one screen."""
BYTES = 30_000
"""All of them, in a container."""
# In code, a regular expression stands after an operator or a bracket.
LITERAL = re.compile(
    r"""'(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" | (?P<comment>//[^\n]*)
    | (?<=[(,=:\[!&|?{};\n\ ])/(?![/*\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[gim]*""",
    re.VERBOSE,
)


def code(script: str) -> str:
    """The script without comments, strings and regular expressions."""
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    return LITERAL.sub(lambda m: "" if m["comment"] else "''", script)


def readable(name: str) -> str:
    """The script as it stands in a snippet."""
    return script_of([f"generic/{name}"])


@pytest.mark.parametrize("name", LISTENERS)
def test_gtm_takes_it(name: str) -> None:
    script = readable(name)

    for each in (script, rendered(name)):
        assert re.findall(r"\{\{|\}\}|</script|<!--|\{%|\{#", each, re.IGNORECASE) == []
    assert [sign for sign in NEWER if re.search(sign, code(script))] == []
    assert "needs:" not in script


@pytest.mark.parametrize("name", LISTENERS)
def test_it_keeps_to_itself(name: str) -> None:
    script = readable(name)
    events = set(re.findall(r"'tagkit\.([a-z_]+)'", script))
    values = re.findall(r"[\w.]+\.value\b", code(script))

    assert [sign for sign in NEVER if re.search(sign, script)] == []
    assert events <= {name, "listener_error"}
    # only the coupon field is read; the others are our own
    ours = {"price.value", "a.value", "b.value", "made.value"}
    assert set(values) <= ({"input.value"} if name == "coupon_refused" else ours)
    assert f"\nlisten('generic/{name}', function () {{\n" in script


def test_they_are_small() -> None:
    lines = {path.name: path.read_text("utf-8").count("\n") for path in EACH}
    size = len(rendered(*LISTENERS).encode())
    print(f"all: {size} bytes")  # noqa: T201 - shown by pytest -s

    assert {name: count for name, count in lines.items() if count > LINES} == {}
    assert size < BYTES


@pytest.mark.parametrize("name", LISTENERS)
def test_an_es5_parser_reads_it(name: str) -> None:
    assert parse(rendered(name)) == ""


def parse(script: str) -> str:
    """What the ES5 parser that comes inside node has against a script."""
    node = shutil.which("node")
    if not node:
        pytest.skip("no node to check the syntax with")
    run = [node, "--expose-internals", "-e", PARSER]
    result = subprocess.run(run, input=script.encode(), capture_output=True, check=False)
    if b"Cannot find module" in result.stderr:
        pytest.skip("this node has no parser inside")
    return (result.stdout + result.stderr).decode()


def test_a_newer_script_is_noticed() -> None:
    newer = (
        "const a = 1;",
        "x.map(y => y)",
        "`a`",
        "f(...x)",
        "a?.b",
        "function f(a = 1) { }",
        "for (x of y) { }",
    )

    assert all(any(re.search(sign, code(script)) for sign in NEWER) for script in newer)
    assert parse("var ok = { default: 1 };") == ""
    assert all(parse(script) for script in newer)
