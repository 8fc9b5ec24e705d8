"""A picture on a screen, drawn as the first argument says, from the file that the second one names."""

import sys
from pathlib import Path

from textual.app import ComposeResult

from wizterm.terminal.app import SteadyApp
from wizterm.widgets.drawing import drawing
from wizterm.widgets.picture import Picture


class OnePicture(SteadyApp[None]):
    def compose(self) -> ComposeResult:
        yield Picture()

    def on_ready(self) -> None:
        picture = self.query_one(Picture)
        picture.show(drawing(sys.argv[1], Path(sys.argv[2]), picture.size, "#101418"))
        self.title = "shown"

    def on_key(self, event) -> None:
        self.exit()


if __name__ == "__main__":
    OnePicture().run()
    asked = [name for name in sys.modules if name.startswith("textual_image") and name != "textual_image._sixel"]
    sys.stdout.write(f"modules: {' '.join(sorted(asked))}\n")
