"""Which table lies in which store. Nothing that must agree spans two stores."""

from typing import Any

from django.db.models import Model

# By "app.model"; every model not named here lies in the desk store.
PLACES = {
    "panel.address": "identity",
    "panel.addresschange": "identity",
    "panel.suppression": "identity",
    "panel.letter": "identity",
    "panel.standing": "ballots",
    "polls.pollwindow": "ballots",
    "polls.frozenversion": "ballots",
    "fieldwork.ballot": "ballots",
    "fieldwork.participation": "ballots",
    "fieldwork.withdrawal": "ballots",
    "fieldwork.collectedelsewhere": "ballots",
    "fieldwork.outbox": "ballots",
}


class StoreRouter:
    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return PLACES.get(model._meta.label_lower, "default")

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        # Not type(one): request.user is wrapped until it is looked at.
        return self.db_for_read(one._meta.model) == self.db_for_read(other._meta.model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        if "store" in hints:  # RunSQL and RunPython say where they belong
            return bool(hints["store"] == db)
        if model_name is None:
            return db == "default"
        return PLACES.get(f"{app_label}.{model_name}", "default") == db
