"""A real Spark cluster on loopback, a master and two workers, gives what one process gives."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.ports import free_port
from tests.unit.warehouse.test_many import FIELDS, flat, same, stored  # noqa: F401

from canvass.warehouse import StoredPoll, WarehouseDamaged, count_polls
from canvass.warehouse.spark import spark

MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
LOOPBACK = "127.0.0.1"


@contextmanager
def daemon(log: Path, *arguments: str, ready: str) -> Iterator[None]:
    """A part of the cluster, once it says that it is ready; ended by its own process id."""
    import pyspark

    home = Path(pyspark.__file__).parent
    surroundings = os.environ | {"SPARK_HOME": str(home), "SPARK_WORKER_DIR": str(log.parent / "work")}
    with log.open("wb") as said:  # not a pipe: what nobody reads any more would fill it, and hold it up
        process = subprocess.Popen([home / "bin" / "spark-class", *arguments], stderr=said, env=surroundings)
    try:
        while ready not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory) -> Iterator[Path]:
    """A folder for whatever the cluster writes, named to each of its processes."""
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        patched.setenv("SPARK_LOCAL_IP", LOOPBACK)
        patched.setenv("JAVA_TOOL_OPTIONS", f"-Djava.io.tmpdir={folder} -XX:-UsePerfData")
        yield folder


@pytest.fixture(scope="module")
def context(surroundings):
    address = f"spark://{LOOPBACK}:{(port := free_port())}"
    where = ("--host", LOOPBACK, "--webui-port", "0")
    with ExitStack() as cluster:
        master = (MASTER, *where, "--port", str(port))
        cluster.enter_context(daemon(surroundings / "master.log", *master, ready="I have been elected"))
        for name in ("one.log", "two.log"):
            worker = (WORKER, *where, "--cores", "1", "--memory", "600m", address)
            cluster.enter_context(daemon(surroundings / name, *worker, ready="Successfully registered"))
        from pyspark import SparkConf, SparkContext

        settings = {
            "spark.driver.host": LOOPBACK,
            "spark.ui.enabled": "false",
            "spark.executor.memory": "500m",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        made = SparkContext(conf=SparkConf().setMaster(address).setAppName("x").setAll(settings.items()))
        while members(made) < 3:  # an executor is still on its way
            time.sleep(0.05)
        yield made
        made.stop()


def members(context) -> int:
    """How many processes hold data of this cluster: the driver and its executors."""
    return context._jsc.sc().getExecutorMemoryStatus().size()


def test_a_cluster_gives_what_one_process_gives(context, stored):  # noqa: F811
    found = flat(count_polls(stored, by=FIELDS, executor=spark(context)))

    same(found, flat(count_polls(stored, by=FIELDS)))


def test_both_workers_take_part(context):
    assert members(context) == 3  # the driver and two executors


def test_a_damaged_poll_is_told_in_the_same_sentence(context, stored, tmp_path):  # noqa: F811
    damaged = StoredPoll(tmp_path, stored[1].manifest)

    with pytest.raises(WarehouseDamaged, match="bring it back from a backup"):
        list(count_polls([stored[0], damaged], executor=spark(context)))


def test_no_polls_need_no_cluster():
    assert list(count_polls([], executor=spark(None))) == []
