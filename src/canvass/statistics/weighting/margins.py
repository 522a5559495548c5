"""Margins: how the population divides on each variable that the weights are fitted to."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import compress

import numpy as np

from canvass.statistics.arrays import Codes, Floats, Integers

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
    counts: Integers  # (K+1,) respondents, those of whom nothing is known first
    note: str | None = None  # what had to be decided about the shares, as a sentence

    @property
    def people(self) -> Integers:
        """(K,) respondents in each category."""
        return self.counts[1:]

    @property
    def unknown(self) -> int:
        """Respondents without a category."""
        return int(self.counts[0])


def margin(name: str, answers: Sequence[Hashable], targets: Mapping[Hashable, float]) -> Margin:
    """A margin from what each respondent answered.

    answers: one a row; None and "" are unknown. A tuple of several variables makes cells, to post-stratify.
    targets: the population's share of each category, of 1 or as per cents of 100.

    Raises WeightingError as `margin_of_codes` does, and where an answer has no target.
    """
    order = {category: place for place, category in enumerate(targets)}
    labels = [_label(category) for category in targets]
    missing = (None, "")
    codes = np.array([-1 if one in missing else order.get(one, -2) for one in answers], dtype=np.int64)
    if (codes == -2).any():
        strange = next(one for one, code in zip(answers, codes, strict=True) if code == -2)
        count = sum(one == strange for one in answers)
        raise WeightingError(_without_target(name, _label(strange), count, labels))
    return margin_of_codes(name, codes, labels, np.array(list(targets.values()), dtype=float))


def margin_of_codes(name: str, codes: Codes, categories: Sequence[str], shares: Floats) -> Margin:
    """A margin from codes of categories.

    codes:  (rows,) 0..K-1; -1 for unknown: these keep the share that they have among the respondents.
    shares: (K,) of the population, of 1 or as per cents of 100. Sums that miss by rounding (0.2 points at
            most) are divided by themselves, and the margin's note says so.

    Raises WeightingError: shares that are no shares or do not add up, a category twice, a target without
    respondents, respondents whose target is 0.
    """
    _refuse_repeated(name, categories)
    scaled, note = _scaled(name, categories, np.asarray(shares, dtype=float))
    counts = np.bincount(np.add(codes, 1, dtype=np.int64), minlength=len(categories) + 1)
    if len(counts) > len(categories) + 1:
        raise ValueError("codes must lie between -1 and the number of categories - 1")
    for category, share, people in zip(categories, scaled, counts[1:], strict=True):
        _refuse_unmatched(name, category, float(share), int(people))
    made = Margin(name, tuple(categories), scaled, codes, counts, note)
    return made if made.people.all() else _without_empty(made)


def _without_empty(margin: Margin) -> Margin:
    """The margin without categories that nobody is in and whose share is 0."""
    kept = margin.people > 0
    place = np.concatenate([np.where(kept, np.cumsum(kept) - 1, -1), [-1]])  # the last for code -1
    return Margin(
        margin.name,
        tuple(compress(margin.categories, kept)),
        margin.shares[kept],
        place[margin.codes],
        margin.counts[np.concatenate([[True], kept])],
        margin.note,
    )


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


def _refuse_unmatched(name: str, category: str, share: float, people: int) -> None:
    if share > 0 and not people:
        raise WeightingError(
            f"{name}: no respondent is {category}, whose target is {share:.3g}; join it to another category."
        )
    if people and not share:
        raise WeightingError(
            f"{name}: {_respondents(people)} {category}, whose target is 0; "
            "give a share above 0, or leave them out."
        )


def _without_target(name: str, category: str, people: int, known: Sequence[str]) -> str:
    near = get_close_matches(category, known, n=1)
    hint = f" Is {near[0]} meant?" if near else ""
    return f"{name}: {_respondents(people)} {category}, which has no target; add one.{hint}"


def _respondents(people: int) -> str:
    return "1 respondent is" if people == 1 else f"{people:,} respondents are"


def _label(category: Hashable) -> str:
    return " × ".join(map(str, category)) if isinstance(category, tuple) else str(category)
