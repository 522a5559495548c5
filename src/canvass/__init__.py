"""Canvass: an open polling platform for panels of professionals."""

__version__ = "0.1.0"
