"""Plans of clients to build, and how to run the program on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
tagkit: 1
business: {{name: {name}, currency: PLN}}
google_analytics: {{measurement_id: G-{name:>010}}}
meta_pixel: {{pixel_id: "1{number:015}"}}
micro_conversions: [share, add_to_cart]
"""


def plan(number: int) -> str:
    return PLAN.format(name=f"CLIENT{number}", number=number)


def write_clients(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"c{number:02}.yaml").write_text(plan(number), "utf-8")


def written(folder: Path) -> dict[str, bytes]:
    """The files below a folder, without the stamps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tagkit" not in path.relative_to(folder).parts
    }
