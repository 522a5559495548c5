"""The policy table: who may open each route. tests/architecture holds it against the router."""

from collections.abc import Mapping

from canvass.team.access import Policy

TABLE: Mapping[str, Policy] = {}
