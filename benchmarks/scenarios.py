"""``python -m benchmarks.scenarios``: how long 100 scenarios of the example plan take.

In wall time, on the cores that are there: the issue is a person, or a CI job, that waits. At most
60 s on two cores.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tagkit.catalog import Catalog

EXAMPLE = Path(__file__).parents[1] / "examples" / "herbata.yaml"
NUMBER = 100
MOST = 60


def scenarios(number: int) -> str:
    """So many scenarios for the example: what the catalog's visitors do, in turn, by hand."""
    import yaml

    plan = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    lists = ("macro_conversions", "micro_conversions", "anti_conversions")
    ids = [name for key in lists for name in plan[key]]
    tests = []
    for index in range(number):
        name = ids[index % len(ids)]
        visitor = Catalog().entry(name)["visitor"]
        fires = [name, *(other for other in visitor.get("also", ()) if other in ids)]
        tests.append(
            {
                "name": f"{name} {index // len(ids) + 1}",
                "open": visitor["open"],
                "steps": visitor.get("steps", []),
                "expect": {"fires": fires, **visitor["expect"]},
            }
        )
    return json.dumps({"tests": tests})


def main() -> None:
    """Run them, and say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenarios.json"
        file.write_text(scenarios(NUMBER), encoding="utf-8")
        command = [sys.executable, "-m", "tagkit", "test", str(EXAMPLE), "--scenarios", str(file)]
        run = subprocess.run(
            [*command, "--format", "json"], capture_output=True, text=True, check=False
        )
    if not run.stdout:
        sys.exit(run.stderr)
    done = json.loads(run.stdout)
    passed = sum(test["outcome"] == "passed" for test in done["tests"])
    slowest = max(done["tests"], key=lambda test: test["milliseconds"])
    print(
        f"{passed} of {len(done['tests'])} scenarios passed in {done['seconds']:.1f} s on "
        f"{os.cpu_count()} cores (at most {MOST} s); the slowest, '{slowest['name']}', "
        f"took {slowest['milliseconds'] / 1000:.1f} s"
    )
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
