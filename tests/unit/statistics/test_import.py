"""Importing the room stays quick: what is heavy is loaded when it is first needed."""

import subprocess
import sys

HEAVY = ("scipy", "pandas", "pyarrow", "django", "openpyxl", "yaml", "numpy.random", "numpy.ma", "numpy.f2py")


def test_importing_statistics_loads_numpy_and_nothing_else_that_is_heavy():
    said = subprocess.run(
        [sys.executable, "-c", "import canvass.statistics, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "numpy" in said
    assert [name for name in said if name in HEAVY] == []
    assert {name.partition(".")[2].partition(".")[0] for name in said if name.startswith("canvass.")} == {
        "statistics"
    }
