"""The policy table: who may open each route. tests/architecture holds it against the router."""

from collections.abc import Mapping

from canvass.team.access import ANY_ROLE, LINK, PUBLIC, STAFF, Policy, Role, panel_roles

OWNERS = panel_roles()
WRITERS = panel_roles(Role.POLL_AUTHOR)
MOVERS = panel_roles(Role.POLL_AUTHOR, Role.PANEL_MANAGER)

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
    "polls:home": ANY_ROLE,
    "polls:search": ANY_ROLE,
    "polls:index": ANY_ROLE,
    "polls:new": WRITERS,
    "polls:upload": WRITERS,
    "polls:room": ANY_ROLE,
    "polls:check": WRITERS,
    "polls:save": WRITERS,
    "polls:insert": WRITERS,
    "polls:discard": WRITERS,
    "polls:add_pictures": WRITERS,
    "polls:history": ANY_ROLE,
    "polls:restore": WRITERS,
    "polls:file": ANY_ROLE,
    "polls:schedule": MOVERS,
    "polls:unschedule": MOVERS,
    "polls:open": MOVERS,
    "polls:close": MOVERS,
    "polls:withdraw": MOVERS,
    "polls:mend": WRITERS,
    "polls:words": ANY_ROLE,
    "polls:report": ANY_ROLE,
    "polls:picture": PUBLIC,  # the view asks for the team before the poll opens
}
