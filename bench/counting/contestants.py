"""Who counts: Canvass inline, in processes and on Spark; hand-written SQL for DuckDB and for Spark.

Each prints how many people it counted in all cubes together, so that all can be seen to have done the same.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.counting.polls import ANSWERS, FIELDS, ITEMS, made
from canvass.warehouse import StoredPoll, count_polls, inline, processes
from canvass.warehouse.many import Executor


def canvass(executor: Executor) -> Callable[[list[StoredPoll]], float]:
    def count(polls: list[StoredPoll]) -> float:
        counted = count_polls(polls, by=list(FIELDS), executor=executor)
        return sum(
            float(one.cube.w.sum())
            for poll in counted
            for division, cubes in poll.cubes.items()
            if division
            for one in cubes
        )

    return count


def duckdb_sql(polls: list[StoredPoll]) -> float:
    """One statement a poll: unpivot the answers, then GROUPING SETS over the fields."""
    import duckdb

    database = duckdb.connect(config={"threads": 1, "memory_limit": "2GB"})
    return sum(
        weight
        for poll in polls
        for (weight,) in database.sql(f"SELECT sum(w) FROM ({_sql(poll)})").fetchall()
    )


def _sql(poll: StoredPoll) -> str:
    files = {one.kind: f"read_parquet('{poll.folder / one.name}')" for one in poll.manifest.files}
    questions = ", ".join(f"q{number}" for number in range(ITEMS))
    sets = ", ".join(f"(question, answer, {field})" for field in FIELDS)
    return f"""
        SELECT question, answer, {", ".join(FIELDS)},
               count(*) AS n, sum(weight) AS w, sum(weight * weight) AS w2
        FROM (UNPIVOT (SELECT {questions}, {", ".join(FIELDS)}, "#weight" AS weight
                       FROM {files["answers"]} POSITIONAL JOIN {files["profiles"]}
                       POSITIONAL JOIN {files["weights"]})
              ON {questions} INTO NAME question VALUE answer)
        WHERE answer BETWEEN 0 AND {ANSWERS - 1}
        GROUP BY GROUPING SETS ({sets})"""


def on_spark(polls: list[StoredPoll]) -> float:
    from canvass.warehouse.spark import spark

    with _session() as session:
        return canvass(spark(session.sparkContext))(polls)


def spark_sql(polls: list[StoredPoll]) -> float:
    """All polls in one statement; rows of the three files meet by number, which takes a join in Spark."""
    with _session() as session:
        rows = _spark_rows(session, polls)
        stack = ", ".join(f"'q{number}', q{number}" for number in range(ITEMS))
        sets = ", ".join(f"(poll, question, answer, {field})" for field in FIELDS)
        rows.createOrReplaceTempView("ballots")
        (found,) = session.sql(f"""
            SELECT sum(w) FROM (
              SELECT poll, question, answer, {", ".join(FIELDS)}, sum(weight) AS w, sum(weight * weight) AS w2
              FROM (SELECT poll, weight, {", ".join(FIELDS)}, stack({ITEMS}, {stack}) AS (question, answer)
                    FROM ballots)
              WHERE answer BETWEEN 0 AND {ANSWERS - 1}
              GROUP BY poll, question, answer, {", ".join(FIELDS)} GROUPING SETS ({sets}))""").collect()
        return float(found[0])


def _spark_rows(session: Any, polls: list[StoredPoll]) -> Any:
    from pyspark.sql import functions as F

    def read(kind: str) -> Any:
        paths = [str(poll.folder / poll.manifest.file(kind).name) for poll in polls]
        numbered = session.read.parquet(*paths)
        poll = F.regexp_extract(F.input_file_name(), r"poll-(\d+)/", 1).alias("poll")
        return numbered.select(poll, F.col("_metadata.row_index").alias("row"), *numbered.columns)

    found = read("answers").join(read("profiles"), ["poll", "row"]).join(read("weights"), ["poll", "row"])
    return found.withColumnRenamed("#weight", "weight")


def _session() -> Any:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "3g")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )


CONTESTANTS: dict[str, Callable[[list[StoredPoll]], float]] = {
    "Canvass, inline": canvass(inline),
    "Canvass, two processes": canvass(processes(2)),
    "Canvass on Spark": on_spark,
    "SQL in DuckDB": duckdb_sql,
    "SQL in Spark": spark_sql,
}


if __name__ == "__main__":
    name, folder, polls, ballots = sys.argv[1:]
    print(repr(CONTESTANTS[name](made(Path(folder), int(polls), int(ballots)))))
