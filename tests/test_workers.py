"""Work in several processes: order, faults, and what they cost."""

import os
import subprocess
import sys

import pytest

from site_builder.workers import Crew


def test_results_come_in_order_from_any_number_of_processes():
    pieces = [-number for number in range(30)]
    for jobs in (1, 2):
        with Crew(jobs) as crew:
            assert list(crew.spread(abs, pieces)) == list(range(30))


def test_a_fault_in_a_process_is_raised_here():
    with Crew(2) as crew, pytest.raises(ValueError, match="invalid literal"):
        list(crew.spread(int, ["1", "x", "2"]))


def test_without_a_number_there_is_one_for_each_core():
    assert 1 <= Crew().jobs <= (os.cpu_count() or 1)


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say")
def test_peak_memory():
    program = """
from site_builder.workers import Crew, peak_memory
assert peak_memory()["worker"] is None
with Crew(2) as crew:
    assert sum(map(len, crew.spread(bytes, [30_000_000, 1]))) == 30_000_001
peak = peak_memory()
assert 30 < peak["main"] < 180, peak
assert 30 < peak["worker"] < 180, peak
"""
    # What starts it is big: that is not to be counted.
    ballast = b"x" * 200_000_000
    done = subprocess.run([sys.executable, "-c", program], check=False, stderr=subprocess.PIPE)
    assert done.returncode == 0, (len(ballast), done.stderr.decode())
