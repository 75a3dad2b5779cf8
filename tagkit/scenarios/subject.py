"""A plan or a container -> what scenarios try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from tagkit.gtm.emit import emit_named
from tagkit.program.compile import compile_plan
from tagkit.scenarios.model import Owner, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.plan.model import Resolved


def subject_of(resolved: Resolved, name: str) -> Subject:
    """The container of a plan, with the tags of each conversion."""
    program = compile_plan(resolved)
    container, tags = emit_named(program)
    url = urlsplit(program.business.url)
    origin = {"origin": f"https://{url.netloc}"} if url.netloc else {}
    return Subject(
        name=name,
        container=cast("Mapping[str, Any]", container),
        owners={
            tag: Owner(conversion, platform)
            for conversion, named in tags.items()
            for platform, tag in named.items()
        },
        update_event=next(iter(program.consent.update_events), ""),
        consent=program.pixel_consent,
        **origin,
    )
