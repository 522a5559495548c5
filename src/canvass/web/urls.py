from django.urls import path

from canvass.web import views

app_name = "web"
urlpatterns = [
    path("static/<path:name>", views.static, name="static"),
    path("components/", views.components, name="components"),
    path("components/<slug:name>/", views.component, name="component"),
]
