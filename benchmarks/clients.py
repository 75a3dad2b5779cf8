"""``python -m benchmarks.clients [COUNT…]``: build that many clients, twice; time and memory.

Wall time, CPU time of all processes, and the most memory that they have at one moment: the sum of
their resident sets (pages that they share count in each) and of their proportional sets.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.plans import plan

CONVERSIONS = 25
WANTED = (40.0, 200.0)  # seconds and MiB for 1,000 clients on two cores


class Cost(NamedTuple):
    """What a run took."""

    wall: float
    cpu: float
    resident: float
    proportional: float


def write_clients(folder: Path, count: int) -> None:
    """One base; of each client a plan that extends it, with IDs, a name and a change of its own."""
    folder.mkdir()
    text = (
        plan(CONVERSIONS)
        .replace("G-1A2B3C4D5E", '"${ga4}"')
        .replace("1234567890123456", "${pixel}")
    )
    kinds = "vars: {ga4: {type: string}, pixel: {type: string}}\n"
    (folder / "_base.yaml").write_text(text + kinds)
    for i in range(count):
        (folder / f"client-{i:04}.yaml").write_text(
            f"extends: _base.yaml\n"
            f'vars: {{ga4: "G-{i:010}", pixel: "1{i:015}"}}\n'
            f"business: {{name: Client {i}}}\n"
            f"micro_conversions: [{{id: own_{i}, trigger: {{event: own_{i}}}}}]\n"
        )


def measure(command: list[str]) -> Cost:
    """Run it, and look at its processes twenty times a second."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resident = proportional = 0.0
    while process.poll() is None:
        sizes = [_memory(pid) for pid in _family(process.pid)]
        resident = max(resident, sum(size for size, _ in sizes))
        proportional = max(proportional, sum(size for _, size in sizes))
        time.sleep(0.05)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, resident, proportional)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(other for child in children for other in _family(int(child)))]


def _memory(pid: int) -> tuple[float, float]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:  # it has ended
        return 0, 0
    sizes = dict(line.split(":") for line in lines)
    return (
        int(sizes["Rss"].split()[0]) / 1024,
        int(sizes["Pss"].split()[0]) / 1024,
    )


def main() -> None:
    counts = [int(count) for count in sys.argv[1:]] or [10, 100, 1000]
    print(f"{os.cpu_count()} cores; {CONVERSIONS} conversions a client")
    print("clients    run  wall s   cpu s  ms/client  RSS MiB  PSS MiB")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            plans, out = Path(folder) / "clients", Path(folder) / "dist"
            write_clients(plans, count)
            command = [sys.executable, "-m", "tagkit", "build", str(plans), "-o", str(out)]
            for run in ("first", "again", "check"):
                cost = measure([*command, *(["--check"] if run == "check" else [])])
                print(
                    f"{count:>7}  {run}  {cost.wall:>6.2f}  {cost.cpu:>6.2f}  "
                    f"{1000 * cost.wall / count:>9.1f}  {cost.resident:>7.0f}  "
                    f"{cost.proportional:>7.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
