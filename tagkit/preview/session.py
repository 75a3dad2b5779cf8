"""The plan that is previewed, read again when one of its files changes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from tagkit.consent_default import FILE as CONSENT_DEFAULT
from tagkit.consent_default import consent_default
from tagkit.documents import Bases
from tagkit.gtm.emit import emit_named
from tagkit.pipeline import read_plan
from tagkit.plan.model import Kind
from tagkit.program.compile import compile_plan
from tagkit.report.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.gtm.spelling import Entity
    from tagkit.plan.model import Conversion, Resolved
    from tagkit.plan.substitute import Given

HINT = "'preview' takes a plan; 'tagkit adopt' writes the plan of a container"


class Built(NamedTuple):
    """What a plan gives: the container, the consent default, and what the panel shows of it.

    ``origin`` is that of the business, '' when the plan has no address of it.
    """

    container: Entity
    origin: str
    consent_default: str
    about: dict[str, Any]


class Session:
    """A plan and its latest state; safe to ask from several threads."""

    def __init__(self, plan: Path, given: Mapping[str, Given]) -> None:
        self._plan, self._given = plan, given
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._files: tuple[Path, ...] = (plan,)
        self.version = 0
        self.report = Report()
        self.built: Built | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the plan again if a file of it has changed; one with an error changes nothing."""
        with self._lock:
            if self._stamps() == self._seen:
                return
            report = Report()
            plan = read_plan(self._plan, report, Bases(), self._given, hint=HINT)
            if plan.resolved is not None:
                self.built = _built(plan.resolved)
            self.report = report
            self._files = tuple({self._plan, *map(Path, report.sources)})
            self._seen = self._stamps()
            self.version += 1

    def _stamps(self) -> tuple[object, ...]:
        return tuple(map(_stamp, self._files))

    def state(self) -> dict[str, Any]:
        """The plan as the panel shows it."""
        about = self.built.about if self.built else {}
        return {
            **about,
            "version": self.version,
            "diagnostics": [
                {
                    "place": f"{d.file}:{d.span.line}:{d.span.column}" if d.span else d.file,
                    "severity": str(d.severity),
                    "code": d.rule.code,
                    "message": d.message,
                    "hint": d.hint,
                }
                for d in self.report.diagnostics
            ],
        }


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _built(resolved: Resolved) -> Built:
    container, tags = emit_named(compile_plan(resolved))
    consent = resolved.consent
    about = {
        "business": resolved.business.name,
        "language": resolved.business.language,
        "updateEvents": list(consent.update_events),
        "consentMode": consent.mode,
        "conversions": [_shown(c, tags.get(c.id, {})) for c in resolved.conversions],
    }
    host = urlsplit(resolved.business.url).netloc
    origin = f"https://{host}" if host else ""
    return Built(container, origin, consent_default(consent).get(CONSENT_DEFAULT, ""), about)


def _shown(conversion: Conversion, tags: Mapping[str, str]) -> dict[str, Any]:
    if conversion.kind is Kind.MICRO:
        role = str(conversion.role or "secondary")
    else:
        role = "goal" if conversion.kind is Kind.MACRO else "anti"
    return {
        "id": conversion.id,
        "name": conversion.name,
        "description": conversion.description,
        "role": role,
        "step": conversion.step,
        "ga4": conversion.ga4.name if conversion.ga4 else None,
        "meta": conversion.meta.name if conversion.meta else None,
        "tags": {name: platform for platform, name in tags.items()},
        "paused": conversion.paused,
        "needs": conversion.needs,
    }
