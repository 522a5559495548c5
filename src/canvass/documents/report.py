"""A report as a value: blocks in order. What it looks like is decided by who prints it (`html`)."""

from dataclasses import dataclass, field
from datetime import date

from canvass.figures.exhibit import Exhibit
from canvass.instrument.model import Instrument


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level with paragraphs; figures may follow it."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """One item's figure; its heading is the finding."""

    exhibit: Exhibit


@dataclass(frozen=True, slots=True)
class Note:
    """Words that must not be overlooked, in a quiet panel."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodSheet:
    """How it was done: pairs of a term and what holds, and paragraphs on how to read the figures."""

    rows: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...] = ()
    heading: str = "How it was done"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Every question as put, with all options in the order asked and who was asked."""

    instrument: Instrument
    heading: str = "The questions as asked"


type Block = Section | FigureBlock | Note | MethodSheet | Questionnaire


@dataclass(frozen=True, slots=True)
class Report:
    """A poll's report. `address` is where it stays; dates are those of publication."""

    title: str
    intro: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=())
    brand: str = "Canvass"
    published: date | None = None
    address: str = ""

    def __post_init__(self) -> None:
        for block in self.blocks:
            if isinstance(block, Section | MethodSheet | Questionnaire):
                return
            if isinstance(block, FigureBlock):
                raise ValueError("A figure stands under a section: put a Section before it.")
