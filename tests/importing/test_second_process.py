"""A second process beside the first: the same answers in the same order, and nothing left behind."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings

from articles.importing import deriving, second_process
from articles.importing.columns import Plan
from articles.importing.records import RawDocument
from articles.importing.second_process import Derivers
from tests.importing.crawls import page
from tests.importing.samples import PAGE


def document(number, content=b"", media_type="text/html", **more):
    content = content or page(number).encode()
    return RawDocument("a", f"offset {number}", content, media_type, "utf-8", "declared", "", **more)


ITEMS = [document(number) for number in range(60)]


@pytest.fixture
def derivers(monkeypatch):
    monkeypatch.setattr(second_process, "WORTH_IT", 30)
    made = Derivers(Plan({}))
    yield made
    made.close()


def test_two_processes_give_the_answers_of_one_in_the_same_order(derivers):
    mixed = [
        *ITEMS[:30],
        RawDocument("a", "", PAGE.encode(), "text/plain", "utf-8", "utf-8", PAGE),
        *ITEMS[30:],
    ]
    together = derivers.derive(mixed)
    assert derivers.pool is not None
    assert together == [deriving.derive(item, Plan({})) for item in mixed]


def test_few_pages_need_no_second_process(derivers):
    assert len(derivers.derive(ITEMS[:20])) == 20
    assert derivers.pool is None


def test_a_second_process_that_dies_costs_nothing(derivers):
    derivers.derive(ITEMS)
    for process in list(derivers.pool._processes.values()):
        process.kill()
        process.join()
    assert derivers.derive(ITEMS) == [deriving.derive(item, Plan({})) for item in ITEMS]


def test_a_stumble_over_there_costs_one_item(derivers):
    answers = derivers.derive([*ITEMS[:59], document(7, web="no capture")])
    assert [isinstance(answer, AttributeError) for answer in answers] == [False] * 59 + [True]


KILLED = """
import os, signal, time
from articles.importing import second_process
from articles.importing.columns import Plan
from tests.importing.test_second_process import ITEMS

if __name__ == "__main__":
    second_process.WORTH_IT = 1
    derivers = second_process.Derivers(Plan({}))
    derivers.derive(ITEMS)
    print(*derivers.pool._processes, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_second_process_ends_when_the_first_is_killed(tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=settings.BASE_DIR, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
    )  # fmt: skip
    second = int(done.stdout)
    deadline = time.monotonic() + 30
    while is_alive(second) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_alive(second)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
