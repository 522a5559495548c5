"""Which of the existing codes fit an answer, and why."""

from canvass.words.fitting.fits import Fits, Near, Suggestion, fits
from canvass.words.fitting.record import Record

__all__ = ["Fits", "Near", "Record", "Suggestion", "fits"]
