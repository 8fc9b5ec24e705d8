"""The words that names and descriptions are made of, as the text index has them."""

from __future__ import annotations

from wizterm.db.replica_reader import ReplicaReader
from wizterm.domain import spelling


class Vocabulary:
    def __init__(self, reader: ReplicaReader) -> None:
        self._reader = reader
        self._state = ""
        self._words: dict[str, int] = {}

    def mended(self, text: str) -> tuple[str, ...]:
        """The text with each word that begins no known one replaced by the nearest; the likeliest texts first."""
        known, typed = self._known(), spelling.words(text)
        guesses = [(word,) if _begins_any(word, known) else spelling.meant(word, known) for word in typed]
        if not guesses or not all(guesses):
            return ()
        texts = dict.fromkeys(
            " ".join(guess[min(place, len(guess) - 1)] for guess in guesses) for place in range(spelling.OFFERED)
        )
        return tuple(mended for mended in texts if mended != " ".join(typed))

    def _known(self) -> dict[str, int]:
        """Read once for a state of the catalogue: it takes a walk through the whole index."""
        if self._state != (state := self._reader.state()):
            self._reader.rows(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, products_text, col)"
            )
            found = self._reader.rows(
                "SELECT term, sum(doc) FROM temp.vocabulary WHERE col IN ('name', 'description') GROUP BY term"
            )
            self._words, self._state = dict(found), state
        return self._words


def _begins_any(word: str, known: dict[str, int]) -> bool:
    return word in known or any(other.startswith(word) for other in known)
