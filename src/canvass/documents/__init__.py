"""Reports: figures, tables and words in one document."""

from canvass.documents.report import (
    Block,
    FigureBlock,
    MethodSheet,
    Note,
    Questionnaire,
    Report,
    Section,
)

__all__ = ["Block", "FigureBlock", "MethodSheet", "Note", "Questionnaire", "Report", "Section"]
