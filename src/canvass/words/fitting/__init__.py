"""Which of the existing codes fit an answer, and why."""

from canvass.words.fitting.fits import Fit, Fits, Near, fits
from canvass.words.fitting.record import Record

__all__ = ["Fit", "Fits", "Near", "Record", "fits"]
