"""Writing: files whole or not at all, whatever the disk says at whichever step."""

from __future__ import annotations

import errno
import io
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tagkit.files import CannotWriteError, Change, Changed, changes, write

OLD = {"a.json": "old a", "sub/b.html": "old b", "sub/gone.html": "old gone"}
NEW = {"a.json": "new a\n", "sub/b.html": "old b", "sub/c.html": "new ż", "more/deep/d.js": "new"}
STALE = ["sub/gone.html", "sub/b.html", "sub/never.html"]


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "dist"
    for name, text in OLD.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return home


def test_changes(folder: Path) -> None:
    wanted = [
        Changed(Change.UPDATE, folder / "a.json"),
        Changed(Change.UNCHANGED, folder / "sub/b.html"),
        Changed(Change.CREATE, folder / "sub/c.html"),
        Changed(Change.CREATE, folder / "more/deep/d.js"),
        Changed(Change.REMOVE, folder / "sub/gone.html"),
    ]
    assert changes(NEW, folder, STALE) == wanted
    assert contents(folder) == OLD


def test_write(folder: Path) -> None:
    planned = changes(NEW, folder, STALE)
    assert write(NEW, folder, STALE) == planned
    assert contents(folder) == NEW


def test_what_is_unchanged_is_not_touched(folder: Path) -> None:
    before = (folder / "sub/b.html").stat()
    write(NEW, folder, STALE)
    after = (folder / "sub/b.html").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    write({"x/y.txt": "z"}, tmp_path / "not" / "there")
    assert contents(tmp_path) == {"not/there/x/y.txt": "z"}


class FullDiskError(OSError):
    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, "No space left on device")


class HalfWritten(io.FileIO):
    """A file that takes two bytes, and then the disk is full."""

    def write(self, data: Any) -> int:
        super().write(data[:2])
        raise FullDiskError


@pytest.mark.parametrize("step", range(3))
@pytest.mark.parametrize("call", ["write", "open", "mkdir"])
def test_a_full_disk_leaves_all_as_it_was(
    call: str, step: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call fails when it is made for the ``step``-th time."""
    name = "mkdir" if call == "mkdir" else "open"
    real, made = getattr(Path, name), []

    def fail(path: Path, *arguments: Any, **options: Any) -> Any:
        if name == "mkdir" or arguments == ("wb",):
            made.append(path)
            if len(made) == min(step, 1 if name == "mkdir" else 2) + 1:
                if call == "write":
                    return HalfWritten(path, "wb")
                raise FullDiskError
        return real(path, *arguments, **options)

    before = folders(folder)
    monkeypatch.setattr(Path, name, fail)
    with pytest.raises(CannotWriteError, match="no space left on device"):
        write(NEW, folder, STALE)
    monkeypatch.undo()
    assert contents(folder) == OLD
    assert folders(folder) == before


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        write({"a.txt": "old", "b.txt": "x" * 20_000}, small)
        before = contents(small)
        with pytest.raises(CannotWriteError) as caught:
            write({"a.txt": "new", "b.txt": "y" * 20_000, "sub/c.txt": "z" * 60_000}, small)
        assert str(caught.value) == f"cannot write {small}: no space left on device"
        assert contents(small) == before
        assert folders(small) == set()
    finally:
        subprocess.run(["umount", str(small)], check=True)


REFUSED = {
    "a file in the way of a folder": ("sub/b.html/c.html", "not a directory"),
    "a folder in the way of a file": ("sub", "is a directory"),
    "a name that is too long": ("x" * 300, "file name too long"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, folder: Path) -> None:
    name, reason = REFUSED[case]
    for call in (changes, write):
        with pytest.raises(CannotWriteError, match=f"cannot write .*{reason}"):
            call({"a.json": "new", name: "x"}, folder)
    assert contents(folder) == OLD


def test_a_folder_on_the_way_that_is_a_file(folder: Path) -> None:
    with pytest.raises(CannotWriteError) as caught:
        write({"x.txt": "x"}, folder / "a.json" / "deep")
    assert "not a directory" in str(caught.value)
    assert contents(folder) == OLD


def test_a_read_only_folder(folder: Path) -> None:
    if os.getuid() == 0:
        done = subprocess.run(["chattr", "+i", str(folder)], check=False, capture_output=True)
        if done.returncode:
            pytest.skip("root may write anywhere, and chattr is not allowed here")
    else:
        folder.chmod(0o555)
    try:
        with pytest.raises(CannotWriteError):
            write({"new.txt": "x"}, folder)
        assert contents(folder) == OLD
    finally:
        if os.getuid() == 0:
            subprocess.run(["chattr", "-i", str(folder)], check=True)
        else:
            folder.chmod(0o755)


def test_when_moving_fails_nothing_half_written_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.name == "d.js":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CannotWriteError) as caught:
        write(NEW, folder, STALE)
    assert str(caught.value) == f"cannot write {folder}/more/deep/d.js: permission denied"
    assert {name for name in contents(folder) if "tmp" in name} == set()
    assert set(contents(folder).values()) <= {*OLD.values(), *NEW.values()}


def test_a_folder_that_somebody_else_makes_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def later(path: Path, *arguments: Any, **options: Any) -> None:
        path.is_dir() or real(path)
        real(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", later)
    write({"x/y.txt": "z"}, tmp_path / "there")
    assert contents(tmp_path) == {"there/x/y.txt": "z"}


def test_two_that_write_one_file_do_not_share_what_is_staged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other has written beside the place, and moves it there only after us."""
    real = Path.replace
    moved: list[Path] = []

    def other_first(path: Path, target: Path) -> Path:
        if not moved:
            moved.append(target)
            monkeypatch.setattr(os, "getpid", lambda: 7)
            write({"a.json": "other"}, folder)
        return real(path, target)

    monkeypatch.setattr(Path, "replace", other_first)
    write({"a.json": "mine"}, folder)
    assert (folder / "a.json").read_text("utf-8") == "mine"


def test_a_file_that_cannot_be_undone_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    for call in ("replace", "unlink", "rmdir"):
        monkeypatch.setattr(Path, call, fail)
    with pytest.raises(CannotWriteError, match="permission denied"):
        write(NEW, folder, STALE)


def test_what_a_killed_run_left_long_ago_is_removed(folder: Path) -> None:
    old, live = (folder / f"sub/{name}.html.1.tagkit-tmp" for name in ("old", "live"))
    for path in (old, live):
        path.write_text("half", "utf-8")
    os.utime(old, (0, 0))
    write(NEW, folder)
    assert (old.exists(), live.exists()) == (False, True)
