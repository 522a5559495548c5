"""What runs in the background, and how often."""

from canvass.config.background import Pump

PUMPS: tuple[Pump, ...] = ()
