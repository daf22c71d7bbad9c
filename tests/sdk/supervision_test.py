"""Whoever runs Cumulite for others: a parent process, a container engine, systemd."""

import os
import select
import signal
import socket
import subprocess
import sys

import pytest

from support.server_process import PATIENCE, environment


def wait_for_end(pid):
    """Returns once the process has ended; it is no child of ours."""
    descriptor = os.pidfd_open(pid)
    try:
        assert select.select([descriptor], [], [], PATIENCE)[0], "it goes on"
    finally:
        os.close(descriptor)


def test_it_ends_with_a_parent_that_is_killed(binary, tmp_path):
    starter = (
        "import subprocess, sys, time\n"
        "server = subprocess.Popen([sys.argv[1], '--ephemeral', '--listen', '127.0.0.1:0', '--stop-with-stdin'],\n"
        "                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "while server.stdout.readline() != b'Ready.\\n': pass\n"
        "print(server.pid, flush=True)\n"
        "server.wait()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", starter, binary], env=environment(TMPDIR=str(tmp_path)), cwd=tmp_path,
        stdout=subprocess.PIPE, text=True,
    )
    server = int(parent.stdout.readline())
    parent.kill()
    parent.wait(PATIENCE)
    wait_for_end(server)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [], "an ephemeral server leaves nothing behind"


def test_health_is_the_exit_status(binary, start_server, tmp_path):
    def health(port):
        return subprocess.run(
            [binary, "health", "--listen", f"0.0.0.0:{port}"], cwd=tmp_path, env=environment(),
            capture_output=True, text=True, timeout=PATIENCE,
        )

    server = start_server()
    assert health(server.port).returncode == 0
    server.stop()
    gone = health(server.port)
    assert gone.returncode == 1
    assert str(server.port) in gone.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name == "cumulite-data") == []


@pytest.fixture
def manager(tmp_path):
    """The socket of a service manager: what arrives, a message each."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(PATIENCE)
        yield listener


def test_systemd_hears_of_start_life_and_stop(binary, tmp_path, manager):
    server = subprocess.Popen(
        [binary, "--ephemeral", "--listen", "127.0.0.1:0"], cwd=tmp_path, stdout=subprocess.DEVNULL,
        env=environment(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="200000", TMPDIR=str(tmp_path)),
    )
    try:
        assert manager.recv(100) == b"READY=1"
        assert manager.recv(100) == b"WATCHDOG=1"
        assert manager.recv(100) == b"WATCHDOG=1"
        os.kill(server.pid, signal.SIGSTOP)  # it hangs: systemd must not hear that it lives
        while True:
            manager.settimeout(0.5)
            try:
                manager.recv(100)  # what was under way
            except TimeoutError:
                break
        os.kill(server.pid, signal.SIGCONT)
        manager.settimeout(PATIENCE)
        assert manager.recv(100) == b"WATCHDOG=1"
    finally:
        server.terminate()
    assert server.wait(PATIENCE) == 0
    received = b""
    while received != b"STOPPING=1":
        received = manager.recv(100)
