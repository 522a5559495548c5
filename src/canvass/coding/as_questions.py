"""What people wrote to one question of a closed poll, as two closed questions of the same people.

Who wrote is one answer of three; the themes are what each of those who said something chose of a list. So
everything that is counted of closed questions can be counted of them: by groups, with bases and cautions,
and through the door.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.instrument import Item, Kind, Option
from canvass.instrument.conditions import Chosen
from canvass.statistics.arrays import Booleans, Codes
from canvass.warehouse import CodedItem, Groups, PollRows, coded_items
from canvass.warehouse.coding import NOT_ASKED, column_name
from canvass.words.study import Node

SAID, SET_ASIDE, NOTHING = "said", "aside", "nothing"
WROTE = {
    SAID: "Said something",
    SET_ASIDE: "Wrote, and it was set aside or moved to an option",
    NOTHING: "Wrote nothing",
}
RAISED = ("Raised it", "Said something else")


@dataclass(frozen=True, slots=True, eq=False)
class AsQuestions:
    """The two questions over the rows of their poll."""

    written: CodedItem  # SINGLE, of everybody who was asked
    themes: CodedItem | None  # MULTIPLE, of everybody who said something; None where there is no theme
    said: Booleans  # (rows,)

    @property
    def wrote(self) -> int:
        """People who wrote an answer, of whatever kind."""
        places = self.written.states
        return int(((places >= 0) & (places != list(WROTE).index(NOTHING))).sum())

    @property
    def base(self) -> int:
        """People who said something."""
        return int(self.said.sum())

    def raised(self, place: int) -> Groups:
        """Those who said something, divided by whether they raised the theme at this place of the list."""
        assert self.themes is not None
        raised = np.append(self.themes.cells.chosen[place], False)[self.themes.codes]  # -1 is the one added
        return Groups(np.where(self.said, np.where(raised, 0, 1), -1), RAISED)


def as_questions(
    item: Item, rows: PollRows, written: Mapping[int, Collection[str] | None], nodes: Sequence[Node]
) -> AsQuestions:
    """Of one question of a closed poll.

    item: as it was asked. written: by row what an answer counts for, ids of nodes of any level; None where
    it says nothing (set aside, or moved to an option). nodes: the list of themes; others are left out.
    """
    states = next(one.states for one in rows.coded if one.item.id == item.id)
    wrote = np.zeros(rows.rows, dtype=bool)
    said = np.zeros(rows.rows, dtype=bool)
    wrote[list(written)] = True
    said[[row for row, holds in written.items() if holds is not None]] = True
    place = np.select([said, wrote, states != NOT_ASKED], range(len(WROTE)), default=NOT_ASKED)
    asked = _written(item)
    (one,) = coded_items([asked], {column_name(asked): place})
    return AsQuestions(one, _themes(item, said, written, nodes) if nodes else None, said)


def _written(item: Item) -> Item:
    options = tuple(Option(id_, label) for id_, label in WROTE.items())
    return Item(f"{item.id}-written", Kind.SINGLE, f"Who wrote: {item.text}", options=options)


def _themes(
    item: Item, said: Booleans, written: Mapping[int, Collection[str] | None], nodes: Sequence[Node]
) -> CodedItem:
    """Put to those who said something, so that the door knows how the bases of the two hang together."""
    asked = Item(
        f"{item.id}-themes",
        Kind.MULTIPLE,
        f"Themes: {item.text}",
        options=tuple(Option(node.id, node.name) for node in nodes),
        ask_if=Chosen(f"{item.id}-written", (SAID,), "=="),
    )
    columns: dict[str, Codes] = {
        column_name(asked, option=node.id): np.where(said, 0, NOT_ASKED) for node in nodes
    }
    for row, holds in written.items():
        for node in holds or ():
            if (name := column_name(asked, option=node)) in columns:
                columns[name][row] = 1
    (one,) = coded_items([asked], columns)
    return one
