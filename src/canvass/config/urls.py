"""Every address of Canvass except the ballot's, which never reaches Django (see config/asgi.py)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("canvass.web.urls")),
    path("", include("canvass.team.urls")),
    path("", include("canvass.panel.urls")),
    path("", include("canvass.polls.urls")),
    path("", include("canvass.fieldwork.urls")),
    path("", include("canvass.analysis.urls")),
    path("", include("canvass.coding.urls")),
    path("", include("canvass.library.urls")),
]
