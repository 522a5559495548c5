from django.urls import path

from canvass.coding.views import (
    about,
    codebook,
    coders,
    exchange,
    history,
    masking,
    node,
    numbers,
    tab,
    workbench,
)

app_name = "coding"
POLL = "desk/<slug:panel>/polls/<slug:poll>/"
STUDY = "desk/<slug:panel>/studies/<slug:study>"
urlpatterns = [
    path(f"{POLL}words", tab.tab, name="tab"),
    path(f"{POLL}words/start", tab.start, name="start"),
    path(STUDY, workbench.study, name="study"),
    path(f"{STUDY}/answers/<str:answer>", workbench.act, name="act"),
    path(f"{STUDY}/offers", workbench.offers, name="offers"),
    path(f"{STUDY}/steps", workbench.step, name="step"),
    path(f"{STUDY}/take-in", tab.take_in, name="take_in"),
    path(f"{STUDY}/exchange", exchange.exchange, name="exchange"),
    path(f"{STUDY}/exchange/<str:kind>", exchange.export, name="export"),
    path(f"{STUDY}/numbers", numbers.numbers, name="numbers"),
    path(f"{STUDY}/masking", masking.masking, name="masking"),
    path(f"{STUDY}/masking/decide", masking.decide, name="decide_mask"),
    path(f"{STUDY}/history", history.history, name="history"),
    path(f"{STUDY}/about", about.about, name="about"),
    path(f"{STUDY}/coders", coders.coders, name="coders"),
    path(f"{STUDY}/coders/compare", coders.compare, name="compare"),
    path(f"{STUDY}/coders/close", coders.close, name="close_pass"),
    path(f"{STUDY}/coders/<slug:comparison>", coders.compared, name="compared"),
    path(f"{STUDY}/codebook", codebook.codebook, name="codebook"),
    path(f"{STUDY}/codebook/shape", codebook.shape, name="shape"),
    path(f"{STUDY}/codebook/<slug:node>", node.node, name="node"),
]
