"""A tag, variable or client is made from a custom template that is not in the file.

A type that begins with ``cvt_`` names a template: ``cvt_<containerId>_<templateId>``, or
``cvt_<id>`` with the id that the template gallery gave it. GTM's exports always carry the
template; a file without it is refused: "unknown entity type".

Before::

    "tag": [{"name": "Pixel", "type": "cvt_5TP8W"}]

After::

    "tag": [{"name": "Pixel", "type": "cvt_5TP8W"}],
    "customTemplate": [{"templateId": "7", "name": "Facebook", "templateData": "___INFO___ ...",
                        "galleryReference": {"galleryTemplateId": "5TP8W", ...}}]

Source: 590 of 590 uses in exports; a git history that shows the refusal and the repair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.links import is_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK416",
    "custom-template-missing",
    Severity.ERROR,
    "a custom template is used that is not in the file",
)


def check(container: Container) -> Iterator[Finding]:
    """Each use of a template that the file does not carry."""
    templates = tuple(container.of("customTemplate"))
    for entity in container.of("tag", "variable", "client"):
        if entity.type.startswith(vocabulary.TEMPLATE_TYPE_PREFIX) and not any(
            is_of(entity.type, template) for template in templates
        ):
            yield Finding(
                RULE,
                (*entity.route, "type"),
                f"{entity.words} is made from the custom template '{entity.type}', "
                "which is not in the file",
                hint="export the container with the template, or use a type that GTM has built in",
            )
