"""What runs in the background, and how often."""

from canvass.analysis import due as counting
from canvass.config.background import Pump
from canvass.fieldwork import keys_dying
from canvass.fieldwork.mail_pump import MailPump
from canvass.library import due as library
from canvass.panel import due as panels
from canvass.polls import due

PUMPS: tuple[Pump, ...] = (
    Pump("open and close polls", 5.0, due.move_on),
    Pump("send mail", 2.0, MailPump().run),
    Pump("compare desk and ballots", 60.0, due.compare_stores),
    Pump("look after the panels", 3600.0, panels.look_after),
    Pump("destroy the keys of polls long over", 3600.0, keys_dying.destroy_due_keys),
    Pump("count closed polls", 10.0, counting.count_closed_polls),
    Pump("show members the last results", 60.0, library.hand_over_all),
)
