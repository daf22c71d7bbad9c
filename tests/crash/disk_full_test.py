"""A full disk: writes are refused in the words of their service, reads go on, nothing acknowledged is lost, and
once there is space again all is well without a restart."""

import json
import re
import time

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from support.server_process import ServerProcess
from support.small_disk import make_small_disk

DISK_BYTES = 16 << 20
LARGE = 100_000  # a content file; smaller ones go into the database
MANY = 5_000  # more writes than what is set aside on a full disk can take
PATIENCE = 60  # seconds: a server that refused writes must have found its databases sound again
CAUSE = re.compile(rb"full|No space left|File too large|I/O error")


def client(server, service):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "data").mkdir()
    small = make_small_disk(tmp_path / "data", tmp_path, DISK_BYTES)
    if small is None:
        pytest.skip("neither a mount namespace nor a limit on the size of files is allowed here")
    yield small
    small.close()


def check_refusal(error):
    """The service's own way to say that the server is at fault."""
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    assert status in (500, 503), error.response
    assert error.response["Error"]["Code"] in ("InternalError", "InternalFailure", "ServiceUnavailable"), error.response
    assert error.response["ResponseMetadata"]["RequestId"]


def accepted(call, **arguments):
    """Whether a call is answered with success; anything else must be a refusal."""
    try:
        call(**arguments)
        return True
    except ClientError as error:
        check_refusal(error)
        return False


def write_until_refused(write):
    """write(n) for growing n until it is refused."""
    assert not all(write(number) for number in range(MANY)), "the disk did not fill up"


def once_sound(call, **arguments):
    deadline = time.monotonic() + PATIENCE
    while not accepted(call, **arguments):
        assert time.monotonic() < deadline, "still refused with space on the disk"


def health_of(server):
    return json.loads(server.admin("GET", "/_cumulite/health")[1])


class Expected:
    """What was acknowledged, and a look at whether a server has exactly that."""

    def __init__(self):
        self.objects = {}
        self.messages = set()

    def put(self, s3, key, body):
        done = accepted(s3.put_object, Bucket="bucket", Key=key, Body=body)
        if done:
            self.objects[key] = body
        return done

    def send(self, sqs, queue, body):
        done = accepted(sqs.send_message, QueueUrl=queue, MessageBody=body)
        if done:
            self.messages.add(body)
        return done

    def check_objects(self, s3):
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="bucket")
        assert {entry["Key"] for page in pages for entry in page.get("Contents", [])} == self.objects.keys()
        for key, body in self.objects.items():
            assert s3.get_object(Bucket="bucket", Key=key)["Body"].read() == body, key

    def check_messages(self, server, sqs, queue, advance):
        server.advance_clock(advance)  # past every visibility timeout
        bodies = []
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            bodies += [message["Body"] for message in messages]
        assert len(bodies) == len(set(bodies)), "each is there once"
        assert set(bodies) == self.messages


def test_writes_are_refused_while_the_disk_is_full_and_nothing_else_suffers(binary, disk, tmp_path):
    server = ServerProcess(disk.wrap(binary), tmp_path)
    s3, sqs = client(server, "s3"), client(server, "sqs")
    expected = Expected()
    s3.create_bucket(Bucket="bucket")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    assert expected.put(s3, "large", b"l" * LARGE)
    assert expected.put(s3, "small", b"small")
    assert expected.put(s3, "deleted", b"d" * LARGE)
    assert all(expected.send(sqs, queue, f"before {number}") for number in range(5))
    received = sqs.receive_message(QueueUrl=queue)["Messages"][0]

    disk.fill(server)
    write_until_refused(lambda n: expected.put(s3, f"large {n}", b"x" * LARGE))
    write_until_refused(lambda n: expected.put(s3, f"inline {n}", b"y" * 30_000))
    write_until_refused(lambda n: expected.send(sqs, queue, f"{n} ".ljust(30_000, "z")))

    assert server.admin("GET", "/_cumulite/health")[0] == 200
    assert s3.get_object(Bucket="bucket", Key="small")["Body"].read() == b"small"
    expected.check_objects(s3)
    assert sqs.list_queues()["QueueUrls"] == [queue]
    accepted(sqs.get_queue_attributes, QueueUrl=queue, AttributeNames=["All"])
    if accepted(s3.delete_object, Bucket="bucket", Key="deleted"):
        del expected.objects["deleted"]
    if accepted(sqs.delete_message, QueueUrl=queue, ReceiptHandle=received["ReceiptHandle"]):
        expected.messages.remove(received["Body"])
    expected.check_objects(s3)
    assert CAUSE.search(server.log.read_bytes())

    disk.free(server)
    once_sound(s3.put_object, Bucket="bucket", Key="after", Body=b"a" * LARGE)
    expected.objects["after"] = b"a" * LARGE
    once_sound(sqs.send_message, QueueUrl=queue, MessageBody="after")
    expected.messages.add("after")
    expected.check_objects(s3)
    expected.check_messages(server, sqs, queue, "13h")

    server.stop(may_log_faults=True)
    server.log.unlink()
    server = ServerProcess(disk.wrap(binary), tmp_path)
    sqs = client(server, "sqs")
    expected.check_objects(client(server, "s3"))
    expected.check_messages(server, sqs, sqs.get_queue_url(QueueName="q")["QueueUrl"], "26h")
    server.stop()


def test_a_full_disk_can_be_emptied_through_the_services(binary, disk, tmp_path):
    if not disk.holds_space:
        pytest.skip("a limit on the size of files is no disk: nothing that is given up makes room")
    server = ServerProcess(disk.wrap(binary), tmp_path)
    sqs = client(server, "sqs")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    assert accepted(sqs.send_message, QueueUrl=queue, MessageBody="first")
    disk.fill(server)
    write_until_refused(lambda n: accepted(sqs.send_message, QueueUrl=queue, MessageBody="x" * 60_000))

    health = health_of(server)
    assert health["status"] == "degraded" and "full" in health["refuses_writes"]["sqs"], health
    received = sqs.receive_message(QueueUrl=queue)["Messages"][0]
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=received["ReceiptHandle"])
    sqs.purge_queue(QueueUrl=queue)
    assert server.admin("POST", "/_cumulite/reset")[0] == 200
    assert "QueueUrls" not in sqs.list_queues()
    disk.free(server)
    once_sound(sqs.create_queue, QueueName="again")
    server.stop(may_log_faults=True)


def test_nothing_is_acknowledged_once_the_data_directory_is_gone(binary, tmp_path):
    server = ServerProcess(binary, tmp_path)
    sqs = client(server, "sqs")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    assert accepted(sqs.send_message, QueueUrl=queue, MessageBody="safe")
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    assert not accepted(sqs.send_message, QueueUrl=queue, MessageBody="lost")
    health = health_of(server)
    assert health["status"] == "degraded" and "was deleted" in health["refuses_writes"]["sqs"], health
    (tmp_path / "elsewhere").rename(tmp_path / "data")
    once_sound(sqs.send_message, QueueUrl=queue, MessageBody="after")
    assert health_of(server)["status"] == "ok"
    server.stop(may_log_faults=True)
