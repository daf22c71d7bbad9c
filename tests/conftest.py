"""Fixtures of the SDK and crash tests: servers of the binary named by CUMULITE_BINARY, and clients for them."""

import itertools
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from support.server_process import ServerProcess  # noqa: E402


@pytest.fixture(scope="session")
def binary():
    path = os.environ.get("CUMULITE_BINARY")
    assert path, "set CUMULITE_BINARY, or run scripts/test.sh"
    return str(Path(path).resolve())


@pytest.fixture(scope="session")
def server(binary, tmp_path_factory):
    """One server for all tests that only need some server; they use names of their own."""
    started = ServerProcess(binary, tmp_path_factory.mktemp("server"))
    yield started
    started.stop()


@pytest.fixture
def start_server(binary, tmp_path):
    """Starts servers on the test's own directory; what still runs at the end is ended in order."""
    started = []

    def start(*flags, env=None):
        started.append(ServerProcess(binary, tmp_path, *flags, env=env))
        return started[-1]

    yield start
    for process in started:
        if not process.ended:  # one that crashed fails here
            process.stop()


_numbers = itertools.count(1)


@pytest.fixture
def name():
    """A bucket or queue name that no other test uses."""
    return f"test-{next(_numbers)}"
