"""From a page's form to answers that may be stored, by way of the checking table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from canvass.fieldwork.ballotbox import checked
from canvass.fieldwork.fields import FieldsDisagree, Form, raw_answers
from canvass.fieldwork.journey import Journey


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """A page's answers in stored form, and by item what is wrong with the rest."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def page_answers(journey: Journey, pages: Sequence[int], form: Form) -> PageAnswers:
    """What the form answers on these pages. An item with a fault is in `faults` alone."""
    raw: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for item_id in (item_id for page in pages for item_id in journey.pages[page]):
        try:
            raw |= raw_answers(journey.items[item_id], form)
        except FieldsDisagree as disagreement:
            faults[item_id] = str(disagreement)
    found = checked(journey, raw)
    faults |= {fault.item.partition("/")[0]: fault.sentence for fault in found.faults}
    return PageAnswers(found.answers, faults)
