"""Tables as JSON: the keys, names and order of `canvass tabulate --format json`. Numbers are unrounded."""

from dataclasses import asdict, dataclass
from typing import Any

from canvass.tables.crosstab import Crosstab, Test
from canvass.tables.values import Figure, Topline

type Table = Topline | Crosstab


@dataclass(frozen=True, slots=True)
class DesignUsed:
    """What the numbers rest on, by the names of the columns."""

    n: int
    weight: str | None = None
    strata: str | None = None
    cluster: str | None = None
    population: int | float | str | None = None


def as_json(tables: tuple[Table, ...], design: DesignUsed, level: float) -> dict[str, Any]:
    """All tables of one run."""
    return {"level": level, "design": asdict(design), "tables": [table_as_json(table) for table in tables]}


def table_as_json(table: Table) -> dict[str, Any]:
    """One table. Without groups its one test is there and empty."""
    crosstab = table if isinstance(table, Crosstab) else None
    total = table.total if isinstance(table, Crosstab) else table
    return {
        "item": total.item.id,
        "row": total.row.id if total.row is not None else None,
        "kind": total.item.kind.value,
        "by": crosstab.by if crosstab else None,
        "asked": total.asked,
        "base": total.base,
        "weighted_base": total.weighted_base,
        "effective_base": total.effective_base,
        "kish_design_effect": total.kish_design_effect,
        "rows": _rows(total, crosstab),
        "tests": [asdict(test) for test in (crosstab.tests if crosstab else (Test(None),))],
        "differences": [one._asdict() for one in crosstab.differences] if crosstab else [],
    }


def _rows(total: Topline, crosstab: Crosstab | None) -> list[dict[str, Any]]:
    rows = [_row(figure, None, total.base, total.effective_base) for figure in total.figures]
    for group in crosstab.groups if crosstab else ():
        rows += [_row(figure, group.label, group.base, group.effective_base) for figure in group.figures]
    return rows


def _row(figure: Figure, group: str | None, base: int, effective_base: float) -> dict[str, Any]:
    quantile = {} if figure.q is None else {"q": figure.q}
    return {
        "group": group,
        "group_base": base,
        "group_effective_base": effective_base,
        "statistic": figure.statistic,
        **quantile,
        "option": figure.option,
        "n": figure.n,
        "estimate": figure.estimate,
        "standard_error": figure.standard_error,
        "df": figure.df,
        "low": figure.low,
        "high": figure.high,
        "interval": figure.interval,
        "design_effect": figure.design_effect,
        "caution": figure.caution.value if figure.caution is not None else None,
    }
