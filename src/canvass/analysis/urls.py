from django.urls import path

from canvass.analysis.views import crosstab, events, response, tab, trends, weights

app_name = "analysis"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
EVENTS = "desk/<slug:panel>/trends/events"
urlpatterns = [
    path("desk/<slug:panel>/response", response.response, name="response"),
    path("desk/<slug:panel>/response/notes/<int:note>", response.take_back, name="take_back_note"),
    path("desk/<slug:panel>/response/<slug:poll>/<str:item>", response.note, name="response_note"),
    path("desk/<slug:panel>/trends", trends.trends, name="trends"),
    path(EVENTS, events.mark, name="mark_event"),
    path(f"{EVENTS}/<int:event>", events.take_away, name="unmark_event"),
    path(f"{EVENTS}/<int:event>/change", events.change, name="change_event"),
    path(f"{EVENTS}/<int:event>/instead-of/<int:instead_of>", events.put_back, name="put_back_event"),
    path(f"{POLL}figures", tab.tab, name="tab"),
    path(f"{POLL}figures/<str:figure>/title", tab.word_title, name="word_title"),
    path(f"{POLL}figures/crosstabs", crosstab.crosstab, name="crosstab"),
    path(f"{POLL}figures/weights", weights.weights, name="weights"),
]
