"""``python -m tests.doctor.regenerate``: take what the doctor says now as right.

Then read ``git diff tests/doctor`` with care.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.doctor.examining import CASES, EXPECTED, among_the_pages, said_of


def regenerate() -> None:
    """Write what is said of each case."""
    EXPECTED.mkdir(exist_ok=True)
    with among_the_pages(), tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            said = json.dumps(said_of(name, Path(folder)), indent=2, ensure_ascii=False)
            (EXPECTED / f"{name.replace(' ', '-')}.json").write_text(said + "\n", "utf-8")


if __name__ == "__main__":
    regenerate()
