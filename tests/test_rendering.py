"""Text from templates, values as JavaScript, JSON as GTM lays it out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagkit import rendering
from tagkit.resources import TEMPLATES

NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.j2"))
PLAIN = [name for name in NAMES if rendering._plain(name) is not None]  # noqa: SLF001
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


def test_most_javascript_is_plain() -> None:
    assert "pixel/runtime/core.js.j2" in PLAIN
    assert "listeners/generic/form_error.js.j2" in PLAIN
    assert "pixel/events.js.j2" not in PLAIN


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_is_what_jinja_gives(name: str) -> None:
    assert rendering.part(name) == rendering.environment().get_template(name).render()


@given(JSON)
def test_layout_is_that_of_json(value: object) -> None:
    for step in (2, 4):
        wanted = json.dumps(value, indent=step, ensure_ascii=False)
        assert rendering.laid_out(value, step) == wanted


@given(st.text(st.characters(codec="utf-8")))
def test_text_as_javascript_is_json_without_danger(text: str) -> None:
    written = rendering.js(text)
    assert json.loads(written) == text
    assert not set(written) & set("<>&\u2028\u2029")
    assert "{{" not in written
