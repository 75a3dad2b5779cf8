"""Files that are no plan at all: a clear sentence, exit code 1, nothing written, in no time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = "tagkit: 1\nbusiness: {name: Tea House}\nmicro_conversions: [share]\n"


def folder(path: Path) -> None:
    path.mkdir()


def unreadable(path: Path) -> None:
    path.write_text(GOOD, "utf-8")
    path.chmod(0)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def dead_link(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def content(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(50_000_000)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
PLAN = GOOD.encode()

CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (lambda _: None, "TK001"),
    "folder": (folder, "TK002"),
    "unreadable": (unreadable, "TK003"),
    "loop": (loop, "TK00"),
    "dead link": (dead_link, "TK001]: this link leads to no file"),
    "50 MB": (large, "TK004"),
    "50 MB of text": (content(b"# tea\n" * 8_400_000), "TK004"),
    "UTF-16": (content(GOOD.encode("utf-16")), "TK005"),
    "UTF-16 without a mark": (content(GOOD.encode("utf-16-le")), "TK005"),
    "Windows-1250": (content("business: {name: zażółć}".encode("cp1250")), "TK005"),
    "picture": (content(b"\x89PNG\r\n\x1a\n\0\0\0"), "TK023"),
    "binary": (content(b"\x01\x02\0\xff\0"), "TK006"),
    "empty": (content(b""), "TK007"),
    "comments": (content(b"# nothing\n\n"), "TK007"),
    "brackets": (content(b"[" * 60_000), "TK016"),
    "braces": (content(b'{"a":' * 20_000), "TK016"),
    "dashes": (content(b"- " * 30_000), "TK016"),
    "bomb": (content(BOMB.encode()), "TK019"),
    "two documents": (content(PLAN + b"---\n" + PLAN), "TK015"),
    "duplicate key": (content(PLAN + PLAN), "TK012"),
    "tag": (content(b"!!python/object/apply:os.system ['touch hacked']"), "TK014"),
    "merge key": (content(b"a: &a {b: 1}\nc: {<<: *a}\n"), "TK020"),
    "html": (content(b"<!doctype html><title>404</title>"), "TK"),
    "container": (content(b'{"exportFormatVersion": 2, "containerVersion": {}}'), "TK"),
    "number": (content(b"17"), "TK102"),
    "null": (content(b"~"), "TK"),
    "large number": (content(PLAN + b"x: " + b"9" * 5_000), "TK021"),
    "deep regex": (
        content(PLAN.replace(b"share", b'{use: share, where: {page_path: {matches: "%s"}}}'
                             % (b"(" * 5_000))),
        "TK205",
    ),
    "no newline, a tab": (content(b"tagkit: 1\nbusiness:\n\tname: x"), "TK01"),
}  # fmt: skip


def tagkit(
    *arguments: str, cwd: Path, powers: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*powers, sys.executable, "-m", "tagkit", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("case", CASES)
def test_bad_file(case: str, suffix: str, tmp_path: Path) -> None:
    make, code = CASES[case]
    home = tmp_path / "home"
    home.mkdir()
    make(home / f"plan{suffix}")
    powers = ()
    if case == "unreadable" and os.getuid() == 0:
        powers = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
        if subprocess.run([*powers, "true"], check=False, capture_output=True).returncode:
            pytest.skip("root reads everything, and its powers cannot be taken away here")
    before = sorted(home.rglob("*"))
    for arguments in (["validate"], ["build", "-o", "dist"]):
        name = f"plan{suffix}"
        said = tagkit(arguments[0], name, *arguments[1:], cwd=home, powers=powers)
        text = said.stdout if arguments == ["validate"] else said.stderr
        assert said.returncode == 1, said
        assert "Traceback" not in said.stdout + said.stderr
        if suffix == ".yaml":
            assert f"error[{code}" in text
        else:
            assert "error[TK" in text
        assert len(text) < 8_000
        assert sorted(home.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="closes files by their numbers")
@pytest.mark.parametrize(("closed", "text", "code"), [(">&-", GOOD, 0), ("2>&-", "17", 1)])
def test_a_closed_stream(closed: str, text: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(text)
    command = f'"{sys.executable}" -m tagkit validate plan.yaml {closed}'
    said = subprocess.run(command, cwd=tmp_path, shell=True, capture_output=True, check=False)  # noqa: S602
    assert (said.returncode, said.stderr) == (code, b"")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    said = tagkit("validate", "x" * 5000 + ".yaml", cwd=tmp_path)
    assert (said.returncode, "error[TK00" in said.stdout) == (1, True)


def test_a_name_with_control_characters(tmp_path: Path) -> None:
    said = tagkit("validate", "\x1b[31m\nplan.yaml", cwd=tmp_path)
    assert said.returncode == 1
    assert "\x1b" not in said.stdout
