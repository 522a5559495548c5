"""Weights: made to fit a population, judged, and taken into account by standard errors.

Public names are exported by `canvass.statistics`.
"""
