from django.urls import path

from canvass.analysis.views import crosstab, tab, trends, weights

app_name = "analysis"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
urlpatterns = [
    path("desk/<slug:panel>/trends", trends.trends, name="trends"),
    path("desk/<slug:panel>/trends/events", trends.mark_event, name="mark_event"),
    path("desk/<slug:panel>/trends/events/<int:event>", trends.unmark_event, name="unmark_event"),
    path(f"{POLL}figures", tab.tab, name="tab"),
    path(f"{POLL}figures/<str:figure>/title", tab.word_title, name="word_title"),
    path(f"{POLL}figures/crosstabs", crosstab.crosstab, name="crosstab"),
    path(f"{POLL}figures/weights", weights.weights, name="weights"),
]
