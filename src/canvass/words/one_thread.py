"""Sums in one order: the last digits of a matrix product change with the number of threads that share it."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, linear algebra uses one thread, so that the same input gives the same bytes."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield
