"""The artefacts of scripts/package.sh, which must have run."""

import os
from pathlib import Path

import pytest

PACKAGES = Path(os.environ.get("CUMULITE_PACKAGES", Path(__file__).resolve().parents[2] / "build/packages"))


@pytest.fixture(scope="session")
def artefact():
    """artefact("*.deb") is the path of the one file of that pattern."""

    def find(pattern):
        found = sorted(PACKAGES.glob(pattern))
        assert len(found) == 1, f"{pattern}: {found}"
        return found[0]

    return find
