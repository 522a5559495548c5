"""Mail pumps to be killed, in forks of a process that has imported everything."""

import time

import django
from tests.forking import forking


def main() -> None:
    django.setup()
    from canvass.fieldwork import outbox
    from canvass.fieldwork.mail_pump import MailPump

    outbox.LEASE = -1  # seconds: what a killed pump held is taken up by the next one at once

    def pump_on(_line: str) -> None:
        pump = MailPump(group=8, connections=2)
        while True:
            pump.run()
            time.sleep(0.05)

    forking(pump_on)


if __name__ == "__main__":
    main()
