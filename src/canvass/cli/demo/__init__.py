"""The demo: two years of an invented panel, the same for a given day.

`make_demo(today)` is pure and knows no Django: it returns a `DemoPlan` of frozen values.
"""

from canvass.cli.demo.maker import make_demo
from canvass.cli.demo.plan import DemoField, DemoHandIn, DemoMember, DemoPlan, DemoPoll, Stage

__all__ = ["DemoField", "DemoHandIn", "DemoMember", "DemoPlan", "DemoPoll", "Stage", "make_demo"]
