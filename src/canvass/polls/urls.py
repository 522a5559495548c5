from django.urls import path

from canvass.polls.views import builder, lists, moves, shown, starting, tabs

app_name = "polls"
DESK = "desk/<slug:panel>/"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
urlpatterns = [
    path(DESK, lists.home, name="home"),
    path(f"{DESK}search", lists.index, name="search"),
    path(f"{DESK}polls/", lists.index, name="index"),
    path(f"{DESK}polls/new", starting.new, name="new"),
    path(f"{DESK}polls/load", starting.upload, name="upload"),
    path(POLL, builder.questions, name="room"),
    path(f"{POLL}check", builder.check, name="check"),
    path(f"{POLL}save", builder.save, name="save"),
    path(f"{POLL}insert", builder.insert, name="insert"),
    path(f"{POLL}discard", builder.discard, name="discard"),
    path(f"{POLL}pictures", builder.add_pictures, name="add_pictures"),
    path(f"{POLL}earlier", builder.history, name="history"),
    path(f"{POLL}earlier/<int:revision>", builder.restore, name="restore"),
    path(f"{POLL}file", builder.file, name="file"),
    path(f"{POLL}schedule", moves.schedule, name="schedule"),
    path(f"{POLL}unschedule", moves.unschedule, name="unschedule"),
    path(f"{POLL}open", moves.open_now, name="open"),
    path(f"{POLL}close", moves.close, name="close"),
    path(f"{POLL}withdraw", moves.withdraw, name="withdraw"),
    path(f"{POLL}mend", moves.mend, name="mend"),
    path(f"{POLL}report", tabs.report, name="report"),
    path("pictures/<slug:panel>/<slug:poll>/<str:name>", shown.picture, name="picture"),
]
