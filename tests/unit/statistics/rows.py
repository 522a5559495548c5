"""The slow, obvious way: estimates straight from rows, one score a person. The cube must agree with it."""

import numpy as np


def ratio(numerator, denominator, weight, stratum, cluster, population=None):
    """Estimate and standard error of Σw·numerator/Σw·denominator over every row of the design."""
    total = float((weight * denominator).sum())
    estimate = float((weight * numerator).sum()) / total
    score = weight * (numerator - estimate * denominator) / total
    variance = 0.0
    for one in np.unique(stratum):
        within = stratum == one
        units = np.array([score[within & (cluster == unit)].sum() for unit in np.unique(cluster[within])])
        left = 1.0 if population is None else 1 - len(units) / population[one]
        variance += left * len(units) / (len(units) - 1) * float(((units - units.mean()) ** 2).sum())
    return estimate, variance**0.5
