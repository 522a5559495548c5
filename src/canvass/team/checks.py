"""The policy table held against the router, at every start and in the build."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from canvass.team.access import policy_table


def routes() -> dict[str, list[str]]:
    """Every route of the installation: its name, such as "team:people", and the names in its address."""
    return dict(_walk(get_resolver().url_patterns, namespace="", outer=[]))


def _walk(
    patterns: Sequence[URLPattern | URLResolver], *, namespace: str, outer: list[str]
) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        arguments = outer + list(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, namespace=inner, outer=arguments)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", arguments


def policy_covers_routes(**_options: Any) -> list[CheckMessage]:
    """Each route has a policy and each policy a route."""
    named, ruled = set(routes()), set(policy_table())
    without_policy = [
        Error(f"The route {name!r} has no policy.", hint="Add it to config/policy.py.", id="canvass.E001")
        for name in sorted(named - ruled)
    ]
    without_route = [
        Error(
            f"The policy {name!r} has no route.", hint="Remove it from config/policy.py.", id="canvass.E002"
        )
        for name in sorted(ruled - named)
    ]
    return [*without_policy, *without_route]
