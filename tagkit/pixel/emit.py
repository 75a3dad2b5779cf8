"""Program -> Meta Pixel snippets for sites without GTM, and their manifest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.listeners import script_of
from tagkit.pixel.calls import object_of, sending, start_values
from tagkit.pixel.expressions import Expressions
from tagkit.pixel.firing import When, when_of
from tagkit.plan.model import Once
from tagkit.rendering import laid_out, part, render

if TYPE_CHECKING:
    from tagkit.plan.model import MetaSettings
    from tagkit.program.model import Action, MetaSend, Program

FOLDER = "meta-pixel"
PARTS = (
    "click", "link_click", "form_submit", "element_visible", "scroll", "timer", "history_change",
    "js_error", "youtube",
)  # fmt: skip
"""The parts of the runtime beside its core, in the order they are written."""


def emit_pixel(program: Program) -> dict[str, str]:
    """The files by their path: base.html, one per conversion, events.js, manifest.json."""
    if program.meta is None or program.meta.identified_by is not None:
        return {}  # a snippet has its pixel written out
    actions = [(a, a.meta) for a in program.actions if a.meta is not None and not a.paused]
    files = {f"{FOLDER}/base.html": _base(program, program.meta)}
    for action, send in actions:
        code = _script(program.meta, [(action, send)])
        files[f"{FOLDER}/{file_name(action.id)}"] = f"<script>\n{code}\n</script>\n"
    files[f"{FOLDER}/events.js"] = _script(program.meta, actions) + "\n"
    manifest = laid_out(_manifest(program, actions), step=2)
    files[f"{FOLDER}/manifest.json"] = manifest + "\n"
    return files


def file_name(conversion: str) -> str:
    """The file of a conversion's snippet; the base has a name of its own."""
    return f"{conversion}-event.html" if conversion == "base" else f"{conversion}.html"


def _base(program: Program, meta: MetaSettings) -> str:
    expressions = Expressions()
    matching = object_of(program.meta_matching, expressions.of) if program.meta_matching else ""
    holds = {action.hold for action in program.actions if action.meta} - {()}
    return (
        render(
            "pixel/base.html.j2",
            **start_values(meta, matching),
            pixel_ids=meta.pixel_ids,
            needs=list(program.pixel_consent),
            gates=sorted(" ".join(hold) for hold in holds),
            functions=_functions(expressions),
        )
        + "\n"
    )


def _script(meta: MetaSettings, actions: list[tuple[Action, MetaSend]]) -> str:
    expressions = Expressions()
    conversions, parts = [], set()
    for action, send in actions:
        when = when_of(action, expressions)
        parts |= when.parts
        conversions.append(_conversion(meta, action, send, when, expressions))
    runtime = ["core", *(name for name in PARTS if name in parts)]
    return render(
        "pixel/events.js.j2",
        runtime="".join(part(f"pixel/runtime/{name}.js.j2") for name in runtime),
        functions=_functions(expressions),
        conversions=conversions,
        listeners=script_of(name for action, _ in actions for name in action.listeners),
    )


def _functions(expressions: Expressions) -> str:
    return "".join(
        f"  var {name} = {code};\n".replace("\n", "\n  ").rstrip(" ")
        for name, code in expressions.functions.items()
    )


def _conversion(
    meta: MetaSettings, action: Action, send: MetaSend, when: When, expressions: Expressions
) -> dict[str, str]:
    """The parts of one conversion's code: what it remembers, when it counts, what it sends."""
    before = render("pixel/groups.js.j2", groups=when.groups) + "\n" if when.groups else ""
    lines = [f"if (!({test})) {{ return; }}" for test in when.tests]
    if len(when.tests) > 1:  # each is asked every time: a trigger group keeps count
        counts = [f"if ({test}) {{ counts = true; }}" for test in when.tests]
        lines = ["var counts = false;", *counts, "if (!counts) { return; }"]
    for held in action.exceptions:
        lines.append(f"if ({' && '.join(map(expressions.holds, held))}) {{ return; }}")
    if action.once is Once.PAGE:
        before += "      var done = false;\n"
        lines = ["if (done) { return; }", *lines, "done = true;"]
    return {
        "id": action.id,
        "before": before,
        "test": "\n        ".join(lines),
        "send": sending(
            meta,
            send,
            expressions.of(send.named_by) if send.named_by is not None else "",
            object_of(send.rows, expressions.of),
            expressions.of(send.event_id) if send.event_id is not None else "",
            " ".join(action.hold),
        ),
        "starts": "".join(f"    {start}\n" for start in when.starts),
    }


def _manifest(program: Program, actions: list[tuple[Action, MetaSend]]) -> dict[str, Any]:
    meta = program.meta
    assert meta is not None  # noqa: S101 # asked only for a plan with Meta
    off = program.consent.mode == "off"
    return {
        "version": 1,
        "business": program.business.name,
        "pixel_ids": list(meta.pixel_ids),
        "base": "base.html",
        "combined": "events.js",
        "consent": list(program.pixel_consent),
        "conversions": [
            {
                "id": action.id,
                "name": action.name,
                "group": action.group,
                "file": file_name(action.id),
                "event": send.event or "*",  # named when it happens
                "standard": send.standard,
                "properties": [name for name, _ in send.rows],
                "triggers": [str(firing.kind) for firing in action.firings],
                "once": str(Once.PAGE if action.once is Once.PAGE else Once.EVENT),
                "consent": [] if off else list(action.consent),
            }
            for action, send in actions
        ],
    }
