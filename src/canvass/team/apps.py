from django.apps import AppConfig
from django.core.checks import register


class TeamConfig(AppConfig):
    name = "canvass.team"

    def ready(self) -> None:
        from canvass.team.checks import policy_covers_routes

        register(policy_covers_routes)
