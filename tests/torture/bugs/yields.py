"""`python -m tests.torture.bugs.yields 24`: of so many simulated worlds with a seeded bug, how many find it."""

from __future__ import annotations

import sys

from tests.torture.bugs.simulated import SIMULATED, lived
from tests.torture.simulation import template as made


def main(worlds: int) -> None:
    with made.folder_in_memory() as folder:
        template = made.make(folder / "template")
        for name, bug in SIMULATED.items():
            found = [seed for seed in range(worlds) if lived(bug.weather, seed, template, folder / "world", bug)]
            first = found[0] if found else "none"
            print(f"{name:<66}{len(found):>4} of {worlds}, the first is {first}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
