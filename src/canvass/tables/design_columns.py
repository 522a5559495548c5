"""The design of a data file: weights, strata, clusters and population from its columns."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from canvass import statistics
from canvass.formats import Columns
from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.design import HEAVIEST
from canvass.statistics.nearest import nearest
from canvass.tables.json_form import DesignUsed

MOST_LISTED = 10


class TabulationRefused(ValueError):
    """One sentence: what cannot be done and what to do."""


def design_of(
    data: Columns, weight: str | None, strata: str | None, cluster: str | None, population: str | None
) -> tuple[statistics.Design, DesignUsed]:
    """The design of the rows, and its names. Raises TabulationRefused, DesignError."""
    stratum = None if strata is None else _codes(data, strata, "--strata")
    behind = None if population is None else _population(data, population, stratum)
    try:
        made = statistics.design(
            data.height,
            weight=None if weight is None else weights_of(data, weight, "--weight"),
            stratum=stratum,
            cluster=None if cluster is None else _codes(data, cluster, "--cluster"),
            population=behind,
        )
    except statistics.DesignError as error:
        if strata is None or error.stratum is None:
            raise
        name = sorted(set(column_of(data, strata, "--strata")))[error.stratum]
        unit = "person" if cluster is None else "cluster"
        raise TabulationRefused(
            f"--strata {strata}: {name[:40]} has one {unit}, so its variance is unknown; "
            "join it to another stratum."
        ) from error
    said = population if behind is None or np.ndim(behind) else float(behind)
    whole = int(said) if isinstance(said, float) and said.is_integer() else said
    return made, DesignUsed(data.height, weight, strata, cluster, whole)


def column_of(data: Columns, heading: str, option: str) -> tuple[str, ...]:
    """The cells of a column, trimmed. Raises TabulationRefused where it is not there, or there twice."""
    count = data.headings.count(heading)
    if count > 1:
        raise TabulationRefused(f"{option} {heading}: the heading occurs twice; give each column its own.")
    if count == 0:
        hint = meant(heading, data.headings)
        raise TabulationRefused(f"{option} {heading}: there is no such column in the file.{hint}")
    return tuple(cell.strip() for cell in data.column(heading))


def meant(name: str, known: Sequence[str]) -> str:
    """The known name that is probably meant, else all where they are few."""
    question, named = nearest(name, known), [one for one in known if one]
    few = 0 < len(named) <= MOST_LISTED
    return question or (f" It has: {'; '.join(named)}." if few else "")


def weights_of(data: Columns, heading: str, option: str) -> Floats:
    """The numbers of a column, all positive. Raises TabulationRefused with the row."""
    weights = numbers_of(data, heading, option)
    for row, weight in zip(data.numbers, weights, strict=True):
        if weight <= 0:
            raise TabulationRefused(
                f"{option} {heading}, row {row}: {weight:g} is not positive; leave out such rows."
            )
        if not 1 / HEAVIEST < weight < HEAVIEST:
            raise TabulationRefused(
                f"{option} {heading}, row {row}: {weight:g} is out of range; divide all by their mean."
            )
    return weights


def numbers_of(data: Columns, heading: str, option: str) -> Floats:
    """The numbers of a column, none missing. Raises TabulationRefused with the row."""
    cells = column_of(data, heading, option)
    _refuse_empty(data, heading, cells, option)
    return np.array(
        [_number(cell, row, heading, option) for row, cell in zip(data.numbers, cells, strict=True)]
    )


def _number(cell: str, row: int, heading: str, option: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        remedy = "write decimals with a point" if "," in cell else "mend the cell"
        raise TabulationRefused(f'{option} {heading}, row {row}: "{cell[:40]}" is not a number; {remedy}.')
    return number


def _codes(data: Columns, heading: str, option: str) -> Integers:
    cells = column_of(data, heading, option)
    _refuse_empty(data, heading, cells, option)
    return np.unique(np.array(cells), return_inverse=True)[1].astype(np.int64)


def _refuse_empty(data: Columns, heading: str, cells: Sequence[str], option: str) -> None:
    empty = [row for row, cell in zip(data.numbers, cells, strict=True) if not cell]
    if empty:
        rows = "1 row" if len(empty) == 1 else f"{len(empty):,} rows"
        raise TabulationRefused(
            f"{option} {heading}: is empty in {rows}, first in row {empty[0]}; fill it in or leave them out."
        )


def _population(data: Columns, told: str, stratum: Integers | None) -> float | Floats:
    """One number for each stratum, or a column that says it."""
    if told not in data.headings:
        try:
            number = float(told)
        except ValueError:
            column_of(data, told, "--population")
            raise
        if not (isfinite(number) and number > 0):
            raise TabulationRefused(f"--population {told}: give a number above 0, or a column.")
        return number
    return _by_stratum(told, numbers_of(data, told, "--population"), stratum)


def _by_stratum(heading: str, sizes: Floats, stratum: Integers | None) -> Floats:
    codes = np.zeros(len(sizes), dtype=np.int64) if stratum is None else stratum
    behind = np.empty(int(codes.max()) + 1)
    behind[codes] = sizes
    if (behind[codes] != sizes).any():
        within = "the file" if stratum is None else "a stratum"
        raise TabulationRefused(
            f"--population {heading}: differs within {within}; one number belongs to each."
        )
    return behind
