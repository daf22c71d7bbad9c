"""Cumulite in tests: a server of one's own that ends with the process that started it, however that ends.

    import cumulite

    with cumulite.server() as aws:
        sqs = aws.client("sqs")          # when boto3 is installed
        sqs.create_queue(QueueName="orders")
        aws.advance("15m")
        aws.reset()
"""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

__all__ = ["Cumulite", "CumuliteError", "binary", "server"]

binary = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cumulite")

REGION = "us-east-1"


class CumuliteError(Exception):
    """The server did not start, or refused an administrative call."""


class Cumulite:
    """A running server. Use it as a context manager, or call stop()."""

    def __init__(self, flags=(), data_dir=None, timeout=10.0, log=False):
        where = ["--ephemeral"] if data_dir is None else ["--data-dir", os.fspath(data_dir)]
        command = [binary, "serve", "--listen", "127.0.0.1:0", "--stop-with-stdin", *where, *flags]
        # Its standard input is a pipe of ours: it closes when this process ends, even by SIGKILL.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if log else subprocess.DEVNULL,
            text=True,
        )
        self.endpoint = self._wait_until_ready(timeout)

    def _wait_until_ready(self, timeout):
        late = threading.Timer(timeout, self._process.kill)
        late.start()
        try:
            output = ""
            for line in self._process.stdout:
                output += line
                if line == "Ready.\n":
                    return re.search(r"http://\S+", output).group()
        finally:
            late.cancel()
        self.stop()
        raise CumuliteError(f"cumulite did not become ready: exit status {self._process.returncode}\n{output}")

    @property
    def env(self):
        """The variables by which SDKs and the AWS CLI find the server."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }

    def client(self, service, **options):
        """A boto3 client of the service that talks to this server."""
        return self._boto3("client", service, options)

    def resource(self, service, **options):
        """A boto3 resource of the service that talks to this server."""
        return self._boto3("resource", service, options)

    def _boto3(self, kind, service, options):
        import boto3

        defaults = {
            "endpoint_url": self.endpoint,
            "region_name": REGION,
            "aws_access_key_id": "test",
            "aws_secret_access_key": "test",
        }
        return getattr(boto3.session.Session(), kind)(service, **{**defaults, **options})

    def reset(self, **what):
        """Drops all state, or that of a service=, account= or region=."""
        query = urllib.parse.urlencode(what)
        self._post("/_cumulite/reset" + (f"?{query}" if query else ""), b"")

    def advance(self, by):
        """Moves the server's clock: "15m", "36h", "7d", or a number of seconds."""
        if isinstance(by, (int, float)):
            by = f"{int(by)}s"
        self._post("/_cumulite/clock", json.dumps({"advance": by}).encode())

    def _post(self, path, body):
        request = urllib.request.Request(self.endpoint + path, data=body, method="POST")
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            direct.open(request, timeout=60).read()
        except urllib.error.HTTPError as error:
            raise CumuliteError(f"{path} answered {error.code}: {error.read().decode()}") from None

    def stop(self):
        """Stops the server and waits for its end."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def server(flags=(), data_dir=None, timeout=10.0, log=False):
    """Starts a server on a free port; returns once it answers.

    flags: further flags of `cumulite serve`; data_dir: where state is kept (else nowhere); log: let the server's
    log through to standard error.
    """
    return Cumulite(flags, data_dir, timeout, log)


def main():
    """The command `cumulite`."""
    os.execv(binary, [binary, *sys.argv[1:]])
