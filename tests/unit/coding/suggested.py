"""Answers to one question of which a dozen are coded, so that suggestions are made."""

from tests.unit.coding.conftest import NOON

from canvass.coding import ledgers, offering
from canvass.coding.models import Study
from canvass.coding.services import do
from canvass.team.audit import HOST
from canvass.words.study import Level, acts

SAYS = {
    "caseload": "too many cases on my caseload",
    "paperwork": "paperwork and forms to write up",
    "court": "court reports for the hearing",
}
ENDS = ("every week", "at night", "before noon", "since spring", "again and again", "in winter", "as ever")
TEXTS = [f"{says} {end}" for end in ENDS for says in SAYS.values()]
STRANGE = "Zebras yodel quixotically"
SALT = "0123456789abcdef0123456789abcdef"  # draws neither the strange answer nor all of one code


def code_some(study: Study, many: int = 12) -> None:
    """The first answers in the study's order, each with the code that its text is about."""
    for code in SAYS:
        do(study, acts.MakeNode(code, Level.CODE, code.capitalize()), by=HOST, now=NOON)
    with ledgers.opened(study) as room:
        answers = [(one.id, one.text) for one in room.reading.corpus if one.text in TEXTS]
    for answer, text in answers[:many]:
        code = next(code for code, says in SAYS.items() if text.startswith(says))
        do(study, acts.CodeSegment(answer, code), by=HOST, now=NOON)


def about(text: str) -> str:
    return next(code for code, says in SAYS.items() if text.startswith(says))


def uncoded(study: Study, *, control: bool = False) -> dict[str, str]:
    """id -> text of the answers without a code, of the control slice or outside it."""
    with ledgers.opened(study) as room:
        return {
            one.id: one.text
            for one in room.reading.corpus
            if one.id not in room.state.of_answer and offering.is_control(one.id, study.salt) is control
        }
