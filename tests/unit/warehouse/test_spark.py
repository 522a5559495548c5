"""A real Spark cluster on loopback, a master and two workers, gives what one process gives."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.unit.warehouse.test_many import FIELDS, flat, same, stored  # noqa: F401

from canvass.warehouse import StoredPoll, WarehouseDamaged, count_polls
from canvass.warehouse.spark import spark

MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as held:
        held.bind((LOOPBACK, 0))
        return held.getsockname()[1]


@contextmanager
def daemon(folder: Path, *arguments: str, ready: str) -> Iterator[None]:
    """A part of the cluster, until it says that it is ready; ended by its own process id."""
    import pyspark

    home = Path(pyspark.__file__).parent
    surroundings = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK}
    surroundings |= {"SPARK_WORKER_DIR": str(folder / "work"), "PYSPARK_PYTHON": sys.executable}
    process = subprocess.Popen(
        [home / "bin" / "spark-class", *arguments], stderr=subprocess.PIPE, text=True, env=surroundings
    )
    try:
        said = []
        while (line := process.stderr.readline()) and ready not in line:
            said.append(line)
        assert line, "".join(said)
        yield
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    address = f"spark://{LOOPBACK}:{(port := free_port())}"
    where = ("--host", LOOPBACK, "--webui-port", "0")
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": LOOPBACK}
    with ExitStack() as cluster:
        cluster.enter_context(
            daemon(folder, MASTER, *where, "--port", str(port), ready="I have been elected")
        )
        for _ in range(2):
            worker = (WORKER, *where, "--cores", "1", "--memory", "600m", address)
            cluster.enter_context(daemon(folder, *worker, ready="Successfully registered"))
        from pyspark import SparkConf, SparkContext

        settings = {
            "spark.driver.host": LOOPBACK,
            "spark.ui.enabled": "false",
            "spark.executor.memory": "500m",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        made = SparkContext(conf=SparkConf().setMaster(address).setAppName("x").setAll(settings.items()))
        yield made
        made.stop()


def test_a_cluster_gives_what_one_process_gives(context, stored):  # noqa: F811
    found = flat(count_polls(stored, by=FIELDS, executor=spark(context)))

    same(found, flat(count_polls(stored, by=FIELDS)))


def test_both_workers_take_part(context):
    hosts = context._jsc.sc().getExecutorMemoryStatus().size()

    assert hosts == 3  # the driver and two executors


def test_a_damaged_poll_is_told_in_the_same_sentence(context, stored, tmp_path):  # noqa: F811
    damaged = StoredPoll(tmp_path, stored[1].manifest)

    with pytest.raises(WarehouseDamaged, match="bring it back from a backup"):
        list(count_polls([stored[0], damaged], executor=spark(context)))


def test_no_polls_need_no_cluster():
    assert list(count_polls([], executor=spark(None))) == []
