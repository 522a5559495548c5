"""A web worker ends when the server that started it is gone: killed, or out of memory. Left alone it would
hold the port and serve on, while nothing opens or closes polls or sends mail."""

import multiprocessing
import os
import signal
import threading
import time

LAST_MOMENT = 10.0  # seconds in which requests under way are finished


def end_with_parent() -> None:
    """Watch the process that started this one, if it did so as a worker; end when it is gone."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(LAST_MOMENT)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
