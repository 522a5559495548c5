from django.urls import path

from canvass.fieldwork import previewing

app_name = "fieldwork"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
urlpatterns = [
    path(f"{POLL}preview", previewing.preview, name="preview"),
]
