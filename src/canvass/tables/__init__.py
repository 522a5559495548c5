"""Tables as values: toplines and crosstabs from cubes, and their printing.

>>> from canvass import tables
>>> tables.toplines(poll, cubes, population=1237)         # one an item, one a grid row
>>> tables.as_json(found, tables.DesignUsed(n=135), 0.95) # the JSON of `canvass tabulate`
"""

from canvass.tables.composition import Composition, CompositionOverTime, FieldComposition, Part
from canvass.tables.crosstab import Crosstab, GroupDifference, GroupFigures, Test, crosstab
from canvass.tables.csv_form import as_csv
from canvass.tables.funnel import Breakdown, Conversion, Funnel, GroupCount, ItemCount, Step, conversion
from canvass.tables.html_form import as_html
from canvass.tables.json_form import DesignUsed, as_json
from canvass.tables.layouts import (
    composition_over_time_sheet,
    composition_sheet,
    funnel_sheet,
    means_sheet,
    reading_notes,
    response_sheets,
    sheets,
    trend_sheet,
)
from canvass.tables.records import Records, records, records_as_csv, records_as_json
from canvass.tables.response import QuestionResponse, ResponseAnalytics, ResponseGroup, SignedNote
from canvass.tables.series import Tied, asks_the_same, series_of
from canvass.tables.sheet import Cell, Column, Section, Sheet, SheetRow, Style, Words
from canvass.tables.tabulation import Request, Tabulation, TabulationRefused, item_cubes, tabulate
from canvass.tables.text_form import as_text
from canvass.tables.topline import NOT_APPLICABLE, topline, toplines
from canvass.tables.trend import Change, Event, Line, Trend, Wave
from canvass.tables.values import (
    Caution,
    Figure,
    HiddenFigure,
    HiddenTopline,
    Net,
    Reason,
    ReleasedFigure,
    ReleasedTopline,
    Suppressed,
    Topline,
)
from canvass.tables.waves import Asking, official_bands, trend
from canvass.tables.weights import weigh, weighting_as_json, weighting_notes, weighting_sheets
from canvass.tables.xlsx_form import as_xlsx

__all__ = [
    "NOT_APPLICABLE",
    "Asking",
    "Breakdown",
    "Caution",
    "Cell",
    "Change",
    "Column",
    "Composition",
    "CompositionOverTime",
    "Conversion",
    "Crosstab",
    "DesignUsed",
    "Event",
    "FieldComposition",
    "Figure",
    "Funnel",
    "GroupCount",
    "GroupDifference",
    "GroupFigures",
    "HiddenFigure",
    "HiddenTopline",
    "ItemCount",
    "Line",
    "Net",
    "Part",
    "QuestionResponse",
    "Reason",
    "Records",
    "ReleasedFigure",
    "ReleasedTopline",
    "Request",
    "ResponseAnalytics",
    "ResponseGroup",
    "Section",
    "Sheet",
    "SheetRow",
    "SignedNote",
    "Step",
    "Style",
    "Suppressed",
    "Tabulation",
    "TabulationRefused",
    "Test",
    "Tied",
    "Topline",
    "Trend",
    "Wave",
    "Words",
    "as_csv",
    "as_html",
    "as_json",
    "as_text",
    "as_xlsx",
    "asks_the_same",
    "composition_over_time_sheet",
    "composition_sheet",
    "conversion",
    "crosstab",
    "funnel_sheet",
    "item_cubes",
    "means_sheet",
    "official_bands",
    "reading_notes",
    "records",
    "records_as_csv",
    "records_as_json",
    "response_sheets",
    "series_of",
    "sheets",
    "tabulate",
    "topline",
    "toplines",
    "trend",
    "trend_sheet",
    "weigh",
    "weighting_as_json",
    "weighting_notes",
    "weighting_sheets",
]
