"""Every refusal of strict mode, as people meet it: the AWS CLI must say what is wrong, and not crash over it."""

import http.client
import re
import subprocess
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config

from conftest import AWS, PATIENCE, client_environment
from support.server_process import ServerProcess

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "token"
MARK = "tamper-with-me"  # in each request's body

COMMANDS = {
    "sqs": ["sqs", "create-queue", "--queue-name", MARK],
    "sns": ["sns", "create-topic", "--name", MARK],
    "dynamodb": ["dynamodb", "describe-table", "--table-name", MARK],
    "s3": ["s3", "cp", "file", "s3://bucket/key"],
    "s3api": ["s3api", "put-object", "--bucket", "bucket", "--key", "key", "--body", "file"],
    "sts": ["sts", "get-federation-token", "--name", MARK],
    "elbv2": ["elbv2", "describe-load-balancers", "--names", MARK],
}
JSON, S3 = {"dynamodb"}, {"s3", "s3api"}
FAILED = re.compile(r"An error occurred \((\w+)\) when calling the \w+ operation(?: \([^)]*\))?: (.*\S)")
# What the client's clock says is moved where Python starts, before the CLI is loaded.
SHIFT = """
import datetime
class Shifted(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return super().utcnow() - datetime.timedelta(hours=2)
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) - datetime.timedelta(hours=2)
datetime.datetime = Shifted
"""


class Meddler(ThreadingHTTPServer):
    """Stands between a client and the server, and changes what goes to the server."""

    def __init__(self, port, change):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = [(name, value) for name, value in self.headers.items() if name.lower() != "expect"]
                headers, body = change(headers, body)
                upstream = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in headers:
                    upstream.putheader(name, value)
                upstream.endheaders(body)
                answer = upstream.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                upstream.close()

            do_GET = do_POST = do_PUT = do_HEAD = forward

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.daemon_threads = True
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


def client(server, service):
    return boto3.client(service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=KEY,
                        aws_secret_access_key=SECRET, config=Config(proxies={}))


@pytest.fixture(scope="module")
def strict(binary, tmp_path_factory):
    server = ServerProcess(
        binary, tmp_path_factory.mktemp("strict"), "--ephemeral", "--auth", "strict",
        "--credential", f"{KEY}:{SECRET}", "--admin-token", TOKEN,
    )
    client(server, "s3").create_bucket(Bucket="bucket")
    yield server
    server.stop()


@pytest.fixture
def refused(strict, tmp_path):
    """Runs a service's command, which must fail in order; gives the error's code and message."""

    def run(service, *flags, url=None, **variables):
        (tmp_path / "file").write_text(MARK)
        env = client_environment(tmp_path, AWS_MAX_ATTEMPTS="1", AWS_RETRY_MODE="standard")
        env.update({"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, **variables})
        done = subprocess.run(
            [AWS, "--endpoint-url", url or strict.url, *flags, *COMMANDS[service]],
            env=env, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE,
        )
        said = done.stdout + done.stderr
        assert "Traceback" not in said and "NoneType" not in said, said
        assert done.returncode == (1 if service == "s3" else 254), f"{done.returncode}: {said}"
        found = FAILED.search(said)
        assert found, said
        return found.groups()

    return run


@pytest.fixture
def meddled(strict, refused):
    def run(service, change):
        meddler = Meddler(strict.port, change)
        try:
            return refused(service, url=meddler.url)
        finally:
            meddler.shutdown()
            meddler.server_close()

    return run


def expect(service, said, query, json, s3):
    wanted = s3 if service in S3 else json if service in JSON else query
    assert said[0] == wanted, said


every = pytest.mark.parametrize("service", COMMANDS)


@every
def test_an_unknown_key(refused, service):
    said = refused(service, AWS_ACCESS_KEY_ID="AKIAIOSFODNN7UNKNOWN")
    expect(service, said, "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId")


@every
def test_a_wrong_secret(refused, service):
    said = refused(service, AWS_SECRET_ACCESS_KEY="another")
    expect(service, said, "SignatureDoesNotMatch", "InvalidSignatureException", "SignatureDoesNotMatch")
    assert "signature we calculated does not match" in said[1]


@every
def test_a_skewed_clock(refused, tmp_path, service):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SHIFT)
    said = refused(service, PYTHONPATH=str(tmp_path / "site"))
    expect(service, said, "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed")


@every
def test_no_signature(refused, service):
    said = refused(service, "--no-sign-request")
    # A queue's or a topic's policy might have let anybody.
    judged = {"sqs": "AccessDenied", "sns": "AuthorizationError"}
    query = judged.get(service, "MissingAuthenticationToken")
    expect(service, said, query, "MissingAuthenticationTokenException", "AccessDenied")


@every
def test_a_body_that_was_changed_on_the_way(meddled, service):
    def change(headers, body):
        assert MARK.encode() in body
        return headers, body.replace(MARK.encode(), MARK.upper().encode())

    said = meddled(service, change)
    if service in S3:
        assert said[0] in ("XAmzContentSHA256Mismatch", "BadDigest"), said
    else:
        expect(service, said, "SignatureDoesNotMatch", "InvalidSignatureException", None)


@every
def test_a_header_that_was_put_in_on_the_way(meddled, service):
    said = meddled(service, lambda headers, body: ([*headers, ("x-amz-acl", "public-read")], body))
    expect(service, said, "SignatureDoesNotMatch", "InvalidSignatureException", "AccessDenied")
    assert "not signed" in said[1] if service in S3 else "must be a 'SignedHeader'" in said[1]


@every
def test_credentials_that_have_ended(strict, refused, service):
    made = client(strict, "sts").get_session_token(DurationSeconds=900)["Credentials"]
    advance = urllib.request.Request(f"{strict.url}/_cumulite/clock", data=b'{"advance":"16m"}', method="POST",
                                     headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(advance, timeout=PATIENCE) as answer:
        assert answer.status == 200
    said = refused(service, AWS_ACCESS_KEY_ID=made["AccessKeyId"], AWS_SECRET_ACCESS_KEY=made["SecretAccessKey"],
                   AWS_SESSION_TOKEN=made["SessionToken"])
    expect(service, said, "ExpiredToken", "ExpiredTokenException", "ExpiredToken")
