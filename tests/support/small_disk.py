"""A disk that a test can fill up and empty again, below one directory and for the servers started on it only."""

import resource
import shlex
import subprocess
from pathlib import Path


def make_small_disk(directory, scratch, size):
    """A tmpfs in a mount namespace of its own, which `unshare` gives to root and mostly to others, too; where it
    does not, a limit on the size of files stands in. None where neither is allowed."""
    for flags, enter in (("-m", "-m"), ("-Urm", "-U --preserve-credentials -m")):
        holder = subprocess.Popen(
            ["unshare", flags, "sh", "-c",
             f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(str(directory))} && echo mounted && exec sleep infinity"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if holder.stdout.readline() == b"mounted\n":
            return Tmpfs(directory, scratch, holder, enter)
        holder.wait()
        holder.stdout.close()
    return FileSizeLimit(scratch) if FileSizeLimit.allowed() else None


def write_wrapper(scratch, command, binary):
    """A program that runs `binary` by way of `command`, as the same process."""
    wrapper = scratch / "wrapper.sh"
    wrapper.write_text(f'#!/bin/sh\n{command} {shlex.quote(binary)} "$@"\n')
    wrapper.chmod(0o755)
    return str(wrapper)


class Tmpfs:
    """Lives as long as the process that holds its mount namespace."""

    holds_space = True

    def __init__(self, directory, scratch, holder, enter):
        self._scratch = scratch
        self._holder = holder
        self._enter = enter
        self._filler = Path(f"/proc/{holder.pid}/root{directory}/filler")

    def wrap(self, binary):
        return write_wrapper(self._scratch, f"exec nsenter -t {self._holder.pid} {self._enter}", binary)

    def fill(self, _server):
        piece = b"\0" * 4096
        with self._filler.open("ab", buffering=0) as filler:
            try:
                while filler.write(piece):
                    pass
            except OSError:
                pass  # full

    def free(self, _server):
        self._filler.unlink()

    def close(self):
        self._holder.kill()
        self._holder.wait()
        self._holder.stdout.close()


class FileSizeLimit:
    """RLIMIT_FSIZE of the server, which must not be ended by the signal that comes with it."""

    holds_space = False  # what is deleted makes no room

    LIMIT = 64 << 10  # beyond what a log needs, below every write-ahead log

    def __init__(self, scratch):
        self._scratch = scratch

    @staticmethod
    def allowed():
        return resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY

    def wrap(self, binary):
        return write_wrapper(self._scratch, "trap '' XFSZ\nexec", binary)

    def fill(self, server):
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (self.LIMIT, resource.RLIM_INFINITY))

    def free(self, server):
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self):
        pass
