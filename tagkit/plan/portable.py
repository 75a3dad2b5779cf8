"""What a site without GTM can know."""

from __future__ import annotations

from tagkit.values import BuiltIn, Gtm, JavaScript, Lookup, Source, Url

ONLY_IN_GTM = frozenset(
    {
        "container_id", "container_version", "debug_mode", "environment_name",
        "new_history_state", "old_history_state", "old_history_fragment", "video_visible",
    }
)  # fmt: skip
"""Built-in variables without a counterpart in the snippets."""


def only_in_gtm(source: Source) -> bool:
    """Whether only GTM can give the value: the snippets send none."""
    match source:
        case Gtm():
            return True
        case JavaScript(code=code):
            return "{{" in code
        case BuiltIn(name=name):
            return name in ONLY_IN_GTM
        case Lookup(source=inner, rows=rows, default=default):
            parts = [inner, *(row for _, row in rows), *([default] if default else [])]
            return any(map(only_in_gtm, parts))
        case Url(of=of):
            return of is not None and only_in_gtm(of)
    inner_source = getattr(source, "source", None)
    return inner_source is not None and only_in_gtm(inner_source)
