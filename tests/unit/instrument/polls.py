"""Polls for the tests of this room."""

import re
from pathlib import Path

from canvass import instrument

REFERENCE = Path(__file__).parents[3] / "docs/reference/poll-file.md"
HEAD = "poll: p\ntitle: T\ncategory: c\nitems:\n"


def poll(*items: str) -> instrument.Instrument:
    """A poll of items written as flow mappings."""
    return instrument.load(HEAD + "".join(f"  - {item}\n" for item in items))


def reference_example() -> str:
    """The poll file that the reference shows: every kind, every key."""
    found = re.search(r"```yaml\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


EVERY_KIND = poll(
    "{id: one, kind: single, text: Which, options: [tea, coffee, {label: else, other: true}],"
    " prefer_not_to_say: Rather not}",
    "{id: many, kind: multiple, text: Which,"
    " options: [tea, coffee, {label: none, exclusive: true}, {label: else, other: true}],"
    " not_applicable: Not me}",
    "{id: rate, kind: rating, text: How}",
    "{id: count, kind: number, text: How many, min: 0, max: 200}",
    "{id: rates, kind: grid_rating, text: How, rows: [Pay, {id: geo, label: Geography}],"
    " not_applicable: Not mine}",
    "{id: times, kind: grid_single, text: How, rows: [x, y], options: [much, right]}",
    "{id: order, kind: ranking, text: Order, options: [A, B, C], choose: 2}",
    "{id: why, kind: text, text: Why, quote_consent: true}",
)


def faults_of(text: str) -> tuple[instrument.Fault, ...]:
    """The faults of a poll file; none where it loads."""
    try:
        instrument.load(text)
    except instrument.PollFileError as error:
        return error.faults
    return ()
