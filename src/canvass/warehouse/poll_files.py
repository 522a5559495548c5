"""One closed poll as files, and its cubes from them."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from canvass.instrument import Confidentiality, Instrument, Item, Kind, consent_key, dump
from canvass.instrument.routing import Routing
from canvass.statistics.arrays import Floats
from canvass.warehouse.coding import Ballot, code
from canvass.warehouse.files import read, store
from canvass.warehouse.kernel import ItemCube
from canvass.warehouse.manifest import Manifest, StoredFile
from canvass.warehouse.rows import PERSON, VERSION, WEIGHT, read_rows


def write(folder: Path, instrument: Instrument, ballots: Iterable[Ballot]) -> Manifest:
    """Write a closed poll's files into its folder: answers, profiles and text, and of a linked poll persons;
    row by row the same people.

    Nothing of an earlier writing is touched: the poll is the new files once the caller has stored the
    manifest that is returned, and the old ones until then. Rows lie in an order made from their content, so
    that it tells nothing of who answered when; the same ballots in any order give the same bytes.
    """
    rows = sorted(ballots, key=lambda ballot: (_shuffle_key(instrument.slug, ballot), ballot.person))
    about = {"canvass": json.dumps({"instrument": dump(instrument)}, ensure_ascii=False, sort_keys=True)}
    answers = {VERSION: np.array([ballot.version for ballot in rows], dtype=np.int16)}
    files = (
        store(folder, "answers", answers | code(instrument, rows), about),
        store(folder, "profiles", _profiles(rows), {}),
        store(folder, "text", _texts(instrument, rows), {}),
        *_persons(folder, instrument, rows),
    )
    versions = tuple(sorted({ballot.version for ballot in rows}))
    return Manifest(instrument.slug, len(rows), versions, files)


def count(
    folder: Path,
    manifest: Manifest,
    instrument: Instrument,
    *,
    versions: Collection[int] | None = None,
    by: str | None = None,
) -> dict[str, tuple[ItemCube, ...]]:
    """The cubes of every item by its id, one a row for a grid.

    versions:   count the ballots cast on these versions only (a changed meaning gives two tables).
    by:         a profile field that divides people into groups; KeyError where the snapshots lack it.

    Raises WarehouseDamaged where a file is not what the manifest says.
    """
    rows = read_rows(folder, manifest, instrument, versions=versions)
    cubes: dict[str, tuple[ItemCube, ...]] = {}
    for counted in rows.count(None if by is None else rows.by_field(by)):
        cubes[counted.item.id] = (*cubes.get(counted.item.id, ()), counted)
    return cubes


def with_weights(folder: Path, manifest: Manifest, weight: Floats | None) -> Manifest:
    """The manifest of the same poll with these weights (rows,), in the order of its rows, or without any.

    Like `write`, it touches nothing of before: the weights hold once the caller has stored the manifest.
    """
    others = tuple(stored for stored in manifest.files if stored.kind != "weights")
    if weight is None:
        return replace(manifest, files=others)
    if weight.shape != (manifest.ballots,):
        raise ValueError(f"{len(weight)} weights for {manifest.ballots} ballots")
    return replace(manifest, files=(*others, store(folder, "weights", {WEIGHT: weight}, {})))


def texts(folder: Path, manifest: Manifest) -> tuple[dict[str, Any], ...]:
    """Every text: row (of the answers file), item, text, quote_consent. Raises WarehouseDamaged."""
    columns = read(folder, manifest.file("text"))
    return tuple(dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _shuffle_key(slug: str, ballot: Ballot) -> str:
    content = [ballot.version, ballot.answers, sorted(ballot.shown), ballot.snapshot]
    return hashlib.sha256(f"{slug}\n{json.dumps(content, sort_keys=True)}".encode()).hexdigest()


def _profiles(rows: Sequence[Ballot]) -> dict[str, list[str]]:
    """A column a profile field; "" where a snapshot lacks it."""
    snapshots: list[Mapping[str, str]] = [ballot.snapshot or {} for ballot in rows]
    fields = sorted({field for snapshot in snapshots for field in snapshot})
    return {field: [snapshot.get(field, "") for snapshot in snapshots] for field in fields}


def _persons(folder: Path, instrument: Instrument, rows: Sequence[Ballot]) -> Iterator[StoredFile]:
    """One file for the polls whose members agreed that their answers stay together; none for others."""
    if instrument.confidentiality is Confidentiality.LINKED:
        yield store(folder, "persons", {PERSON: _strings(ballot.person for ballot in rows)}, {})


def texts_in(instrument: Instrument, ballots: Iterable[Ballot]) -> list[tuple[int, str, str, bool]]:
    """Every text of ballots as they lie in the box: row (the ballot's place), item, text, quote_consent."""
    routing = Routing(instrument)
    return [
        (place, item.id, text, bool(live.get(consent_key(item), False)))
        for place, ballot in enumerate(ballots)
        for live in [routing.walk(ballot.answers)[1]]
        for item in instrument
        for text in _texts_of(item, live.get(item.id))
    ]


def _texts(instrument: Instrument, rows: Sequence[Ballot]) -> dict[str, Any]:
    found = texts_in(instrument, rows)
    return {
        "row": np.array([row for row, *_ in found], dtype=np.int32),
        "item": _strings(item for _, item, _, _ in found),
        "text": _strings(text for _, _, text, _ in found),
        "quote_consent": np.array([consent for *_, consent in found], dtype=bool),
    }


def _texts_of(item: Item, answer: Any) -> list[str]:
    """The text of a text item, or those written beside "other"."""
    if item.kind is Kind.TEXT:
        return [answer] if isinstance(answer, str) else []
    entries = answer if isinstance(answer, list) else [answer]
    return [entry["other"] for entry in entries if isinstance(entry, Mapping) and entry.get("other")]


def _strings(values: Iterable[str]) -> Any:
    import pyarrow

    return pyarrow.array(values, type=pyarrow.string())
