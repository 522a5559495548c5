"""The rows of one closed poll, read once and counted in several ways."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from canvass.instrument import Instrument, Kind, restore
from canvass.statistics import Design, design
from canvass.statistics.arrays import Booleans, Codes, Floats
from canvass.warehouse.cells import CodedItem, coded_items
from canvass.warehouse.crossing import count_divisions
from canvass.warehouse.files import Labelled, read, read_labelled, read_with_note
from canvass.warehouse.kernel import Groups, ItemCube, count_items
from canvass.warehouse.manifest import Manifest
from canvass.warehouse.ordering import in_natural_order

VERSION = "#version"
PERSON = "#person"
WEIGHT = "#weight"
DIVIDING = (Kind.SINGLE, Kind.GRID_SINGLE, Kind.RATING, Kind.GRID_RATING)  # one answer, of a few


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class PollRows:
    """Coded answers, profiles and, of a linked poll, persons: everything that a cube can be counted from."""

    rows: int
    version: Codes  # (rows,) of the instrument, that each ballot was cast on
    coded: tuple[CodedItem, ...]
    profiles: Mapping[str, Labelled]  # by field; the label "" where a snapshot lacks it
    persons: Sequence[str] | None  # (rows,) the key that a person has in every linked poll; None elsewhere
    weight: Floats | None = None  # (rows,) where the poll is weighted
    fitted: Design | None = None  # another design than that of the weights alone

    def by_field(self, field: str, order: Sequence[str] = ()) -> Groups:
        """People divided by a profile field: groups that occur, first as in `order`, the rest by nature.

        Raises KeyError where no snapshot has the field.
        """
        column = self.profiles[field]
        seen = np.bincount(column.codes, minlength=len(column.labels)) > 0
        present = {label for label, found in zip(column.labels, seen, strict=True) if found and label}
        labels = tuple(label for label in order if label in present)
        labels += in_natural_order(present - set(labels))
        place = {label: index for index, label in enumerate(labels)}
        recoded = np.array([place.get(label, -1) for label in column.labels], dtype=np.int64)
        return Groups(recoded[column.codes] if len(recoded) else column.codes, labels)

    def by_item(self, item_id: str, row_id: str | None = None) -> Groups:
        """People divided by their answer to an item, or to one row of a grid: options or points in order.

        Raises KeyError for an unknown item; ValueError for a kind of which people give several answers, or
        any number of different ones.
        """
        coded = self._find(item_id, row_id)
        if coded.item.kind not in DIVIDING:
            raise ValueError(f"{item_id} is a {coded.item.kind} question; its answers divide nobody.")
        scale, labels = coded.item.scale, tuple(option.label for option in coded.item.options)
        if scale is not None:
            labels = tuple(str(point) for point in scale.points())
        return Groups(np.where(coded.codes < len(labels), coded.codes, -1), labels)

    def by_several(self, divisions: Sequence[Groups]) -> Groups:
        """The crossing of several divisions, the occupied cells only; -1 in one of them is in none of it.

        Labels are those of the parts, joined by " · ".
        """
        codes = np.stack([division.codes for division in divisions], axis=1)
        inside = (codes >= 0).all(axis=1)
        occupied, place = np.unique(codes[inside], axis=0, return_inverse=True)
        joint = np.full(self.rows, -1, dtype=np.int64)
        joint[inside] = place.ravel()
        labels = (
            " · ".join(division.labels[code] for division, code in zip(divisions, cell, strict=True))
            for cell in occupied
        )
        return Groups(joint, tuple(labels))

    def by_earlier(self, earlier: "PollRows", then: Groups) -> Groups:
        """People divided as they were in an earlier poll that knows the same persons; the others in no group.

        then: a division of `earlier`. Raises ValueError where one of the two knows no persons.
        """
        if self.persons is None or earlier.persons is None:
            raise ValueError("Persons are known from poll to poll in linked polls only.")
        group_of = dict(zip(earlier.persons, then.codes.tolist(), strict=True))
        codes = np.array([group_of.get(person, -1) for person in self.persons], dtype=np.int64)
        return Groups(codes, then.labels)

    @cached_property
    def design(self) -> Design:
        """Everybody, weighted where the poll is."""
        return self.fitted or design(self.rows, weight=self.weight)

    def under(self, fitted: Design) -> "PollRows":
        """The same rows to be counted under another design of theirs: with weights, or with persons."""
        return replace(self, fitted=fitted)

    def among(self, inside: Booleans) -> "PollRows":
        """Answers of these people alone, (rows,): a domain of the same design, so that intervals stay true.

        Profiles, weights and persons are everybody's.
        """
        return replace(self, coded=tuple(one.among(inside) for one in self.coded))

    def count(
        self, groups: Groups | None = None, *, items: Collection[str] | None = None
    ) -> tuple[ItemCube, ...]:
        """The cubes of all items, or of those named, one a row for a grid."""
        return count_items(self._those(items), self.design, groups)

    def count_each(
        self, divisions: Mapping[str, Groups], *, items: Collection[str] | None = None
    ) -> dict[str, tuple[ItemCube, ...]]:
        """The same by each of several divisions, and of everybody under "": quicker than one at a time."""
        return count_divisions(self._those(items), self.design, divisions)

    def _those(self, items: Collection[str] | None) -> list[CodedItem]:
        return [one for one in self.coded if items is None or one.item.id in items]

    def _find(self, item_id: str, row_id: str | None) -> CodedItem:
        for one in self.coded:
            if one.item.id == item_id and (one.row.id if one.row else None) == row_id:
                return one
        raise KeyError(f"{item_id}/{row_id}" if row_id else item_id)


def read_rows(
    folder: Path,
    manifest: Manifest,
    instrument: Instrument | None = None,
    *,
    versions: Collection[int] | None = None,
) -> PollRows:
    """The rows of a closed poll; of these versions of its instrument only, where they are given.

    instrument: what was asked; the answers file's own note of it by default.

    Raises WarehouseDamaged where a file is not what the manifest says.
    """
    columns, note = read_with_note(folder, manifest.file("answers"))
    asked = instrument or restore(json.loads(note["canvass"])["instrument"])
    version = columns.pop(VERSION)
    kept = np.ones(len(version), dtype=bool) if versions is None else np.isin(version, list(versions))
    profiles = read_labelled(folder, manifest.file("profiles"))
    persons = read(folder, manifest.file("persons"))[PERSON] if manifest.holds("persons") else None
    weight = read(folder, manifest.file("weights"))[WEIGHT] if manifest.holds("weights") else None
    return PollRows(
        rows=int(kept.sum()),
        version=version[kept],
        coded=coded_items(asked, {name: column[kept] for name, column in columns.items()}),
        profiles={field: Labelled(codes[kept], labels) for field, (codes, labels) in profiles.items()},
        persons=None if persons is None else [persons[row] for row in np.flatnonzero(kept)],
        weight=None if weight is None else weight[kept],
    )
