"""Answers by codes as a table: a row an answer, a column of 0 and 1 for each code and theme.

`code/NAME` columns are what `canvass tabulate` reads as one choose-all item, so that codes are counted by
profile like any question. An answer that says nothing is empty there: it is not in the base.
"""

from canvass.coding.exchange.leaving import leaving
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.formats.columns import Columns
from canvass.words.study import Level, Standing

COLUMNS_OF = {Level.CODE: "code", Level.THEME: "theme", Level.ORGANISING: "organising theme"}


def matrix(study: Study, room: Room) -> Columns:
    """The table, codes in the order of the codebook's names."""
    answers = leaving(study, room)
    fields = list(dict.fromkeys(field for answer in answers for field, _band in answer.profile))
    nodes = sorted(
        (
            node
            for node in room.state.nodes.values()
            if node.level in COLUMNS_OF and node.standing is not Standing.MERGED
        ),
        key=lambda node: (list(COLUMNS_OF).index(node.level), node.name.casefold()),
    )
    headings = [
        "person", "poll", "question", "answer", *(f"profile/{field}" for field in fields), "says something",
        *(f"{COLUMNS_OF[node.level]}/{node.name}" for node in nodes),
    ]  # fmt: skip
    rows = []
    for answer in answers:
        bands, counting = dict(answer.profile), room.tally.of(answer.id)
        marks = [("1" if node.id in counting else "0") if answer.is_substantive else "" for node in nodes]
        rows.append(
            (
                answer.person,
                answer.question.poll.slug,
                answer.question.item.id,
                answer.text.text,
                *(bands.get(field, "") for field in fields),
                "1" if answer.is_substantive else "0",
                *marks,
            )
        )
    cells = tuple(zip(*rows, strict=True)) or ((),) * len(headings)
    return Columns(tuple(headings), cells, tuple(range(2, len(rows) + 2)))
