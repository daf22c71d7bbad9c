"""The Debian package, installed below a folder of its own, and by dpkg in a Debian 12 of its own."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def installed(artefact, tmp_path_factory):
    folder = tmp_path_factory.mktemp("deb")
    subprocess.run(["dpkg-deb", "-x", artefact("*.deb"), folder], check=True)
    return folder


def test_it_depends_on_glibc_alone(artefact):
    field = subprocess.run(["dpkg-deb", "-f", artefact("*.deb"), "Depends"], capture_output=True, text=True, check=True)
    assert field.stdout.strip() == "libc6 (>= 2.31)"


def test_the_program_runs(installed):
    version = subprocess.run([installed / "usr/bin/cumulite", "version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("cumulite ")


def test_the_unit_is_sound_and_closed_off(installed):
    verify = ["systemd-analyze", "verify", "--man=no", f"--root={installed}", "cumulite.service"]
    if not os.path.exists("/usr/bin/systemd-analyze"):
        pytest.skip("no systemd here")
    done = subprocess.run(verify, capture_output=True, text=True)
    # An empty root has none of the targets that the unit comes after.
    lines = [line for line in done.stderr.splitlines() if "cumulite.service" in line]
    complaints = [line for line in lines if not line.endswith("target not found.")]
    assert complaints == []


@pytest.fixture(scope="module")
def debian(tmp_path_factory):
    """The root of a small Debian 12."""
    if shutil.which("mmdebstrap") is None or os.geteuid() != 0:
        pytest.skip("mmdebstrap and root are needed for a Debian of its own")
    root = tmp_path_factory.mktemp("debian")
    subprocess.run(["mmdebstrap", "--quiet", "--variant=essential", "bookworm", root], check=True)
    return root


def test_dpkg_installs_it_and_takes_it_away_whole(artefact, debian):
    def inside(*command):
        return subprocess.run(["chroot", debian, *command], capture_output=True, text=True, check=True).stdout

    shutil.copy(artefact("*.deb"), debian / "tmp/cumulite.deb")
    inside("dpkg", "-i", "/tmp/cumulite.deb")
    assert inside("/usr/bin/cumulite", "version").startswith("cumulite ")
    assert inside("dpkg", "--verify", "cumulite") == ""
    inside("dpkg", "--purge", "cumulite")
    assert not (debian / "usr/bin/cumulite").exists()
