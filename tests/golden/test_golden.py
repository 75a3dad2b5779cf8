"""The examples, built, byte for byte.

After a change that is meant: ``python -m tests.golden.regenerate``, and read ``git diff``.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from tests.golden.golden_files import EXAMPLES, HERE, build, contents, folder_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("example", EXAMPLES, ids=attrgetter("stem"))
def test_example(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    build(example, tmp_path)
    kept, made = contents(folder_of(example)), contents(tmp_path)
    assert sorted(made) == sorted(kept)
    assert [name for name in kept if made[name] != kept[name]] == []


def test_nothing_is_left_over() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders == {example.stem for example in EXAMPLES}
