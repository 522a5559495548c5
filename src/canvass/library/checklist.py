"""What stands between a closed poll and its publication, and what a publisher should look at first."""

from collections.abc import Mapping
from dataclasses import dataclass

from canvass.analysis.results import Results, find_results
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State, may
from canvass.tables import wording

STANDS: Mapping[str, str] = {  # what is said where a poll is not closed
    State.DRAFT: "The poll is still a draft",
    State.SCHEDULED: "The poll has not opened yet",
    State.OPEN: "The poll is still open",
    State.PUBLISHED: "The poll is published already",
    State.WITHDRAWN: "The poll was withdrawn",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what is looked at, whether it is well, and whether publishing must wait for it."""

    what: str
    well: bool
    hinders: bool = False


def checks(poll: Poll, results: Results | None) -> tuple[Check, ...]:
    """Every line of the checklist in order. `results` is None where the poll is not counted."""
    closed = Check(STANDS.get(poll.state, "The poll is closed"), poll.state == State.CLOSED, hinders=True)
    if results is None:
        return closed, Check("Its answers are counted", well=False, hinders=True)
    return (
        closed,
        Check(f"Its answers are counted: {results.participation}", well=True, hinders=True),
        Check("Somebody answered", results.counted.ballots > 0, hinders=True),
        _titles(results),
        _small(results),
        *_withheld(results),
        *_texts(results),
    )


def publishable(poll: Poll) -> Results:
    """The results of a poll that may be published. Raises PollRefused with the first hindrance."""
    if not may("publish", poll.state):
        raise PollRefused(f"{poll.slug} is {poll.state}. Only a poll that is closed can be published.")
    found = find_results(poll)
    if found is None:
        raise PollRefused(f"{poll.slug} is not counted yet. Try again in a minute.")
    if not found.counted.ballots:
        raise PollRefused(f"Nobody answered {poll.slug}, so there is nothing to publish.")
    return found


def hindrances(found: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(check for check in found if check.hinders and not check.well)


def _titles(results: Results) -> Check:
    drafted = sum(result.worded is None for result in results.public)
    if not drafted:
        return Check("Every figure has a title in the team’s words", well=True)
    of = f"{wording.whole(drafted)} of {_figures(len(results.public))}"
    return Check(f"With the title drafted from the numbers: {of}", well=False)


def _small(results: Results) -> Check:
    marked = sum(any(line.caution for line in one.exhibit.toplines) for one in results.public)
    if not marked:
        return Check("Every figure rests on 100 people or more", well=True)
    of = f"{wording.whole(marked)} of {_figures(len(results.public))}"
    return Check(f"On a small base, and marked so: {of}", well=False)


def _withheld(results: Results) -> tuple[Check, ...]:
    number = len(results.all) - len(results.public)
    if not number:
        return ()
    return (Check(f"Not shown, because the poll is sensitive: {_figures(number)}", well=True),)


def _texts(results: Results) -> tuple[Check, ...]:
    texts = sum(result.is_text for result in results.public)
    if not texts:
        return ()
    return (Check("What people wrote is not published, only how many wrote", well=True),)


def _figures(number: int) -> str:
    return f"{wording.whole(number)} figure{'' if number == 1 else 's'}"
