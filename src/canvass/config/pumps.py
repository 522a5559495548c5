"""What runs in the background, and how often."""

from canvass.config.background import Pump
from canvass.fieldwork.mail_pump import MailPump
from canvass.polls import due

PUMPS: tuple[Pump, ...] = (
    Pump("open and close polls", 5.0, due.move_on),
    Pump("send mail", 2.0, MailPump().run),
    Pump("compare desk and ballots", 60.0, due.compare_stores),
)
