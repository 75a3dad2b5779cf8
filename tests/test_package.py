"""The package as users get it: what a start imports, and that a wheel has all it needs."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tagkit import __version__

ROOT = Path(__file__).parent.parent
HEAVY = (
    "yaml", "jsonschema", "jsonschema_rs", "jinja2", "rich", "pydantic", "importlib.metadata",
    "unicodedata",
)  # fmt: skip


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    code = (
        "import sys, tagkit.cli\n"
        f"sys.argv = ['tagkit', *{list(arguments)!r}]\n"
        "try:\n    tagkit.cli.app() if sys.argv[1:] else None\n"
        "except SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(said.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["build", "--help"]])
def test_a_start_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert loaded_by(*arguments, cwd=tmp_path) & set(HEAVY) == set()


def test_a_good_plan_needs_no_thorough_validator(tmp_path: Path) -> None:
    if importlib.util.find_spec("jsonschema_rs") is None:
        pytest.skip("there is no quick validator here")
    plan = ROOT / "examples" / "herbata.yaml"
    loaded = loaded_by("validate", str(plan), cwd=tmp_path)
    assert "yaml" in loaded
    assert loaded & {"jsonschema", "jinja2", "rich", "pydantic"} == set()
    loaded = loaded_by("build", str(plan), "-o", "dist", cwd=tmp_path)
    assert loaded & {"jsonschema", "rich", "pydantic"} == set()


def test_without_the_quick_validator_all_is_the_same(tmp_path: Path) -> None:
    """As on a machine that jsonschema-rs has no wheel for."""
    code = "import sys; sys.modules['jsonschema_rs'] = None\nimport tagkit.cli; tagkit.cli.main()"
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    plan = str(ROOT / "tests" / "plan" / "good" / "settings.yaml")
    made = []
    for start in (["-c", code], ["-m", "tagkit"]):
        said = subprocess.run(
            [sys.executable, *start, "build", plan, "-o", "-", "--only", "gtm"],
            cwd=tmp_path, env=environment, capture_output=True, check=True,
        )  # fmt: skip
        made.append(said.stdout)
    assert made[0] == made[1]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist, and a wheel that was built from it."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and tests fetch nothing")
    folder = tmp_path_factory.mktemp("packed")
    source = folder / "source"
    build = (
        "import sys, hatchling.build as b; print(getattr(b, 'build_' + sys.argv[1])(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", build, "sdist", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # 3.11.4 and later
        archive.extractall(source, **safe)  # type: ignore[arg-type]  # noqa: S202 # our own
    subprocess.run(
        [sys.executable, "-c", build, "wheel", str(folder)],
        cwd=next(source.iterdir()), check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_the_sdist_has_what_a_packager_needs(packed: Path) -> None:
    with tarfile.open(next(packed.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "tagkit/cli/plans.py",
        "examples/herbata.yaml",
    }
    wanted |= {"tests/test_package.py", "schemas/plan.schema.json", "PKG-INFO"}
    assert wanted - names == set()
    assert [n for n in names if "__pycache__" in n or n.startswith((".venv", ".git/"))] == []


def test_the_wheel_has_code_and_data(packed: Path) -> None:
    with zipfile.ZipFile(next(packed.glob("*.whl"))) as archive:
        names = set(archive.namelist())
    ours = {
        f"tagkit/{path.relative_to(ROOT / 'tagkit').as_posix()}"
        for path in (ROOT / "tagkit").rglob("*")
        if path.suffix in (".py", ".yaml", ".md", ".typed")
    } | {
        f"tagkit/{path.relative_to(ROOT).as_posix()}"
        for folder in ("schemas", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert ours - names == set()
    rest = {name.split("/")[0] for name in names - ours}
    assert rest == {f"tagkit-{__version__}.dist-info"}


def test_the_wheel_installs_and_builds(packed: Path, tmp_path: Path) -> None:
    """Into an empty environment; the libraries are those of the tests, by PYTHONPATH."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    purelib = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    with zipfile.ZipFile(next(packed.glob("*.whl"))) as archive:
        archive.extractall(purelib)  # noqa: S202 # our own
    site = sysconfig.get_path("purelib")
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for path in Path(site).iterdir():  # all but tagkit itself, which is there as editable
        if "tagkit" not in path.name and path.suffix != ".pth":
            (libraries / path.name).symlink_to(path)
    work = tmp_path / "elsewhere"
    work.mkdir()
    environment = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")
    }
    environment["PYTHONPATH"] = str(libraries)

    def run(*arguments: str) -> str:
        said = subprocess.run(
            [python, "-m", "tagkit", *arguments],
            cwd=work, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr
        return said.stdout

    where = subprocess.run(
        [python, "-c", "import tagkit; print(tagkit.__file__)"],
        cwd=work, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.strip().startswith(purelib)
    run("init", "plan.yaml", "--measurement-id", "G-ABCDEF1234", "--pixel-id", "123")
    assert "nothing found" in run("validate", "plan.yaml")
    run("build", "plan.yaml", "-o", "dist")
    assert json.loads((work / "dist/gtm-container.json").read_text("utf-8"))
    run("build", str(ROOT / "examples" / "herbata.yaml"), "-o", "herbata")
    kept = ROOT / "tests" / "golden" / "herbata" / "gtm-container.json"
    assert (work / "herbata/gtm-container.json").read_bytes() == kept.read_bytes()
    assert run("schema", "plan").startswith("{")
    assert "add_to_cart" in run("catalog")
