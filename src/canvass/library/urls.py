from django.urls import path

from canvass.library.views import desk, public

app_name = "library"
SHELF = "library/<slug:panel>/"
DESK = "desk/<slug:panel>/"
POLL = f"{SHELF}<slug:poll>/"
FIGURE = f"{POLL}<str:figure>/"
urlpatterns = [
    path(SHELF, public.home, name="home"),
    path(f"{SHELF}feed.atom", public.feed, name="feed"),
    path(POLL, public.poll, name="poll"),
    path(FIGURE, public.figure, name="figure"),
    path(f"{FIGURE}<str:width>.svg", public.picture, name="picture"),
    path(f"{FIGURE}<str:width>.png", public.picture_png, name="picture_png"),
    path(f"{FIGURE}numbers.csv", public.numbers, name="numbers"),
    path(f"{FIGURE}cite.bib", public.cite, name="cite"),
    path(f"{DESK}library/", desk.shelf, name="desk"),
    path(f"{DESK}polls/<slug:poll>/publish", desk.publish, name="publish"),
    path(f"{DESK}polls/<slug:poll>/publish/preview", desk.preview, name="preview"),
]
