from django.urls import path

from canvass.panel.views import importing, join, mails, me, members, setup

app_name = "panel"
urlpatterns = [
    path("join/<slug:panel>/", join.sign_up, name="join"),
    path("join/<slug:panel>/done", join.signed_up, name="signed_up"),
    path("join/<slug:panel>/link", join.send_link, name="send_link"),
    path("join/<slug:panel>/link/sent", join.link_sent, name="link_sent"),
    path("confirm/<str:token>", join.confirm, name="confirm"),
    path("me/<str:token>/", me.me, name="me"),
    path("me/<str:token>/profile", me.profile, name="profile"),
    path("me/<str:token>/pause", me.pause, name="pause"),
    path("me/<str:token>/resume", me.resume, name="resume"),
    path("me/<str:token>/leave", me.leave, name="leave"),
    path("me/<str:token>/linking", me.linking, name="linking"),
    path("me/<str:token>/data", me.data, name="data"),
    path("me/<str:token>/erase", me.erase, name="erase"),
    path("desk/<slug:panel>/panel/", members.members, name="members"),
    path("desk/<slug:panel>/panel/member/<str:key>/", members.member, name="member"),
    path("desk/<slug:panel>/panel/member/<str:key>/address", members.show_address, name="show_address"),
    path("desk/<slug:panel>/panel/member/<str:key>/link", members.mail_link, name="mail_link"),
    path("desk/<slug:panel>/panel/member/<str:key>/standing", members.move, name="move"),
    path("desk/<slug:panel>/panel/growth", members.growth, name="growth"),
    path("desk/<slug:panel>/panel/export", members.export, name="export"),
    path("desk/<slug:panel>/panel/import", importing.upload, name="import"),
    path("desk/<slug:panel>/panel/import/apply", importing.apply, name="import_apply"),
    path("desk/<slug:panel>/panel/sign-up", setup.share, name="share"),
    path("desk/<slug:panel>/panel/consent", setup.consent, name="consent"),
    path("desk/<slug:panel>/panel/profile", setup.fields, name="fields"),
    path("desk/<slug:panel>/panel/profile/new", setup.new_field, name="new_field"),
    path("desk/<slug:panel>/panel/profile/<slug:name>/", setup.field, name="field"),
    path("desk/<slug:panel>/panel/profile/<slug:name>/remove", setup.remove_field, name="remove_field"),
    path("desk/<slug:panel>/team/mails/", mails.mails, name="mails"),
    path("desk/<slug:panel>/team/mails/<int:letter>/", mails.mail, name="mail"),
    path("desk/<slug:panel>/team/mails/<int:letter>/html", mails.html, name="mail_html"),
]
