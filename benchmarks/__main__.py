"""``python -m benchmarks [--write]``: measure, print, and keep the table in the README."""

from __future__ import annotations

import compileall
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import tagkit
from benchmarks.containers import broken, scripted
from benchmarks.exports import export
from benchmarks.plans import mistaken_plan, plan
from benchmarks.replays import write_har

README = Path(__file__).parent.parent / "README.md"
MARKS = re.compile(r"(<!-- benchmarks -->\n).*?(<!-- /benchmarks -->)", re.DOTALL)
TAGKIT = [str(Path(sys.executable).with_name("tagkit"))]
SHOP = README.parent / "examples" / "herbata.yaml"
BEST_OF = 10
FOUND = 1
"""The exit code of ``validate`` when it found something."""
MEGABYTE = 175
"""So many conversions make a container of 1 MB."""
SCRIPTS = 41
"""So many snippets, each as a tag and as a variable, do so too."""


def measure(commands: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """The least CPU time (user and system, seconds) and memory (MiB) of some runs of each.

    The commands take turns, so that a slow moment of the machine meets them all.
    """
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(BEST_OF):
        for name, command in commands.items():
            runs[name].append(_once(command))
    return {name: (min(r[0] for r in of), min(r[1] for r in of)) for name, of in runs.items()}


def _once(command: list[str]) -> tuple[float, float]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, FOUND):
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def documents(folder: Path) -> dict[str, Path]:
    """The plans and containers to measure with, written to the folder."""
    plans = {
        "small": plan(30),
        "large": plan(1000),
        "mistaken": mistaken_plan(1000),
        "megabyte": plan(MEGABYTE),
        "other": plan(MEGABYTE + 10),
    }
    paths = {name: folder / f"{name}.yaml" for name in plans}
    for name, text in plans.items():
        paths[name].write_text(text, encoding="utf-8")
    made = folder / "made"
    both = [paths["megabyte"], paths["other"]]
    subprocess.run([*TAGKIT, "build", *both, "-o", made], check=True, capture_output=True)
    paths["other"] = made / "other" / "gtm-container.json"
    made /= "megabyte"
    paths["container"] = made / "gtm-container.json"
    data = json.loads(paths["container"].read_text(encoding="utf-8"))
    snippets = [made / "meta-pixel" / f"conversion_{number}.html" for number in range(SCRIPTS)]
    scripts = [path.read_text(encoding="utf-8") for path in snippets]
    for name, changed in {"broken": broken(data), "scripted": scripted(data, scripts)}.items():
        paths[name] = folder / f"{name}.json"
        text = json.dumps(changed, indent=4, ensure_ascii=False)
        paths[name].write_text(text, encoding="utf-8")
    paths["full"] = folder / "full.json"
    paths["full"].write_text(export(30_000), encoding="utf-8")
    paths["har"] = folder / "visit.har"
    write_har(paths["har"], 200)
    return paths


def found_in(path: Path) -> tuple[int, int]:
    """How many findings there are, and of how many kinds."""
    command = [*TAGKIT, "validate", str(path), "--format", "json"]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return len(said["diagnostics"]), len({found["code"] for found in said["diagnostics"]})


def table(folder: Path) -> str:
    """The figures as a Markdown table."""
    paths, out = documents(folder), folder / "out"
    validated = ("small", "large", "mistaken", "container", "broken", "scripted")
    merged, clean = str(folder / "merged.json"), str(folder / "clean.json")
    into = [str(paths[name]) for name in ("small", "full")]
    subprocess.run([*TAGKIT, "merge", *into, "-o", merged], check=True, capture_output=True)
    figures = measure(
        {
            "pass": [sys.executable, "-c", "pass"],
            "help": [*TAGKIT, "--help"],
            **{name: [*TAGKIT, "validate", str(paths[name])] for name in validated},
            "build small": [*TAGKIT, "build", str(paths["small"]), "-o", str(out / "s")],
            "build large": [*TAGKIT, "build", str(paths["large"]), "-o", str(out / "l")],
            "diff": [*TAGKIT, "diff", str(paths["container"]), str(paths["other"])],
            "merge": [*TAGKIT, "merge", *into, "-o", merged],
            "again": [*TAGKIT, "merge", into[0], merged, "-o", merged],
            "clean": [*TAGKIT, "merge", "--uninstall", merged, "-o", clean],
            "replay": [*TAGKIT, "test", str(SHOP), "--replay", str(paths["har"])],
        }
    )
    ratio = {name: f"{cpu / figures['pass'][0]:.1f}x" for name, (cpu, _) in figures.items()}
    cpu = {name: f"{seconds:.2f} s" for name, (seconds, _) in figures.items()}
    size = {name: f"{path.stat().st_size / 1e6:.1f} MB" for name, path in paths.items()}
    large = f"{(out / 'l' / 'gtm-container.json').stat().st_size / 1e6:.1f} MB"
    findings, kinds = found_in(paths["broken"])
    memory = f"{figures['build large'][1]:.0f} MiB"
    of_plan = found_in(paths["mistaken"])[0]
    rows = [
        ("`tagkit --help`", ratio["help"], "at most 7x"),
        ("`validate`, 30 conversions", ratio["small"], "at most 14x"),
        ("`validate`, 1,000 conversions", cpu["large"], "at most 0.6 s"),
        (f"the same with {of_plan:,} findings", cpu["mistaken"], "at most 0.6 s"),
        (f"`validate`, container of {size['container']}", cpu["container"], "at most 0.9 s"),
        (f"the same with {findings:,} findings of {kinds} kinds", cpu["broken"], "at most 0.9 s"),
        (f"`validate`, {size['scripted']} of scripts", cpu["scripted"], "at most 0.9 s"),
        ("`build`, 30 conversions", ratio["build small"], "at most 22x"),
        (
            f"`build`, 1,000 conversions ({large} container, 1,002 snippets)",
            f"{cpu['build large']}, {memory}",
            "at most 1.2 s, 90 MiB",
        ),
        (
            f"`diff`, two containers of {size['container']} and {size['other']}",
            cpu["diff"],
            "at most 0.6 s",
        ),
        *(
            (said, f"{cpu[name]}, {figures[name][1]:.0f} MiB", "at most 3 s, 250 MiB")
            for name, said in (
                ("merge", f"`merge`, 30 conversions into 30,000 entities ({size['full']})"),
                ("again", "the same once more: nothing changes"),
                ("clean", "`merge --uninstall` of it"),
            )
        ),
        (
            f"`test --replay`, a HAR of {size['har']}",
            f"{cpu['replay']}, {figures['replay'][1]:.0f} MiB",
            "at most 20 s, 150 MiB",
        ),
    ]
    lines = ["| what | measured | wanted |", "| --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure; with --write, put the table into the README."""
    package = Path(tagkit.__file__).parent
    os.environ["PYTHONPATH"] = str(package.parent)  # the tagkit beside us, wherever another is
    compileall.compile_dir(package, quiet=1)  # as an installation does
    with tempfile.TemporaryDirectory() as folder:
        said = table(Path(folder))
    print(said, end="")
    if "--write" in sys.argv[1:]:
        text = README.read_text(encoding="utf-8")
        README.write_text(MARKS.sub(lambda m: m[1] + said + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
