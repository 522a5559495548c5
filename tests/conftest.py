"""Shared fixtures. A data folder of its own is made before Django's settings are read."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest

# Tests start hundreds of processes. Told to keep nothing compiled, each would compile whatever it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_data = Path(tempfile.mkdtemp(prefix="canvass-tests-"))
os.environ["CANVASS_DATA"] = str(_data)
os.environ.setdefault("CANVASS_BASE_URL", "http://testserver")
os.environ["DJANGO_SETTINGS_MODULE"] = "canvass.config.settings"
django.setup()  # now, because conftest files of rooms import models

# How long an example takes says how busy the machine is, and nothing of the code. Each run has the same
# examples, so that what passes passes again; `make test-slow` looks for others (--hypothesis-profile search).
patient = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("search", patient)
hypothesis.settings.register_profile("canvass", patient, derandomize=True, database=None)
hypothesis.settings.load_profile("canvass")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit this environment. Where it names the settings, pytest-django reads them before this
    file is run, and every worker would share the folder of the process that started them."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    shutil.rmtree(_data, ignore_errors=True)
