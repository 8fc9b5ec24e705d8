"""Make again what the program itself can say: `python -m docs.make` writes the generated pages and the pictures."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from docs.pages import PAGES
from docs.pictures import take

HERE = Path(__file__).parent


def main() -> None:
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8", newline="\n")
    pictures = HERE / "pictures"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wizterm-docs-") as folder:
        for name, picture in asyncio.run(take(Path(folder))).items():
            (pictures / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
