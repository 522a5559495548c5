"""How often something may be tried. Counted in the database, so that every process counts together."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F

from canvass.team.models import AttemptCount


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries of one thing by one key in each window of time."""

    name: str
    times: int
    window: timedelta


LOG_IN_ACCOUNT_FROM_NETWORK = Limit("log-in account+network", 6, timedelta(minutes=15))
LOG_IN_NETWORK = Limit("log-in network", 60, timedelta(minutes=15))
LOG_IN_ACCOUNT = Limit("log-in account", 100, timedelta(hours=1))
SIGN_UP_NETWORK = Limit("sign-up network", 300, timedelta(hours=1))
SIGN_UP_ADDRESS = Limit("sign-up address", 4, timedelta(hours=1))
ADDRESS_CHANGE = Limit("address change", 4, timedelta(hours=1))
ANSWERS_LINK = Limit("link to one's answers", 4, timedelta(hours=1))


@transaction.atomic
def allow(limit: Limit, key: str, *, now: datetime) -> bool:
    """Count one try, and say whether it is still within the limit."""
    window = int(now.timestamp() // limit.window.total_seconds())
    row, made = AttemptCount.objects.get_or_create(
        name=limit.name, key=_hidden(limit.name, key), window=window, defaults={"at": now}
    )
    if made:
        AttemptCount.objects.filter(name=limit.name, window__lt=window).delete()
    AttemptCount.objects.filter(pk=row.pk).update(times=F("times") + 1)
    row.refresh_from_db(fields=["times"])
    return row.times <= limit.times


def _hidden(name: str, key: str) -> str:
    """Networks and addresses are counted under a keyed hash; the table names nobody."""
    return hmac.new(settings.KEYS.get_or_make("limits"), f"{name}\0{key}".encode(), sha256).hexdigest()
