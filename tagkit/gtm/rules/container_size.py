"""A container is about as large as GTM lets one publish, or larger.

A version of a web container has at most 200 KB when it is published; of a larger one no version
can be published. What counts is the JavaScript that GTM makes of it. Here its parts are added up
that are in it for certain: the settings of tags that are not paused, of triggers and of variables
that something uses, and the code of templates without comments. What GTM adds is left out, so the
real size is rather larger. From 80 % it is a note. ``build`` says it of the container it makes.

Before::

    {"name": "Widget", "type": "html", ... "value": "<script>/* 250 KB of code */</script>"}

After::

    {"name": "Widget", "type": "html", ... "value": "<script src='https://…/widget.js'></script>"}

Source: Google Tag Manager Help, 2772488; authors' reports of what happens above the limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.size import CONTAINER_SIZE, too_large
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Finding
    from tagkit.gtm.container import Container

RULE = CONTAINER_SIZE


def check(container: Container) -> Iterator[Finding]:
    """One finding for the file."""
    tags = count(len(container.entities["tag"]), "tag")
    advice = f"leave out what you can do without of {tags}, or divide them among containers"
    for finding, largest in too_large(container):
        yield finding._replace(hint=f"the largest: {largest}" if largest else advice)
