"""A script is written in newer JavaScript than GTM takes.

Custom HTML tags and Custom JavaScript variables are compiled as ES5. The import takes the rest,
the preview and the publish step refuse it ("only supported for ECMASCRIPT6 mode or better"), and
with it the whole container. The code of custom templates is another language and may be newer.

Before::

    <script>const links = [...document.links].map(a => a.href);</script>

After::

    <script>var links = [].map.call(document.links, function (a) { return a.href; });</script>

Source: GTM's compiler; none of 295 scripts in 230 exports, none of 183 compiled ones, is newer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.markup import blocks_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.es5 import Newer
    from tagkit.gtm.container import Container, Entity, Parameter

RULE = Rule(
    "TK452", "newer-than-es5", Severity.WARNING, "a script is newer than ES5, which GTM refuses"
)

_HINTS = {
    "'=>'": "write 'function (x) { return …; }'",
    "a text in `…`": "put texts together with '+': 'a' + b",
    "'let'": "write 'var'",
    "'const'": "write 'var'",
    "'...'": "write out the items, or use 'concat' and 'apply'",
    "'?.'": "write 'a && a.b'",
    "'??'": "write 'a != null ? a : b'",
    "'for (… of …)'": "count: 'for (var i = 0; i < list.length; i++)'",
}


def check(container: Container) -> Iterator[Finding]:
    """Each script of a tag that runs, each Custom JavaScript variable: the first newer thing."""
    from tagkit.es5 import newer_than_es5

    if not is_web(container):
        return
    for tag in running_tags(container):
        html = tag.parameter("html") if tag.type == "html" else None
        if html is None:
            continue
        for block in blocks_of(html.value):
            newer = newer_than_es5(block.content) if block.is_javascript else None
            if newer:
                yield _finding(tag, html, newer, line_of(html.value, block.inside + newer.at))
                break
    for variable in container.of("variable"):
        code = variable.parameter("javascript") if variable.type == "jsm" else None
        newer = newer_than_es5(code.value) if code else None
        if code and newer:
            yield _finding(variable, code, newer, line_of(code.value, newer.at))


def _finding(entity: Entity, parameter: Parameter, newer: Newer, line: int) -> Finding:
    return Finding(
        RULE,
        parameter.value_route,
        f"GTM will not publish {entity.words}: {newer.what} in line {line} is newer than ES5",
        hint=_HINTS.get(newer.what, "write it as ES5")
        + "; or let a tool such as Babel translate the code",
    )
