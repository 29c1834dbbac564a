"""Print every figure: `python -m benchmarks [NAME …]`, each part in a process of its own.

Parts that need texts the project does not ship say so and are skipped.
"""

from __future__ import annotations

import subprocess
import sys
import time

PARTS = ("costs", "alignment", "extraction", "matching", "lookup", "survey", "checks")


def main(wanted: list[str]) -> int:
    """Run the parts named (all by default); the exit code is that of the worst."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"There is no benchmark “{unknown[0]}”. Choose from: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    worst = 0
    for name in wanted or PARTS:
        print(f"\n## {name}\n", flush=True)
        began = time.perf_counter()
        code = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
        print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
