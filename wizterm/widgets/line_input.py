"""Where one line is typed or pasted; nothing that was put in is left out in silence."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class LineInput(Input):
    _told_at: str | None = None
    """What stood there when it was said that there is no room for more."""

    def on_paste(self, event: events.Paste) -> None:
        """All its lines as one, and as much of it as has room; Textual takes the first line, or nothing."""
        event.prevent_default()
        event.stop()
        text, (start, end) = _one_line(event.text), sorted(self.selection)
        room = self.max_length - len(self.value) + end - start if self.max_length else len(text)
        self.replace(text[:room], start, end)
        if len(text) > room:
            self.restricted()

    def restricted(self) -> None:
        """Said once for what stands there: a key that is held down comes many times."""
        self.app.bell()
        if self._told_at != self.value:
            self._told_at = self.value
            words = f"No room for more: this field holds at most {self.max_length:,} characters."
            self.app.notify(words, severity="warning", markup=False)


def _one_line(text: str) -> str:
    lines = text.splitlines()
    return " ".join(line.strip() for line in lines if line.strip()) if len(lines) > 1 else "".join(lines)
