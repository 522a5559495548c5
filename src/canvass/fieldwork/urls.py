from django.urls import path

from canvass.fieldwork import previewing
from canvass.fieldwork.views import links, mailing, mails, tab

app_name = "fieldwork"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
MAILS = "desk/<slug:panel>/team/mails/invitations/"
KEPT = f"{MAILS}<slug:poll>/<str:member>/<int:round>/"
LINK = "join/<slug:panel>/poll/<slug:poll>/link"
urlpatterns = [
    path(f"{POLL}preview", previewing.preview, name="preview"),
    path(f"{POLL}fieldwork", tab.tab, name="tab"),
    path(f"{POLL}fieldwork/live", tab.live, name="live"),
    path(f"{POLL}fieldwork/invite", mailing.invite, name="invite"),
    path(f"{POLL}fieldwork/remind", mailing.remind, name="remind"),
    path(f"{POLL}fieldwork/mailing/<int:mailing>/drop", mailing.drop, name="drop"),
    path(f"{POLL}fieldwork/mail", mailing.mail, name="mail"),
    path(f"{POLL}fieldwork/mail/html", mailing.mail_html, name="mail_html"),
    path(MAILS, mails.index, name="invitations"),
    path(KEPT, mails.invitation, name="invitation"),
    path(f"{KEPT}html", mails.html, name="invitation_html"),
    path("answers/<str:token>", links.answers, name="answers"),
    path(LINK, links.ballot, name="ballot_link"),
    path(f"{LINK}/sent", links.ballot_sent, name="ballot_link_sent"),
]
