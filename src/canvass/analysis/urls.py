from django.urls import path

from canvass.analysis import views

app_name = "analysis"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
urlpatterns = [
    path(f"{POLL}figures", views.tab, name="tab"),
    path(f"{POLL}figures/<str:figure>/title", views.word_title, name="word_title"),
]
