"""The mail pump in a process of its own, to be killed: `python -m tests.faults.pumping`."""

import time

import django


def main() -> None:
    django.setup()
    from canvass.fieldwork import outbox
    from canvass.fieldwork.mail_pump import MailPump

    outbox.LEASE = 1  # seconds: what a killed pump held is taken up by the next one soon
    pump = MailPump(group=8, connections=2)
    while True:
        pump.run()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
