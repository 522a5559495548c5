"""The candidates of a column as text for a person, and as JSON and CSV for programs."""

import csv
import io
import json
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator

from canvass.tables.csv_form import safe
from canvass.words import ColumnThemes, Group

WIDTH = 100
SHOWN_LINES = 2  # of an answer in text
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the line around
READ_ON = "Groups are candidates, made by likeness of words and meaning; a person makes themes of them."


def as_json(found: ColumnThemes) -> str:
    """One object: counts, the answers that look like none, the groups in reading order."""
    looks = {one.answer: one.looks for one in found.non_answers}
    return json.dumps(
        {
            "column": found.column,
            "rows": found.rows,
            "empty": found.empty,
            "answers": len(found.answers),
            "non_answers": [_answer(found, answer) | {"looks": looks[answer]} for answer in looks],
            "grouped": found.grouped,
            "most_groups": found.most,
            "model": found.model,
            "model_sha256": found.sha256,
            "groups": [_group(found, number, group) for number, group in enumerate(found.groups, start=1)],
        },
        ensure_ascii=False,
        allow_nan=False,
        indent=1,
    )


def _group(found: ColumnThemes, number: int, group: Group) -> dict[str, object]:
    return {
        "group": number,
        "n": len(group.answers),
        "terms": list(group.terms),
        "central": [_answer(found, answer) for answer in group.central],
        "answers": [_answer(found, answer) for answer in group.answers],
    }


def _answer(found: ColumnThemes, answer: int) -> dict[str, object]:
    row, text = found.answers[answer]
    return {"row": row, "text": text}


def as_csv(found: ColumnThemes) -> str:
    """A line an answer in reading order, those that look like none last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["order", "row", "group", "terms", "central", "looks_like_none", "text"])
    for order, line in enumerate(_lines(found), start=1):
        writer.writerow([order, *map(safe, line)])
    return out.getvalue()


def _lines(found: ColumnThemes) -> Iterator[tuple[object, ...]]:
    for number, group in enumerate(found.groups, start=1):
        for answer in group.answers:
            row, text = found.answers[answer]
            yield row, number, "; ".join(group.terms), int(answer in group.central), "", text
    for one in found.non_answers:
        row, text = found.answers[one.answer]
        yield row, "", "", 0, one.looks, text


def as_text(found: ColumnThemes, width: int | None = None) -> str:
    """For a person: counts, each group with its terms and central answers, what looks like no answer.

    Long answers are shortened with an ellipsis; width: of the terminal.
    """
    wide = min(width or WIDTH, WIDTH)
    parts = [_head(found, wide)]
    parts += [_group_text(found, number, group, wide) for number, group in enumerate(found.groups, start=1)]
    if found.non_answers:
        parts.append(_none_text(found, wide))
    return "\n".join(parts)


def _head(found: ColumnThemes, wide: int) -> str:
    empty = f", {found.empty:,} empty" if found.empty else ""
    none = len(found.non_answers)
    lines = [f"{found.column}: {_count(len(found.answers), 'answer')} in {_count(found.rows, 'row')}{empty}"]
    if none:
        lines.append(
            f"{none:,} of them {'looks' if none == 1 else 'look'} like no answer; confirm each "
            f"before it leaves the base. {found.grouped:,} in {_count(len(found.groups), 'group')}."
        )
    if found.groups:
        lines.append(f"{READ_ON} --groups N makes 1 to {found.most:,}.")
    return "\n".join(textwrap.fill(line, wide) for line in lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _group_text(found: ColumnThemes, number: int, group: Group, wide: int) -> str:
    told = ", ".join(group.terms) or "no term in common"
    head = textwrap.fill(
        f"{number}  {told}  ({len(group.answers):,} of {found.grouped:,})", wide, subsequent_indent="   "
    )
    quotes = "\n".join(_quoted(found, answer, wide) for answer in group.central)
    return f"{head}\n{quotes}\n"


def _quoted(found: ColumnThemes, answer: int, wide: int) -> str:
    row, text = found.answers[answer]
    indent = f"   row {row}: "
    return textwrap.fill(
        f"“{plain(text)}”",
        wide,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        max_lines=SHOWN_LINES,
        placeholder=" …",
    )


def _none_text(found: ColumnThemes, wide: int) -> str:
    looks: dict[str, Counter[str]] = {}
    for one in found.non_answers:
        looks.setdefault(one.looks, Counter())[plain(found.answers[one.answer][1])] += 1
    lines = [f"Look like no answer  ({len(found.non_answers):,} of {len(found.answers):,})"]
    for look, texts in sorted(looks.items(), key=lambda one: (-one[1].total(), one[0])):
        told = ", ".join(
            f"“{text}”" + (f" {often}" if often > 1 else "") for text, often in texts.most_common(6)
        )
        more = f" and {len(texts) - 6} more" if len(texts) > 6 else ""
        line = f"   {look}  {texts.total():,}: {told}{more}"
        lines.append(textwrap.fill(line, wide, subsequent_indent="      "))
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """An answer on one line, without signs that steer a terminal or turn a line around."""
    steady = "".join(
        " " if unicodedata.category(sign) == "Cc" else sign for sign in text if sign not in TURNS
    )
    return " ".join(steady.split())
