"""What is written down of a fault: where it happened, and never a member's link."""

import logging


class WithoutLinks(logging.Filter):
    """Names the route of a failed request instead of its address, which may hold a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = "%s %s failed", (request.method, match.route if match else "an address")
        return True
