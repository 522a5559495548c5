"""How an invented member answers a poll. Each item has habits, written below its poll file.

| habit | meaning |
|---|---|
| weights | one an option, in proportion |
| shares | one an option of choose-all, in percent |
| tilt | how strain moves the choice to later options (one number; one an option for choose-all) |
| mean, sd, strain | of a rating or a number; strain: how much one unit of strain adds |
| means | the same, one a row of a grid of ratings |
| rows | weights, one list a row of a grid of single choices |
| words, share | the file of free-text answers, and how many of those asked write one |
| other | the file with texts of "other" |
| decline, not_applicable | how many say so |
"""

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

from canvass.cli.demo.chance import seeded
from canvass.cli.demo.content import Remark, calendar, remarks
from canvass.instrument import Instrument, Item, Kind, Missing, Option, pages
from canvass.instrument.routing import Routing

type Habits = Mapping[str, Any]

LEFT_OUT = 0.025  # of the items asked
MAY_BE_QUOTED = 0.62
IN_TONE = 0.75


class Words:
    """The free-text answers of one poll, each given once."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._left: dict[str, list[Remark]] = {}

    def draw(self, name: str, strain: float) -> str | None:
        """A text that suits the strain, mostly; None when all are given."""
        left = self._left.setdefault(name, self._shuffled(name))
        if not left:
            return None
        tone = "weary" if strain > 0.4 else "bright" if strain < -0.4 else "plain"
        suited = [one for one in left if one.tone == tone]
        remark = (suited if suited and self._rng.random() < IN_TONE else left)[-1]
        left.remove(remark)
        return remark.text

    def _shuffled(self, name: str) -> list[Remark]:
        found = list(remarks(name))
        self._rng.shuffle(found)
        return found


class Answering:
    """Answers one poll, person by person."""

    def __init__(self, poll: Instrument, habits: Mapping[str, Habits], rng: random.Random) -> None:
        self._poll = poll
        self._routing = Routing(poll)
        self._habits = habits
        self._bank: Mapping[str, Habits] = calendar()["bank"]
        self._rng = rng
        self._words = Words(rng)

    def answers(self, member: str, strain: float) -> dict[str, Any]:
        """One person's answers in stored form, by item id; strain as it is that day."""
        given: dict[str, Any] = {}
        for item in self._poll:
            if item.ask_if is not None and item.id not in self._routing.walk(given)[0]:
                continue
            answer = self._answer(item, member, strain)
            if answer is not None:
                given[item.id] = answer
                if item.quote_consent and self._rng.random() < MAY_BE_QUOTED:
                    given[f"{item.id}/quote_consent"] = True
        return given

    def _answer(self, item: Item, member: str, strain: float) -> Any:
        habits = self._habits.get(item.id, {})
        chance = self._rng.random()
        if item.kind is Kind.TEXT:
            return self._words.draw(habits["words"], strain) if chance < habits["share"] else None
        if chance < LEFT_OUT:
            return None
        if chance < LEFT_OUT + habits.get("decline", 0):
            return {"missing": Missing.PREFER_NOT_TO_SAY.value}
        if item.kind.is_grid:
            return self._grid(item, habits, strain)
        if self._rng.random() < habits.get("not_applicable", 0):
            return {"missing": Missing.NOT_APPLICABLE.value}
        return self._plain(item, habits, member, strain)

    def _plain(self, item: Item, habits: Habits, member: str, strain: float) -> Any:
        if item.bank:
            return self._of_the_bank(item, member, strain)
        match item.kind:
            case Kind.SINGLE:
                weights = tilted(habits["weights"], habits.get("tilt", 0) * strain)
                return self._stored(self._rng.choices(item.options, weights)[0], habits, strain)
            case Kind.MULTIPLE:
                return self._chosen(item, habits, strain)
            case Kind.RANKING:
                return self._ranked(item, habits["weights"])
        return self._number(item, habits, strain, self._rng.gauss(0, 1))

    def _of_the_bank(self, item: Item, member: str, strain: float) -> int:
        """A person answers a repeated question in much the same temper each time."""
        temper = seeded(member, item.bank).gauss(0, 1)
        return self._number(item, self._bank[item.bank], strain, 0.65 * temper + 0.76 * self._rng.gauss(0, 1))

    def _number(self, item: Item, habits: Habits, strain: float, chance: float) -> int:
        """A whole number within what the item allows; the spread left over after strain's part is chance."""
        pull = habits.get("strain", 0)
        spread = math.sqrt(max(habits["sd"] ** 2 - pull**2, 0.2))
        value = round(habits["mean"] + pull * strain + spread * chance)
        low, high = _limits(item)
        return min(max(value, low), high)

    def _grid(self, item: Item, habits: Habits, strain: float) -> dict[str, Any]:
        leaning = self._rng.gauss(0, 0.5)  # some people rate everything high
        cells: dict[str, Any] = {}
        for place, row in enumerate(item.rows):
            if self._rng.random() < LEFT_OUT:
                continue
            if self._rng.random() < habits.get("not_applicable", 0):
                cells[row.id] = {"missing": Missing.NOT_APPLICABLE.value}
                continue
            cells[row.id] = self._cell(item, habits, place, strain, leaning)
        return cells

    def _cell(self, item: Item, habits: Habits, place: int, strain: float, leaning: float) -> int | str:
        if item.kind is Kind.GRID_RATING:
            of_the_row = {**habits, "mean": habits["means"][place]}
            return self._number(item, of_the_row, strain, leaning + 0.87 * self._rng.gauss(0, 1))
        weights = tilted(habits["rows"][place], habits.get("tilt", 0) * strain)
        return self._rng.choices(item.options, weights)[0].id

    def _chosen(self, item: Item, habits: Habits, strain: float) -> list[Any]:
        tilts = habits.get("tilt") or [0] * len(item.options)
        chosen = [
            self._stored(option, habits, strain)
            for option, share, tilt in zip(item.options, habits["shares"], tilts, strict=True)
            if self._rng.random() < _moved(share / 100, tilt * strain)
        ]
        return chosen or [option.id for option in item.options if option.exclusive]

    def _ranked(self, item: Item, weights: Sequence[float]) -> list[str]:
        left = dict(zip((option.id for option in item.options), weights, strict=True))
        ranked: list[str] = []
        for _ in range(item.choose or len(left)):
            ranked.append(self._rng.choices(list(left), list(left.values()))[0])
            del left[ranked[-1]]
        return ranked

    def _stored(self, option: Option, habits: Habits, strain: float) -> Any:
        return {"other": self._words.draw(habits["other"], strain) or ""} if option.other else option.id


def up_to(poll: Instrument, given: Mapping[str, Any], page: int) -> dict[str, Any]:
    """What remains of the answers when the last page handed in is this one."""
    ids = {item_id for page_ids in pages(poll)[: page + 1] for item_id in page_ids}
    return {name: value for name, value in given.items() if name.partition("/")[0] in ids}


def tilted(weights: Sequence[float], pull: float) -> list[float]:
    """Weights moved towards the later options (a positive pull) or the earlier ones."""
    last = max(len(weights) - 1, 1)
    return [weight * math.exp(pull * (2 * place / last - 1)) for place, weight in enumerate(weights)]


def _moved(share: float, pull: float) -> float:
    """A probability moved on the logistic scale."""
    return share * math.exp(pull) / (1 - share + share * math.exp(pull))


def _limits(item: Item) -> tuple[int, int]:
    if item.scale is not None:
        return item.scale.start, item.scale.end
    low = 0 if item.minimum is None else math.ceil(item.minimum)
    return low, 10**6 if item.maximum is None else math.floor(item.maximum)
