"""Survey statistics on cubes: counts in, estimates with their uncertainty out.

    >>> import numpy as np
    >>> from canvass import statistics
    >>> cube = statistics.count(np.array([0, 0, 1, -1]), cells=2, design=statistics.design(4))
    >>> [share.n for share in statistics.shares(cube, np.eye(2, dtype=bool))]
    [2, 1]

A cube keeps, for each stratum, group and cell, the people n, the weights Σw and their squares Σw²; a cell
is one distinct answer, so every sum over a function y of the answer (Σwy, Σw²y, Σw²y²) follows from these.
Every estimate is a function of the cube's totals and is linearised to one score a cell. Nothing here reads
files, clocks or databases; scipy is loaded when the first interval is asked for.
"""

from canvass.statistics import power
from canvass.statistics.coding import coded_choices, coded_labels, coded_numbers
from canvass.statistics.comparisons import (
    REST,
    Contrast,
    Difference,
    against_rest,
    against_rest_each,
    between_options,
    contrast,
    pairwise,
    pairwise_each,
)
from canvass.statistics.corrections import benjamini_hochberg, holm
from canvass.statistics.cube import Cube, count
from canvass.statistics.design import Design, DesignError, design
from canvass.statistics.estimates import (
    Estimate,
    covariance,
    mean,
    means_each,
    share_of_responses,
    shares,
    shares_each,
    totals,
)
from canvass.statistics.exact import fisher, lowest_expected, permutation
from canvass.statistics.independence import Independence, rao_scott
from canvass.statistics.intervals import Interval, korn_graubard, logit, student, wilson
from canvass.statistics.nets import (
    ANXIETY,
    WELL_BEING,
    Band,
    bands,
    bottom_box,
    net,
    net_promoter_values,
    net_score_values,
    top_box,
)
from canvass.statistics.quantiles import quantile, quantiles_each
from canvass.statistics.same_people import Split, matched_change, split_change
from canvass.statistics.small_bases import Caution, caution
from canvass.statistics.waves import (
    Waves,
    average_change,
    change,
    contrast_of,
    linked_waves,
    separate_waves,
    slope,
)
from canvass.statistics.weighting.calibrated import calibrated
from canvass.statistics.weighting.calibrating import KnownTotal, calibrate, calibrated_weights, known_totals
from canvass.statistics.weighting.diagnostics import Diagnostics, Light, light
from canvass.statistics.weighting.distances import Distance
from canvass.statistics.weighting.given_replicates import GivenReplicates, given_replicates
from canvass.statistics.weighting.jackknife import Replicated, Replicates, jackknife, replicated, row_means
from canvass.statistics.weighting.margins import Margin, WeightingError, margin, margin_of_codes
from canvass.statistics.weighting.raking import post_stratify, rake, raked_weights
from canvass.statistics.weighting.standings import Standing
from canvass.statistics.weighting.weighting import Weighting

__all__ = [
    "ANXIETY",
    "REST",
    "WELL_BEING",
    "Band",
    "Caution",
    "Contrast",
    "Cube",
    "Design",
    "DesignError",
    "Diagnostics",
    "Difference",
    "Distance",
    "Estimate",
    "GivenReplicates",
    "Independence",
    "Interval",
    "KnownTotal",
    "Light",
    "Margin",
    "Replicated",
    "Replicates",
    "Split",
    "Standing",
    "Waves",
    "Weighting",
    "WeightingError",
    "against_rest",
    "against_rest_each",
    "average_change",
    "bands",
    "benjamini_hochberg",
    "between_options",
    "bottom_box",
    "calibrate",
    "calibrated",
    "calibrated_weights",
    "caution",
    "change",
    "coded_choices",
    "coded_labels",
    "coded_numbers",
    "contrast",
    "contrast_of",
    "count",
    "covariance",
    "design",
    "fisher",
    "given_replicates",
    "holm",
    "jackknife",
    "known_totals",
    "korn_graubard",
    "light",
    "linked_waves",
    "logit",
    "lowest_expected",
    "margin",
    "margin_of_codes",
    "matched_change",
    "mean",
    "means_each",
    "net",
    "net_promoter_values",
    "net_score_values",
    "pairwise",
    "pairwise_each",
    "permutation",
    "post_stratify",
    "power",
    "quantile",
    "quantiles_each",
    "rake",
    "raked_weights",
    "rao_scott",
    "replicated",
    "row_means",
    "separate_waves",
    "share_of_responses",
    "shares",
    "shares_each",
    "slope",
    "split_change",
    "student",
    "top_box",
    "totals",
    "wilson",
]
