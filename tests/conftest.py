"""Shared fixtures. A data folder of its own is made before Django's settings are read."""

import os
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="canvass-tests-"))
os.environ["CANVASS_DATA"] = str(_data)
os.environ.setdefault("CANVASS_BASE_URL", "http://testserver")
