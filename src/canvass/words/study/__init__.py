"""A study of what people wrote: acts that are added and never changed, and what they make.

>>> from canvass.words import study
>>> ledger = study.Ledger(study.Corpus([study.Answer("a1", "poll/why", "Too many cases")]))
>>> make = study.acts.MakeNode("c1", study.Level.CODE, "Caseload")
>>> ledger.refuse(make, by="ann")                       # StudyRefused, in one sentence; or nothing
>>> _ = ledger.add(study.Entry(1, "ann", "2026-11-23T12:00:00Z", make))
>>> _ = ledger.add(study.Entry(2, "ann", "2026-11-23T12:01:00Z", study.acts.CodeSegment("a1", "c1")))
>>> study.codes_of(ledger.state, "a1")
('c1',)
>>> ledger.add(study.Entry(3, "ann", "2026-11-23T12:02:00Z", study.acts.Undo(1)))  # the coding rests
(2,)
"""

from canvass.words.study import acts, codec
from canvass.words.study.acts import Act, Entry
from canvass.words.study.comparing import (
    Unit,
    codes_in,
    disagreements,
    done_in,
    units,
)
from canvass.words.study.corpus import Answer, Corpus, normalised, quote, seal
from canvass.words.study.counting import (
    Progress,
    codes_of,
    holdings,
    is_substantive,
    progress,
    progress_of_pass,
)
from canvass.words.study.ledger import Ledger, in_force
from canvass.words.study.masking import Masked, faults, masked
from canvass.words.study.refusals import Rests, StudyRefused
from canvass.words.study.sampling import draw, usual_size
from canvass.words.study.state import TOP, State
from canvass.words.study.tally import Tally
from canvass.words.study.values import (
    APPROACHES,
    COLOURS,
    DECISIONS,
    MAIN,
    MASK_KINDS,
    MEMO_KINDS,
    WHOLE,
    Adjudication,
    CodebookVersion,
    Coding,
    CodingPass,
    Level,
    Link,
    Mask,
    Memo,
    Node,
    Offer,
    Place,
    SetApart,
    Standing,
    Suggestion,
)

__all__ = [
    "APPROACHES",
    "COLOURS",
    "DECISIONS",
    "MAIN",
    "MASK_KINDS",
    "MEMO_KINDS",
    "TOP",
    "WHOLE",
    "Act",
    "Adjudication",
    "Answer",
    "CodebookVersion",
    "Coding",
    "CodingPass",
    "Corpus",
    "Entry",
    "Ledger",
    "Level",
    "Link",
    "Mask",
    "Masked",
    "Memo",
    "Node",
    "Offer",
    "Place",
    "Progress",
    "Rests",
    "SetApart",
    "Standing",
    "State",
    "StudyRefused",
    "Suggestion",
    "Tally",
    "Unit",
    "acts",
    "codec",
    "codes_in",
    "codes_of",
    "disagreements",
    "done_in",
    "draw",
    "faults",
    "holdings",
    "in_force",
    "is_substantive",
    "masked",
    "normalised",
    "progress",
    "progress_of_pass",
    "quote",
    "seal",
    "units",
    "usual_size",
]
