"""Start, stop and start again, and everything that the command line can get wrong."""

import os
import re
import socket
import subprocess

import boto3
import pytest
from botocore.config import Config

from support.server_process import PATIENCE, environment


def client(server, service):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}),
    )


@pytest.fixture
def run(binary, tmp_path):
    """Runs cumulite to its end, which must come by itself."""

    def run_it(*arguments, env=None):
        return subprocess.run(
            [binary, *arguments], cwd=tmp_path, env=environment(**(env or {})), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE,
        )

    return run_it


def test_everything_is_there_after_a_restart(start_server):
    server = start_server()
    s3, sqs = client(server, "s3"), client(server, "sqs")
    s3.create_bucket(Bucket="kept")
    bodies = {"empty": b"", "small": b"1" * 1024, "large": os.urandom(3 * 1024 * 1024)}
    for key, body in bodies.items():
        s3.put_object(Bucket="kept", Key=key, Body=body, ContentType="text/plain", Metadata={"who": "me"})
    queue = sqs.create_queue(QueueName="kept", Attributes={"VisibilityTimeout": "77"})["QueueUrl"]
    ids = {sqs.send_message(QueueUrl=queue, MessageBody=f"message {number}")["MessageId"] for number in range(12)}
    certificate = server.certificate.read_bytes()
    server.stop()

    server = start_server()
    s3, sqs = client(server, "s3"), client(server, "sqs")
    for key, body in bodies.items():
        got = s3.get_object(Bucket="kept", Key=key)
        assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (body, "text/plain", {"who": "me"})
    queue = sqs.get_queue_url(QueueName="kept")["QueueUrl"]
    received = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        received += [message["MessageId"] for message in messages]
    assert sorted(received) == sorted(ids)
    assert server.certificate.read_bytes() == certificate, "clients go on trusting it"


def test_hidden_message_returns_when_the_clock_passes_its_visibility(start_server):
    server = start_server()
    sqs = client(server, "sqs")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="again")
    assert sqs.receive_message(QueueUrl=queue, VisibilityTimeout=43_200)["Messages"]
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    server.advance_clock("12h")
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "again"


def test_one_line_tells_what_runs_where(start_server):
    server = start_server()
    line, ready, end = server.announcement.split("\n")
    assert re.search(r"\d+\.\d+\.\d+", line)
    assert server.url in line and str(server.data_dir) in line and re.search(r"[\d.]+ ms", line)
    assert (ready, end) == ("Ready.", "")


def test_health_over_both_schemes(server):
    for url in (None, server.https_url):
        status, body = server.admin("GET", "/_cumulite/health", url=url)
        assert status == 200 and b"sqs" in body


def test_ephemeral_leaves_nothing_behind(start_server, tmp_path):
    server = start_server("--ephemeral")
    s3 = client(server, "s3")
    s3.create_bucket(Bucket="gone")
    s3.put_object(Bucket="gone", Key="large", Body=b"x" * 3_000_000)
    assert s3.get_object(Bucket="gone", Key="large")["ContentLength"] == 3_000_000
    server.stop()
    assert [path.name for path in tmp_path.iterdir()] == ["stderr.log"]


def test_settings_come_from_a_file_and_the_environment(start_server, tmp_path):
    (tmp_path / "settings.toml").write_text('listen = ["127.0.0.1:1"]\naccount = "123456789012"\n')
    server = start_server("--config", "settings.toml", env={"CUMULITE_REGION": "eu-west-1"})
    assert client(server, "sts").get_caller_identity()["Account"] == "123456789012"


def test_version_and_help(run):
    version = run("version")
    assert version.returncode == 0 and re.fullmatch(r"cumulite \d+\.\d+\.\d+\n", version.stdout)
    shown = run("help")
    assert shown.returncode == 0 and "--data-dir" in shown.stdout and "CUMULITE_" in shown.stdout


@pytest.mark.parametrize(
    "arguments, variables, named",
    [
        (["--no-such-flag"], {}, "--no-such-flag"),
        (["sreve"], {}, "sreve"),
        (["--auth", "lax"], {}, "--auth"),
        (["--listen", "nowhere"], {}, "--listen"),
        (["--data-dir"], {}, "--data-dir"),
        ([], {"CUMULITE_DURABILITY": "maybe"}, "CUMULITE_DURABILITY"),
        ([], {"CUMULITE_CONFIG": "missing.toml"}, "missing.toml"),
        (["--config", "bad.toml"], {}, "bad.toml:2: regoin"),
    ],
)
def test_a_wrong_setting_exits_with_2_and_is_named(run, tmp_path, arguments, variables, named):
    (tmp_path / "bad.toml").write_text("# a typing error\nregoin = 'us-east-1'\n")
    ended = run(*arguments, env=variables)
    assert ended.returncode == 2
    assert named in ended.stderr
    assert not (tmp_path / "cumulite-data").exists(), "it stopped before it touched anything"


def test_a_port_in_use_exits_with_1_and_says_so(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("--listen", f"127.0.0.1:{port}", "--ephemeral")
    assert ended.returncode == 1
    assert str(port) in ended.stderr and "in use" in ended.stderr.lower()


def test_a_data_directory_serves_one_process(start_server, run):
    server = start_server()
    ended = run("--listen", "127.0.0.1:0", "--data-dir", str(server.data_dir))
    assert ended.returncode == 1
    assert str(server.data_dir) in ended.stderr
    assert server.admin("GET", "/_cumulite/health")[0] == 200
