"""Reading a golden case: its data as columns, R's records by id, and cubes of its columns."""

import csv
import json
from pathlib import Path

import numpy as np

from canvass import statistics

HERE = Path(__file__).parent


class Case:
    """One folder: micro-data, and what R's survey package made of it."""

    def __init__(self, name):
        with (HERE / name / "data.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        expected = json.loads((HERE / name / "expected.json").read_text())
        self.columns = {heading: [row[heading] for row in rows] for heading in rows[0]}
        self.size = len(rows)
        self.records = {record["id"]: record for record in expected["results"]}
        self.tolerance = expected["rel_tolerance"]

    @staticmethod
    def expected(name):
        """R's records by id, of a case that has no data."""
        results = json.loads((HERE / name / "expected.json").read_text())["results"]
        return {record["id"]: record for record in results}

    def codes(self, column):
        """(codes, labels): labels in alphabetical order, -1 where the cell is empty."""
        labels = sorted({cell for cell in self.columns[column] if cell})
        return np.array([labels.index(cell) if cell else -1 for cell in self.columns[column]]), labels

    def numbers(self, column):
        return np.array([float(cell) if cell else np.nan for cell in self.columns[column]])

    def cube(self, column, *, by=None, weight=None, stratum=None, cluster=None):
        """The cube of a column, the labels of its cells and of its groups."""
        codes, labels = self.codes(column)
        group, groups = self.codes(by) if by else (None, [])
        design = statistics.design(
            self.size,
            weight=self.numbers(weight) if isinstance(weight, str) else weight,
            stratum=self.codes(stratum)[0] if stratum else None,
            cluster=self.codes(cluster)[0] if cluster else None,
        )
        cube = statistics.count(codes, cells=len(labels), design=design, group=group, groups=len(groups))
        return cube, labels, groups
