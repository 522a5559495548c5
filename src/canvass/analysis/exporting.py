"""What the explorer shows as files: CSV, JSON, a workbook, and each table as a picture."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from canvass import tables
from canvass.analysis.exploring import Asked, ByDivision, Exploration, Explored
from canvass.analysis.results import LEVEL, Results
from canvass.figures import CrosstabExhibit
from canvass.tables import letters, wording
from canvass.tables.csv_form import COLUMNS, safe
from canvass.tables.json_form import table_as_json

SEEN = ("question", "label", "higher_than", "verdict", "p_against_rest", "stamp", "suppressed")
type Record = dict[str, Any]


def confined(asked: Asked) -> str:
    """To whom the tables are confined, as a sentence; "" where they speak of everybody."""
    labels: dict[str, list[str]] = {}
    for one in asked.among:
        labels.setdefault(one.division.label, []).append(one.label)
    named = [f"{division}: {wording.listed(groups, 'or')}" for division, groups in labels.items()]
    return f"Only {'; '.join(named)}." if named else ""


def as_json(results: Results, asked: Asked, exploration: Exploration) -> Record:
    """The poll, what is said of all tables, and each with its rows, tests and differences."""
    exhibit = results.all[0].exhibit
    return {
        "poll": results.poll.slug,
        "title": results.poll.title,
        "source": exhibit.source,
        "first_day": exhibit.first_day.isoformat(),
        "last_day": exhibit.last_day.isoformat(),
        "population": results.counted.population,
        "weighted": results.weights is not None,
        "audience": asked.audience.value,
        "among": [one.words for one in asked.among],
        "level": LEVEL,
        "notes": notes(results, asked, exploration),
        "tables": [
            table_as_json(part.crosstab) | {"question": _question(one), "rows": list(_rows(part))}
            for one in exploration.tables
            for part in one.parts
        ],
    }


def as_csv(exploration: Exploration) -> str:
    """A line a number, unrounded, with its base, interval, letters and test; names as in the JSON."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, (*COLUMNS, *SEEN), restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for one in exploration.tables:
        for part in one.parts:
            about = table_as_json(part.crosstab) | {"question": _question(one)}
            for row in _rows(part):
                line = about | row | {"higher_than": "; ".join(row["higher_than"])}
                writer.writerow({name: safe(value) for name, value in line.items()})
    return out.getvalue()


def as_xlsx(results: Results, asked: Asked, exploration: Exploration) -> bytes:
    """A sheet a question, its divisions side by side."""
    crosstabs = [part.crosstab for one in exploration.tables for part in one.parts]
    return tables.as_xlsx(tables.sheets(crosstabs, LEVEL), notes(results, asked, exploration))


def notes(results: Results, asked: Asked, exploration: Exploration) -> tuple[str, ...]:
    """What holds of every table: to whom it is confined, how intervals and tests are to be read."""
    read = tables.reading_notes(LEVEL, results.counted.population is not None)
    return tuple(filter(None, (confined(asked), *read, exploration.note)))


def picture(results: Results, asked: Asked, part: ByDivision) -> CrosstabExhibit:
    """One question by one division as a figure: shaded by the same tests as the page."""
    setting = results.all[0].exhibit
    return CrosstabExhibit(
        crosstabs=(part.crosstab,),
        by=part.division.label,
        judged=tuple(part.judged.values()),
        source=setting.source,
        first_day=setting.first_day,
        last_day=setting.last_day,
        mode=setting.mode,
        marks=tuple(filter(None, (confined(asked).rstrip("."),))),
        weighted=setting.weighted,
        population=setting.population,
        level=LEVEL,
        brand=setting.brand,
    )


def _question(one: Explored) -> str:
    return f"{one.result.item.text} [{one.row.label}]" if one.row else one.result.item.text


def _rows(part: ByDivision) -> Iterator[Record]:
    """The rows of a table with what the page shows beside their numbers."""
    total, groups = part.crosstab.total, part.crosstab.groups
    named = {group.label: letters.letter(place) for place, group in enumerate(groups)}
    label_of = {letter: label for label, letter in named.items()}
    higher = letters.higher_than(part.crosstab, named, LEVEL)
    labels = [figure.label for figure in total.figures]
    rows = table_as_json(part.crosstab)["rows"]
    for place, row in enumerate(rows):
        what = (row["statistic"], row["option"])
        judged = part.judged.get((row["group"], *what)) if row["group"] is not None else None
        above = higher.get((*what, row["group"]), "") if row["group"] is not None else ""
        yield row | {
            "label": labels[place % len(labels)],
            "higher_than": [label_of[letter] for letter in above.split()],
            "verdict": judged.verdict.value if judged is not None else None,
            "p_against_rest": judged.p_adjusted if judged is not None else None,
            "stamp": judged.stamp.value if judged is not None else None,
        }
