from django.apps import AppConfig


class MemberConfig(AppConfig):
    name = "canvass.member"
