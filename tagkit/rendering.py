"""Text from templates, and the one way by which a value of the plan becomes JavaScript."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from tagkit.resources import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment, Template

_UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff]|\\{(?=\\{)")


def js(value: object) -> str:
    """A JSON value as JavaScript that is safe inside ``<script>`` and inside GTM.

    ``</script>``, ``<!--`` and U+2028 cannot end the code, and GTM finds no ``{{`` in it.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


@cache
def environment(folder: Path = TEMPLATES) -> Environment:
    """The templates. ``| js`` is the only way for a value into code."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(  # noqa: S701 # JavaScript, not HTML: escaping is the js filter's job
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters["js"] = js
    return made


@cache
def template(name: str) -> Template:
    """The template of that name, compiled once."""
    return environment().get_template(name)


def render(name: str, /, **values: object) -> str:
    """The text of a template, without the newline at its end."""
    return template(name).render(**values).strip("\n")
