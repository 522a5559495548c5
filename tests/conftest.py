"""Shared fixtures. A data folder of its own is made before Django's settings are read."""

import os
import tempfile
from pathlib import Path

import django

_data = Path(tempfile.mkdtemp(prefix="canvass-tests-"))
os.environ["CANVASS_DATA"] = str(_data)
os.environ.setdefault("CANVASS_BASE_URL", "http://testserver")
os.environ["DJANGO_SETTINGS_MODULE"] = "canvass.config.settings"
django.setup()  # now, because conftest files of rooms import models
