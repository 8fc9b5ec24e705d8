"""`python -m tests.torture.simulation.replay SEED` lives through one world again and tells everything that happened."""

from __future__ import annotations

import sys

from tests.torture.simulation import template
from tests.torture.simulation.world import World


def main(seed: int) -> None:
    with template.folder_in_memory() as folder:
        world = World(seed, template.make(folder / "template"), folder / "world")
        harm = world.run()
        for line in world.trace:
            print(line)  # noqa: T201 - what it is for
        print(harm or "No harm.")  # noqa: T201
        print(world.fingerprint)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
