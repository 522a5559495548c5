"""The policy table: who may open each route. tests/architecture holds it against the router."""

from collections.abc import Mapping

from canvass.team.access import ANY_ROLE, LINK, PUBLIC, STAFF, Policy, panel_roles

OWNERS = panel_roles()

TABLE: Mapping[str, Policy] = {
    "web:static": PUBLIC,
    "web:components": STAFF,
    "web:component": STAFF,
    "team:desk": STAFF,
    "team:log_in": PUBLIC,
    "team:log_out": STAFF,
    "team:set_password": LINK,
    "team:people": ANY_ROLE,
    "team:invite": OWNERS,
    "team:person": OWNERS,
    "team:remove": OWNERS,
    "team:renew_link": OWNERS,
    "team:audit": OWNERS,
    "team:settings": OWNERS,
}
