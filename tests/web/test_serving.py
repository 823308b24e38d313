"""What a process does before it serves."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys

import pytest

from quizapp.web.serving import leave_alone_what_stays

HASHES_IN_MANY_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from quizapp.services.passwords import Passwords
from quizapp.web.serving import give_memory_back

give_memory_back()
passwords = Passwords("pepper")
with ThreadPoolExecutor(16) as pool:
    list(pool.map(passwords.hash_password, map(str, range(16))))
with open("/proc/self/statm") as statm:
    print(int(statm.read().split()[1]) * int(sys.argv[1]))
"""


@pytest.fixture
def unfrozen():
    yield
    gc.unfreeze()


def test_what_was_loaded_is_left_to_itself(unfrozen):
    before = gc.get_freeze_count()

    leave_alone_what_stays()

    assert gc.get_freeze_count() > before


def test_the_memory_of_hashing_is_given_back():
    page_bytes = str(resource.getpagesize())

    done = subprocess.run(
        [sys.executable, "-c", HASHES_IN_MANY_THREADS, page_bytes], capture_output=True, text=True, check=True
    )

    # Sixteen threads that each keep the 19 MB of a hash would hold 300.
    assert int(done.stdout) < 150_000_000
