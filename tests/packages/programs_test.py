"""The portable and the static program, each from its archive."""

import hashlib
import json
import os
import re
import subprocess
import tarfile
import urllib.error
import urllib.request

import pytest

from conftest import PACKAGES
from support.server_process import ServerProcess, environment

MIB = 1 << 20
OLDEST_GLIBC = (2, 31)  # Debian 11, Ubuntu 20.04


@pytest.fixture(scope="session", params=["", "-static"], ids=["portable", "static"])
def program(request, artefact, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    with tarfile.open(artefact(f"cumulite-*-linux-{os.uname().machine}{request.param}.tar.gz")) as archive:
        archive.extractall(folder)
    return next(folder.glob("*/cumulite"))


def symbols_of(program):
    return subprocess.run(["objdump", "-T", program], capture_output=True, text=True).stdout


def test_no_symbol_is_newer_than_the_oldest_glibc(program):
    wanted = {tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_([0-9.]+)", symbols_of(program))}
    assert max(wanted, default=(0,)) <= OLDEST_GLIBC
    assert "GLIBCXX" not in symbols_of(program)


def test_only_glibc_is_a_shared_library(program):
    dynamic = subprocess.run(["objdump", "-p", program], capture_output=True, text=True, check=True).stdout
    needed = {name.split(".so")[0] for name in re.findall(r"NEEDED\s+(\S+)", dynamic)}
    assert needed <= {"libc", "libm", "libpthread", "libdl", "ld-linux-x86-64", "ld-linux-aarch64"}


def test_it_is_small(program):
    assert program.stat().st_size <= 12 * MIB


def test_it_carries_the_licences_of_what_is_in_it(program):
    names = {path.name for path in (program.parent / "licences").iterdir()}
    assert {"libssl-dev", "libsqlite3-dev", "fmtlib", "spdlog", "simdjson", "mimalloc"} <= names
    assert (program.parent / "LICENSE").read_text().lstrip().startswith("Apache License")


def test_it_serves_over_both_schemes(program, tmp_path):
    server = ServerProcess(program, tmp_path)
    try:
        assert server.admin("GET", "/_cumulite/health")[0] == 200
        assert server.admin("GET", "/_cumulite/health", url=server.https_url)[0] == 200
        # An error is an exception inside: the unwinder must find its tables.
        missing = urllib.request.Request(f"{server.url}/?Action=GetQueueUrl&Version=2012-11-05&QueueName=none", method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(missing)
        assert "NonExistentQueue" in refused.value.read().decode()
    finally:
        server.stop()


def test_the_static_program_needs_nothing_around_it(artefact, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("chroot wants root")
    with tarfile.open(artefact("cumulite-*-static.tar.gz")) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/cumulite"))
        (tmp_path / "root/etc").mkdir(parents=True)
        (tmp_path / "root/cumulite").write_bytes(archive.extractfile(member).read())
    (tmp_path / "root/cumulite").chmod(0o755)
    (tmp_path / "root/etc/hosts").write_text("127.0.0.1 here.test\n")
    # By name, so that the resolver has to work; as nobody, as the image has it.
    server = subprocess.Popen(
        ["/usr/sbin/chroot", "--userspec=65532:65532", tmp_path / "root", "/cumulite", "--listen", "here.test:0", "--ephemeral"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"TMPDIR": "/"},
    )
    try:
        os.chmod(tmp_path / "root", 0o777)
        line = server.stdout.readline()
        assert re.search(r"http://here\.test:\d+", line), line + server.stderr.read()
    finally:
        server.terminate()
        server.wait(60)


def test_sums_and_contents_are_told():
    lines = (PACKAGES / "SHA256SUMS").read_text().splitlines()
    assert {line.split()[1] for line in lines} == {path.name for path in PACKAGES.iterdir()} - {"SHA256SUMS"}
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((PACKAGES / name).read_bytes()).hexdigest() == digest
    document = json.loads(next(PACKAGES.glob("*.spdx.json")).read_text())
    assert {"OpenSSL", "SQLite", "fmt", "simdjson", "mimalloc"} <= {package["name"] for package in document["packages"]}
