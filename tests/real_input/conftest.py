"""A panel to import into, and a poll file as its draft."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from canvass.polls import drafts
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def draft(db) -> Callable[[Path], Poll]:
    """Loads a poll file as a draft of a new panel: draft(path)."""
    panel = Panel.objects.create(slug="workers", name="Workers' Panel", created_at=NOON)

    def load(path: Path) -> Poll:
        text = path.read_text("utf-8")
        return drafts.load_file(panel, text, name=path.name, by=HOST, now=NOON, shown={})

    return load
