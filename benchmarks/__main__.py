"""``python -m benchmarks [--write]``: measure, print, and keep the table in the README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.plans import plan

README = Path(__file__).parent.parent / "README.md"
MARKS = re.compile(r"(<!-- benchmarks -->\n).*?(<!-- /benchmarks -->)", re.DOTALL)
TAGKIT = [str(Path(sys.executable).with_name("tagkit"))]
BEST_OF = 10


def cpu(command: list[str], times: int = BEST_OF) -> float:
    """The least CPU time (user and system, seconds) of some runs."""
    return min(_once(command)[0] for _ in range(times))


def peak(command: list[str]) -> float:
    """The peak memory of one run, in MiB."""
    return _once(command)[1]


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
    unit = cpu([sys.executable, "-c", "pass"], 3 * BEST_OF)
    rows = []
    for what, wanted, command in (
        ("`tagkit --help`", "7", [*TAGKIT, "--help"]),
        ("`validate`, 30 conversions", "14", [*TAGKIT, "validate", str(small)]),
        ("`build`, 30 conversions", "22", [*TAGKIT, "build", str(small), "-o", str(out / "s")]),
    ):
        rows.append((what, f"{cpu(command) / unit:.1f}x", f"at most {wanted}x"))
    command = [*TAGKIT, "build", str(large), "-o", str(out / "l")]
    seconds, mib = cpu(command), peak(command)
    size = (out / "l" / "gtm-container.json").stat().st_size / 1e6
    rows.append(
        (
            f"`build`, 1,000 conversions ({size:.1f} MB container, 1,002 snippets)",
            f"{seconds:.2f} s, {mib:.0f} MiB ({seconds / unit:.0f}x)",
            "at most 1.2 s, 90 MiB",
        )
    )
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
