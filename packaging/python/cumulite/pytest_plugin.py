"""Fixtures for pytest; they come with the package, nothing needs to be imported."""

import pytest

import cumulite as package


@pytest.fixture(scope="session")
def cumulite():
    """One server for all tests of the run."""
    with package.server() as aws:
        yield aws


@pytest.fixture
def cumulite_reset(cumulite):
    """The same server, empty at the start of each test, with its variables in the environment."""
    cumulite.reset()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in cumulite.env.items():
            patch.setenv(name, value)
        yield cumulite
