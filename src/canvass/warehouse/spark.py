"""Polls counted on a Spark cluster, for panels that one machine is too small for.

Needs the extra `canvass-panel[spark]` here, Canvass itself on every worker, and the polls' folders under the
same paths on all of them (a shared disk).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from canvass.warehouse.many import Executor, Outcome, StoredPoll, Work

SLICES_A_CORE = 4  # so that one slow poll does not hold up the rest


def spark(context: Any) -> Executor:
    """The polls spread over the cores of a cluster.

    context: a pyspark SparkContext, whose master and memory are the caller's to set.
    """

    def execute(work: Work, polls: Sequence[StoredPoll]) -> Iterable[Outcome]:
        if not polls:
            return iter(())
        slices = min(len(polls), context.defaultParallelism * SLICES_A_CORE)

        def partition(part: Iterator[StoredPoll]) -> Iterator[Outcome]:
            return map(work, part)

        counted = context.parallelize(polls, slices).mapPartitions(partition)
        found: Iterator[Outcome] = counted.toLocalIterator(prefetchPartitions=True)
        return found

    return execute
