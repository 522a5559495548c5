"""Links between tables: what one tells of the numbers that another hides.

Each link looks at two tables and hides more, or notes what a reader knows, until both say the same.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.follow_ups import follow_ups
from canvass.tables.disclosure.merged import merged
from canvass.tables.disclosure.participation import HeadCount
from canvass.tables.disclosure.same_people import same_people
from canvass.tables.disclosure.subsets import subsets
from canvass.tables.disclosure.turned import turned


class Link(Protocol):
    def join(self) -> Sequence[Held | HeadCount]:
        """Hide or note what follows from the other table; the tables where that is new."""
        ...


def secure_together(
    new: Sequence[Held | HeadCount], out: Sequence[Held | HeadCount], whole: Sequence[Held | HeadCount]
) -> None:
    """Secure tables with each other, with those that are public already and stay as they are, and with
    those of all the people whom these are among."""
    crosstabs, known, every = _crosstabs(new), _crosstabs(out), _crosstabs(whole)
    links: list[Link] = [
        *follow_ups(crosstabs, known),
        *turned(crosstabs, known),
        *merged(crosstabs, known),
        *subsets(crosstabs, every),
        *same_people(new, out),
    ]
    for one in new:
        one.secure()
    while changed := _distinct(held for link in links for held in link.join()):
        for one in changed:
            one.secure()


def _crosstabs(tables: Iterable[Held | HeadCount]) -> list[Held]:
    return [one for one in tables if isinstance(one, Held)]


def _distinct(held: Iterable[Held | HeadCount]) -> list[Held | HeadCount]:
    return list({id(one): one for one in held}.values())
