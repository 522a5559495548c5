from django.urls import path

from canvass.team import views

app_name = "team"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/log-in", views.log_in, name="log_in"),
    path("desk/log-out", views.log_out, name="log_out"),
    path("desk/password/<str:token>", views.set_password, name="set_password"),
    path("desk/<slug:panel>/team/", views.people, name="people"),
    path("desk/<slug:panel>/team/invite", views.invite, name="invite"),
    path("desk/<slug:panel>/team/audit", views.audit, name="audit"),
    path("desk/<slug:panel>/team/settings", views.panel_settings, name="settings"),
    path("desk/<slug:panel>/team/<int:staff>/", views.person, name="person"),
    path("desk/<slug:panel>/team/<int:staff>/remove", views.remove, name="remove"),
    path("desk/<slug:panel>/team/<int:staff>/link", views.renew_link, name="renew_link"),
]
