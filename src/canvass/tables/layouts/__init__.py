"""Layouts: every kind of table as a sheet."""

from canvass.tables.layouts.composition import composition_over_time_sheet, composition_sheet
from canvass.tables.layouts.funnel import funnel_sheet
from canvass.tables.layouts.response import response_sheets
from canvass.tables.layouts.run import reading_notes, sheets
from canvass.tables.layouts.trend import means_sheet, trend_sheet

__all__ = [
    "composition_over_time_sheet",
    "composition_sheet",
    "funnel_sheet",
    "means_sheet",
    "reading_notes",
    "response_sheets",
    "sheets",
    "trend_sheet",
]
