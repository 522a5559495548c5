"""Margins: how the population divides on each variable that the weights are fitted to."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Codes, Floats, Integers, absent, whole_codes
from canvass.statistics.nearest import nearest

ROUNDING = 0.002  # shares that miss 1 by no more were rounded, and are divided by their sum
NOTHING_KNOWN = "(no value)"  # what people without a value on a margin are called


class WeightingError(ValueError):
    """No weights can be made; the message is one sentence that says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """One variable: the category of each respondent, and the population's shares. Made by `margin`."""

    name: str
    categories: tuple[str, ...]
    shares: Floats  # (K,) of those whose category is known; they add up to 1
    codes: Codes  # (rows,) 0..K-1; -1 where nothing is known
    note: str | None = None  # what had to be decided about the shares, as a sentence


def margin(name: str, answers: Sequence[Hashable], targets: Mapping[Hashable, float]) -> Margin:
    """A margin from what each respondent answered.

    answers: one a row; None, "" and NaN are unknown. A tuple of several variables makes cells, to
             post-stratify.
    targets: the population's share of each category, of 1 or as per cents of 100.

    Raises WeightingError as `margin_of_codes` does, and where an answer has no target.
    """
    order = {category: place for place, category in enumerate(targets)}
    labels = [_label(category) for category in targets]
    codes = np.array([-1 if absent(one) else order.get(one, -2) for one in answers], dtype=np.int64)
    if (codes == -2).any():
        strange = next(one for one, code in zip(answers, codes, strict=True) if code == -2)
        count = sum(one == strange for one in answers)
        raise WeightingError(_without_target(name, _label(strange), count, labels))
    return margin_of_codes(name, codes, labels, np.array([_share(name, *one) for one in targets.items()]))


def margin_of_codes(
    name: str, codes: ArrayLike, categories: Sequence[str], shares: Sequence[float] | Floats
) -> Margin:
    """A margin from codes of categories.

    codes:  (rows,) 0..K-1; -1 for unknown: these keep the share that they have among the respondents.
    shares: (K,) of the population, of 1 or as per cents of 100. Sums that miss by rounding (0.2 points at
            most) are divided by themselves, and the margin's note says so.

    Raises WeightingError: shares that are no shares or do not add up, a category twice.
    """
    _refuse_repeated(name, categories)
    if len(shares) != len(categories):
        raise WeightingError(
            f"{name}: {len(categories)} categories have {len(shares)} shares; give one for each."
        )
    scaled, note = _scaled(name, categories, np.asarray(shares, dtype=float))
    members = whole_codes(codes, "codes")
    if len(members) and not (members.min() >= -1 and members.max() < len(categories)):
        raise ValueError("codes must lie between -1 and the number of categories - 1")
    return Margin(name, tuple(categories), scaled, members, note)


def refuse_unmatched(margin: Margin, people: Integers) -> None:
    """Raises WeightingError for a target without respondents, and respondents whose target is 0.

    people: (K,) respondents in each category. A category without either is nobody's concern.
    """
    for category, share, count in zip(margin.categories, margin.shares, people, strict=True):
        if share > 0 and not count:
            raise WeightingError(
                f"{margin.name}: no respondent is {category}, whose target is {share:.3g}; "
                "join it to another category."
            )
        if count and not share:
            raise WeightingError(
                f"{margin.name}: {_respondents(count)} {category}, whose target is 0; "
                "give a share above 0, or leave them out."
            )


def check_columns(rows: int, columns: Sequence[tuple[str, int]]) -> None:
    """Raises WeightingError: nothing to weight, or to weight by; a name twice; another number of rows.

    columns: the name and length of each.
    """
    if not rows:
        raise WeightingError("There are no respondents, so there is nothing to weight.")
    if not columns:
        raise WeightingError("There is nothing to weight by; give a variable or a total.")
    names = [name for name, _ in columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WeightingError(f"{twice} is given twice to weight by; keep one.")
    for name, length in columns:
        if length != rows:
            raise WeightingError(f"{name} has {length:,} values for {rows:,} rows; give one a row.")


def _share(name: str, category: Hashable, share: object) -> float:
    try:
        return float(str(share))
    except ValueError:
        raise WeightingError(
            f'{name}, {_label(category)}: "{share}" is not a number; give a share.'
        ) from None


def _refuse_repeated(name: str, categories: Sequence[str]) -> None:
    twice = next((one for one in categories if list(categories).count(one) > 1), None)
    if twice is not None:
        raise WeightingError(f"{name}: the category {twice} occurs twice in the targets; keep one.")


def _scaled(name: str, categories: Sequence[str], shares: Floats) -> tuple[Floats, str | None]:
    for category, share in zip(categories, shares, strict=True):
        if not (np.isfinite(share) and share >= 0):
            raise WeightingError(f"{name}, {category}: {share:g} is not a share; give a number from 0 to 1.")
    total = float(shares.sum())
    whole = 100.0 if abs(total - 100) <= 100 * ROUNDING else 1.0
    if abs(total / whole - 1) > ROUNDING:
        raise WeightingError(
            f"{name}: the shares add up to {total:.6g}; they must add up to 1, or as per cents to 100."
        )
    exact = abs(total / whole - 1) <= 1e-9
    note = f"{name}: the shares add up to {total:.6g}, taken as rounded and divided by that."
    return shares / total, None if exact else note


def _without_target(name: str, category: str, people: int, known: Sequence[str]) -> str:
    hint = nearest(category, known)
    return f"{name}: {_respondents(people)} {category}, which has no target; add one.{hint}"


def _respondents(people: int) -> str:
    return "1 respondent is" if people == 1 else f"{people:,} respondents are"


def _label(category: Hashable) -> str:
    return " × ".join(map(str, category)) if isinstance(category, tuple) else str(category)
