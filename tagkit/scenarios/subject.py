"""A plan or a container -> what scenarios try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from tagkit.scenarios.model import Owner, Subject
from tagkit.simulator import start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.plan.model import Resolved


def subject_of(resolved: Resolved, name: str) -> Subject:
    """The container of a plan, with the tags of each conversion."""
    from tagkit.gtm.emit import emit_named
    from tagkit.program.compile import compile_plan

    program = compile_plan(resolved)
    container, tags = emit_named(program)
    sent = {
        (conversion.id, platform): event.name
        for conversion in resolved.conversions
        for platform, event in (("GA4", conversion.ga4), ("Meta", conversion.meta))
        if event
    }
    subject = Subject(
        name=name,
        container=cast("Mapping[str, Any]", container),
        script=start(cast("Mapping[str, Any]", container)),
        owners={
            tag: Owner(conversion, platform, sent.get((conversion, platform), ""))
            for conversion, named in tags.items()
            for platform, tag in named.items()
        },
        update_event=next(iter(program.consent.update_events), ""),
        consent=program.pixel_consent if program.meta else (),
    )
    host = urlsplit(program.business.url).netloc
    return subject._replace(origin=f"https://{host}") if host else subject


def subject_of_container(container: Mapping[str, Any], name: str) -> Subject:
    """Any container: ``fires`` has the names of its tags."""
    tags = container["containerVersion"].get("tag") or []
    named = [str(tag.get("name")) for tag in tags if isinstance(tag, dict)]
    return Subject(
        name=name,
        container=container,
        script=start(container),
        owners={tag: Owner(tag, "") for tag in named},
        is_plan=False,
    )
