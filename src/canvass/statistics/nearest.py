"""The known name that is probably meant by one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """A question, " Is role meant?", whatever the capitals; "" where no name is near."""
    by_folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), by_folded, n=1)
    return f" Is {by_folded[near[0]]} meant?" if near else ""
