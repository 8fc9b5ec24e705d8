"""Which product is on this picture? Asked of the pictures on this machine, without a network."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from wizterm.db.catalogue import Catalogue
from wizterm.db.descriptions import Descriptions
from wizterm.domain.looks import likeness
from wizterm.services.picture_looks import kept_looks, seen
from wizterm.services.typed_path import typed_path

MOST_FOUND = 20
LEAST_ALIKE = 50
"""Percent below which a picture is another one: half of all that have nothing in common come to less than 20."""


class NoPicturesError(Exception):
    """There is nothing to compare with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Alike:
    sku: str
    name: str
    likeness: int
    """In percent."""


class PictureSearch:
    def __init__(self, catalogue: Catalogue, descriptions: Descriptions) -> None:
        self._catalogue = catalogue
        self._descriptions = descriptions

    def like(self, file: str, folder: Path, limit: int = MOST_FOUND) -> tuple[Alike, ...]:
        """The products whose pictures in the device's folder are most like the file's, the most alike first.

        Of equals the best seller comes first. The first time every picture is unpacked, which
        takes a few milliseconds each.
        """
        wanted = seen(typed_path(file))
        pictures = self._descriptions.all_pictures()
        looks = kept_looks(folder, {digest for _, digest in pictures})
        if not looks:
            raise NoPicturesError("There are no pictures on this machine yet: Media Sync in the settings fetches them.")
        best: dict[str, int] = {}
        for sku, digest in pictures:
            if digest in looks:
                best[sku] = max(best.get(sku, 0), likeness(wanted, looks[digest]))
        ranked = sorted(best.items(), key=lambda found: -found[1])
        alike = ((sku, percent) for sku, percent in ranked if percent >= LEAST_ALIKE)
        found = (Alike(sku, each.name, percent) for sku, percent in alike if (each := self._catalogue.product(sku)))
        return tuple(islice(found, limit))
