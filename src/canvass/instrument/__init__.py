"""The instrument: what is asked, of whom, and what counts as an answer.

>>> from canvass import instrument
>>> poll = instrument.load(open("poll.yaml").read())       # or PollFileError with every fault
>>> table = instrument.CheckingTable(poll)
>>> table.check("satisfied", "7")                          # the stored form: 7
>>> instrument.asked(poll, {"worked_for_agency": "yes"})   # the ids of the items asked, in order
"""

from canvass.instrument.advice import Advice, advice, seconds, taps
from canvass.instrument.answer_columns import ColumnRefused, MapLine, map_lines
from canvass.instrument.answers import consent_key
from canvass.instrument.answers_file import AnswersFile, AnswersFileError, AnswersRow, CellFault, read_answers
from canvass.instrument.bank import BANK, BankItem, Source
from canvass.instrument.checking import AnswerFault, CheckingTable
from canvass.instrument.condition_words import in_words
from canvass.instrument.conditions import Condition
from canvass.instrument.faults import Fault, PollFileError
from canvass.instrument.frozen import dump, restore
from canvass.instrument.model import (
    Confidentiality,
    Instrument,
    Item,
    Kind,
    Layout,
    Missing,
    Option,
    Picture,
    Row,
    Scale,
)
from canvass.instrument.pollfile import load
from canvass.instrument.routing import Routing, asked, live, pages
from canvass.instrument.yamltree import MAX_CHARS

__all__ = [
    "BANK",
    "MAX_CHARS",
    "Advice",
    "AnswerFault",
    "AnswersFile",
    "AnswersFileError",
    "AnswersRow",
    "BankItem",
    "CellFault",
    "CheckingTable",
    "ColumnRefused",
    "Condition",
    "Confidentiality",
    "Fault",
    "Instrument",
    "Item",
    "Kind",
    "Layout",
    "MapLine",
    "Missing",
    "Option",
    "Picture",
    "PollFileError",
    "Routing",
    "Row",
    "Scale",
    "Source",
    "advice",
    "asked",
    "consent_key",
    "dump",
    "in_words",
    "live",
    "load",
    "map_lines",
    "pages",
    "read_answers",
    "restore",
    "seconds",
    "taps",
]
