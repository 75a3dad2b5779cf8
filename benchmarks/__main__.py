"""``python -m benchmarks [--write]``: measure, print, and keep the table in the README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.exports import export
from benchmarks.plans import plan

README = Path(__file__).parent.parent / "README.md"
MARKS = re.compile(r"(<!-- benchmarks -->\n).*?(<!-- /benchmarks -->)", re.DOTALL)
TAGKIT = [str(Path(sys.executable).with_name("tagkit"))]
BEST_OF = 10


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
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def table(folder: Path) -> str:
    """The figures as a Markdown table."""
    small, large, out = folder / "small.yaml", folder / "large.yaml", folder / "out"
    small.write_text(plan(30))
    large.write_text(plan(1000))
    full, merged, clean = folder / "full.json", folder / "merged.json", folder / "clean.json"
    full.write_text(export(30_000))
    subprocess.run([*TAGKIT, "merge", str(small), str(full), "-o", str(merged)], check=True)
    figures = measure(
        {
            "pass": [sys.executable, "-c", "pass"],
            "help": [*TAGKIT, "--help"],
            "validate": [*TAGKIT, "validate", str(small)],
            "build": [*TAGKIT, "build", str(small), "-o", str(out / "s")],
            "large": [*TAGKIT, "build", str(large), "-o", str(out / "l")],
            "merge": [*TAGKIT, "merge", str(small), str(full), "-o", str(merged)],
            "again": [*TAGKIT, "merge", str(small), str(merged), "-o", str(merged)],
            "clean": [*TAGKIT, "merge", "--uninstall", str(merged), "-o", str(clean)],
        }
    )
    ratio = {name: seconds / figures["pass"][0] for name, (seconds, _) in figures.items()}
    seconds, mib = figures["large"]
    size = (out / "l" / "gtm-container.json").stat().st_size / 1e6
    large_build = f"`build`, 1,000 conversions ({size:.1f} MB container, 1,002 snippets)"
    rows = [
        ("`tagkit --help`", f"{ratio['help']:.1f}x", "at most 7x"),
        ("`validate`, 30 conversions", f"{ratio['validate']:.1f}x", "at most 14x"),
        ("`build`, 30 conversions", f"{ratio['build']:.1f}x", "at most 22x"),
        (large_build, f"{seconds:.2f} s, {mib:.0f} MiB", "at most 1.2 s, 90 MiB"),
        *(
            (said, f"{figures[name][0]:.2f} s, {figures[name][1]:.0f} MiB", "at most 3 s, 250 MiB")
            for name, said in (
                ("merge", "`merge`, 30 conversions into 30,000 entities (5.6 MB)"),
                ("again", "the same once more: nothing changes"),
                ("clean", "`merge --uninstall` of it"),
            )
        ),
    ]
    lines = ["| what | measured | wanted |", "| --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure; with --write, put the table into the README."""
    with tempfile.TemporaryDirectory() as folder:
        said = table(Path(folder))
    print(said, end="")
    if "--write" in sys.argv[1:]:
        text = README.read_text(encoding="utf-8")
        README.write_text(MARKS.sub(lambda m: m[1] + said + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
