"""Layouts: every kind of table as a sheet."""

from canvass.tables.layouts.run import reading_notes, sheets

__all__ = ["reading_notes", "sheets"]
