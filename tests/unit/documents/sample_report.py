"""A report of published numbers, made by hand."""

import sys
from datetime import date
from pathlib import Path

from canvass.documents import FigureBlock, MethodSheet, Note, Questionnaire, Report, Section
from canvass.figures import caption
from canvass.instrument.conditions import AllOf, AnyOf, Chosen, Compared, Includes, Not
from canvass.instrument.model import Instrument, Item, Kind, Option
from canvass.tables import wording

sys.path.insert(0, str(Path(__file__).parents[1] / "figures"))

import specimens

LEFT_OUT = ("text", "no-figure")


def instrument() -> Instrument:
    """Items of most kinds, with routing of each form."""
    names = ("single", "choose-all", "rating", "grid-single", "number")
    items = [specimens.SPECIMENS[name]().item for name in names]
    once = Chosen("overtime_frequency", ("every week", "once a fortnight"), "in")
    either = AnyOf((once, Includes("flexible_options", "TOIL")))
    offered = (Option("a", "smaller caseloads"), Option("b", "something else", other=True))
    ranked = Item(
        "priorities",
        Kind.RANKING,
        "Put the three most urgent in order.",
        options=offered,
        choose=3,
        ask_if=AllOf((either, Not(Compared("satisfied", ">=", 5)))),
    )
    line = Chosen("activity_time", ("too much",), "!=", row="travelling")
    words = Item("why", Kind.TEXT, "What was your reason?", ask_if=line, hint="A few words are enough.")
    return Instrument(
        "review-special-6", "Working hours and supervision", "practice", (*items, ranked, words)
    )


def report() -> Report:
    figures = [FigureBlock(make()) for name, make in specimens.SPECIMENS.items() if name not in LEFT_OUT]
    sheet = (
        ("Who took part", wording.participation(1237, 135)),
        ("When", wording.days(date(2022, 1, 18), date(2022, 2, 1))),
    )
    return Report(
        "Working hours and supervision",
        ("What people who answered say about their hours and the support that they get.",),
        (
            Section("What people said", ("Each figure shows all answers to one question.",)),
            *figures,
            Note(
                ("63 people wrote an answer to the last question. Written answers are read, not shown here.",)
            ),
            MethodSheet(sheet, (caption.self_selection(),)),
            Questionnaire(instrument()),
        ),
        published=date(2022, 2, 10),
        address="https://panel.example/library/review-special-6",
    )
