"""Links between tables: what one tells of the numbers that another hides.

Each link looks at two crosstabs and hides more, or notes what a reader knows, until both say the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.follow_ups import follow_ups
from canvass.tables.disclosure.merged import merged
from canvass.tables.disclosure.subsets import subsets
from canvass.tables.disclosure.turned import turned


class Link(Protocol):
    def join(self) -> list[Held]:
        """Hide or note what follows from the other table; the tables where that is new."""
        ...


def secure_together(new: Sequence[Held], out: Sequence[Held], whole: Sequence[Held]) -> None:
    """Secure crosstabs with each other, with those that are public already and stay as they are, and with
    those of all the people whom these are among."""
    links: list[Link] = [*follow_ups(new, out), *turned(new, out), *merged(new, out), *subsets(new, whole)]
    for one in new:
        one.secure()
    while changed := _distinct(held for link in links for held in link.join()):
        for one in changed:
            one.secure()


def _distinct(held: Iterator[Held] | Iterable[Held]) -> list[Held]:
    return list({id(one): one for one in held}.values())
