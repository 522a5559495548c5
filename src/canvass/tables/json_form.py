"""Tables as JSON: the keys, names and order of `canvass tabulate --format json`. Numbers are unrounded."""

from dataclasses import asdict, dataclass
from typing import Any

from canvass.tables.crosstab import Crosstab, GroupDifference, HiddenDifference, Test
from canvass.tables.values import HiddenFigure, HiddenTopline, ReleasedFigure, ReleasedTopline, Suppressed

type Table = ReleasedTopline | Crosstab


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
    """One table. Without groups its one test is there and empty. A hidden number is its mark, [c] or [u]."""
    crosstab = table if isinstance(table, Crosstab) else None
    total = table.total if isinstance(table, Crosstab) else table
    return {
        "item": total.item.id,
        "row": total.row.id if total.row is not None else None,
        "kind": total.item.kind.value,
        "by": crosstab.by if crosstab else None,
        "asked": _told(total.asked),
        **_bases(total),
        "rows": _rows(total, crosstab),
        "tests": [_test(test) for test in (crosstab.tests if crosstab else (Test(None),))],
        "differences": [_difference(one) for one in crosstab.differences] if crosstab else [],
    }


def _told(value: Any) -> Any:
    return value.mark if isinstance(value, Suppressed) else value


def _bases(total: ReleasedTopline) -> dict[str, Any]:
    if isinstance(total, HiddenTopline):
        names = ("base", "weighted_base", "effective_base", "kish_design_effect")
        return dict.fromkeys(names, _told(total.suppressed))
    return {
        "base": total.base,
        "weighted_base": total.weighted_base,
        "effective_base": total.effective_base,
        "kish_design_effect": total.kish_design_effect,
    }


def _rows(total: ReleasedTopline, crosstab: Crosstab | None) -> list[dict[str, Any]]:
    bases = _bases(total)
    rows = [_row(line, None, bases["base"], bases["effective_base"]) for line in total.figures]
    for group in crosstab.groups if crosstab else ():
        rows += [_row(line, group.label, group.base, group.effective_base) for line in group.figures]
    return rows


def _row(line: ReleasedFigure, group: str | None, base: Any, effective_base: Any) -> dict[str, Any]:
    quantile = {} if line.q is None else {"q": line.q}
    return {
        "group": group,
        "group_base": _told(base),
        "group_effective_base": _told(effective_base),
        "statistic": line.statistic,
        **quantile,
        "option": line.option,
        **_numbers(line),
    }


def _numbers(line: ReleasedFigure) -> dict[str, Any]:
    if isinstance(line, HiddenFigure):
        mark, reason = _told(line.suppressed), line.suppressed.reason.value
        return {"n": mark, "estimate": mark, "suppressed": reason}
    why = {} if line.suppressed is None else {"suppressed": line.suppressed.reason.value}
    return {
        "n": line.n,
        "estimate": line.estimate if line.suppressed is None else _told(line.suppressed),
        "standard_error": line.standard_error,
        "df": line.df,
        "low": line.low,
        "high": line.high,
        "interval": line.interval,
        "design_effect": line.design_effect,
        "caution": line.caution.value if line.caution is not None else None,
        **why,
    }


def _test(test: Test) -> dict[str, Any]:
    found = asdict(test)
    suppressed = found.pop("suppressed")
    return found | ({"suppressed": suppressed["reason"].value} if suppressed else {})


def _difference(one: GroupDifference | HiddenDifference) -> dict[str, Any]:
    found = one._asdict()
    return found | {"suppressed": one.suppressed.reason.value} if isinstance(one, HiddenDifference) else found
