"""The numbers of the disclosure rules, each with its name. Nothing else in Canvass decides how few is few."""

from dataclasses import dataclass
from enum import Enum

from canvass.statistics.small_bases import NO_FIGURE_UNDER
from canvass.tables.values import Reason

SMALLEST_BASE = NO_FIGURE_UNDER  # people; of fewer in a group, or of fewer who answered, nothing is shown
SMALLEST_CELL = 5  # people; fewer who gave one answer in a group are not shown, nor fewer who did not
STRICT_SMALLEST_CELL = 10  # the same under the strict option
SENSITIVE_BASE = 30  # people; of a sensitive poll
FEWEST_FOR_A_MEAN_PLACE = 50  # people who placed an option: a tenth of a place is then five people
STEP = 5  # an open poll's counts are shown in steps of five, so that no single hand-in can be watched


class Audience(Enum):
    """Who looks. The command line is the team: it labels and withholds nothing."""

    TEAM = "team"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Limits:
    """How few people are too few: in a group or an item's base, and in one cell of a breakdown.

    A hidden count must be able to have as many values as `cell`, for all that a reader can work out: then it
    cannot be known to be one of the few.
    """

    base: int = SMALLEST_BASE
    cell: int = SMALLEST_CELL

    def few(self, people: int) -> bool:
        """Whether so many people in one cell are few: 1 to 4. Nobody is not few."""
        return 0 < people < self.cell

    def few_answered(self, people: int) -> Reason | None:
        """Why nothing is shown of an item that so many answered; None where it is shown."""
        if people >= self.base:
            return None
        return Reason.FEW_ANSWERED if self.base == SMALLEST_BASE else Reason.FEW_OF_SENSITIVE


ORDINARY = Limits()
STRICT = Limits(cell=STRICT_SMALLEST_CELL)
SENSITIVE = Limits(base=SENSITIVE_BASE, cell=STRICT_SMALLEST_CELL)


def of_poll(*, sensitive: bool, limits: Limits = ORDINARY) -> Limits:
    """The limits of one poll, among others or by itself."""
    return SENSITIVE if sensitive else limits


def in_steps(count: int) -> int:
    """A live count rounded down to a step."""
    return count - count % STEP
