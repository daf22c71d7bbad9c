"""A cumulite process for tests: started on a free port, waited for by its Ready line, ended by its pid."""

import os
import re
import selectors
import signal
import ssl
import subprocess
import time
import urllib.request
from pathlib import Path

PATIENCE = 60  # seconds; generous, since a sanitized build on a busy machine is slow
SANITIZER = re.compile(rb"AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:")
OUR_FAULT = re.compile(rb"^\S+Z error .*$", re.MULTILINE)


def environment(**variables):
    """What every child process sees: nothing of the developer's AWS or proxy settings."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
    return {**kept, **variables}


class ServerProcess:
    """A running server. `flags` come after --listen and --data-dir and may override them."""

    def __init__(self, binary, directory, *flags, env=None):
        self.directory = Path(directory)
        self.data_dir = self.directory / "data"
        self.log = self.directory / "stderr.log"
        self.ended = False  # by this test
        place = [] if "--ephemeral" in flags else ["--data-dir", str(self.data_dir)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [binary, "serve", "--listen", "127.0.0.1:0", *place, *flags],
                cwd=self.directory,
                env=environment(TMPDIR=str(self.directory), **(env or {})),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self.announcement = self._wait_until_ready()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", self.announcement).group(1))
        self.url = f"http://127.0.0.1:{self.port}"
        self.https_url = f"https://127.0.0.1:{self.port}"

    @property
    def pid(self):
        return self._process.pid

    @property
    def certificate(self):
        """The self-signed certificate, which is its own authority."""
        return self.data_dir / "tls" / "cert.pem"

    def _wait_until_ready(self):
        output = b""
        deadline = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while not output.endswith(b"Ready.\n"):
                if not selector.select(deadline - time.monotonic()):
                    self.kill()
                    raise AssertionError(f"no Ready line in {PATIENCE} s: {output!r}")
                piece = os.read(self._process.stdout.fileno(), 4096)
                if not piece:
                    raise AssertionError(f"exited with {self._process.wait()}: {self.log.read_text()}")
                output += piece
        return output.decode()

    def admin(self, method, path, body=None, url=None):
        """One request to the admin API; gives the status and the body."""
        request = urllib.request.Request((url or self.url) + path, data=body, method=method)
        context = ssl.create_default_context(cafile=self.certificate) if url else None
        with urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        ).open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()

    def advance_clock(self, by):
        self.admin("POST", "/_cumulite/clock", b'{"advance":"%s"}' % by.encode())

    def stop(self, may_log_faults=False):
        """SIGTERM: it must end in order, and must not have logged a fault of its own unless the test made it."""
        self.ended = True
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(PATIENCE)
        self._process.stdout.close()
        log = self.log.read_bytes()
        assert not SANITIZER.search(log), log.decode(errors="replace")
        assert status == 0, f"exit status {status}: {log.decode(errors='replace')}"
        assert may_log_faults or not OUR_FAULT.search(log), OUR_FAULT.search(log).group().decode(errors="replace")

    def kill(self):
        """kill -9: no chance to clean up. What it had logged until then must still be no sanitizer's."""
        self.ended = True
        self._process.kill()
        self._process.wait(PATIENCE)
        self._process.stdout.close()
        assert not SANITIZER.search(self.log.read_bytes())

    @property
    def running(self):
        return self._process.poll() is None
