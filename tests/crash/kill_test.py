"""kill -9 while objects and messages are written: every acknowledged one is there, and nothing half-done is seen.

Each round runs writers until enough has been acknowledged and kills the server under them; how far each one
got differs from run to run, what must hold does not.
"""

import hashlib
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 4
WRITERS = 4
ACKNOWLEDGED_A_ROUND = 150  # before the kill
SIZES = (0, 1_000, 32_768, 100_000, 700_000)  # inline ones and content files


def client(server, service):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, proxies={}, max_pool_connections=WRITERS),
    )


def body_of(key):
    """The body that belongs to a key, so that any object can be checked by its name."""
    digest = hashlib.sha256(key.encode()).digest()
    size = SIZES[digest[0] % len(SIZES)]
    return (digest * (size // len(digest) + 1))[:size]


class Writers:
    """Threads that each repeat write(worker, number) until the server is gone."""

    def __init__(self, write):
        self._write = write
        self._acknowledged = threading.Semaphore(0)
        self._unexpected = []
        self._threads = [threading.Thread(target=self._run, args=(worker,)) for worker in range(WRITERS)]

    def _run(self, worker):
        number = 0
        try:
            while True:
                self._write(worker, number)
                self._acknowledged.release()
                number += 1
        except BotoCoreError:
            pass  # the connection broke: the server was killed
        except (ClientError, AssertionError, KeyError) as error:
            self._unexpected.append(error)
        finally:
            for _ in range(ACKNOWLEDGED_A_ROUND):  # never keep the test waiting
                self._acknowledged.release()

    def run_until_killed(self, server):
        for thread in self._threads:
            thread.start()
        for _ in range(ACKNOWLEDGED_A_ROUND):
            assert self._acknowledged.acquire(timeout=120)
        server.kill()
        for thread in self._threads:
            thread.join()
        assert self._unexpected == []


def test_acknowledged_objects_survive(start_server):
    acknowledged = set()
    deleted = set()
    server = start_server()
    client(server, "s3").create_bucket(Bucket="bucket")
    for turn in range(ROUNDS):
        s3 = client(server, "s3")

        def write(worker, number):
            key = f"{turn}/{worker}/{number:06}"
            s3.put_object(Bucket="bucket", Key=key, Body=body_of(key))
            if number % 5 == 4:
                deleted.add(key)  # before the call: killed in between, either outcome is right
                s3.delete_object(Bucket="bucket", Key=key)
            else:
                acknowledged.add(key)

        Writers(write).run_until_killed(server)
        server = start_server()
        s3 = client(server, "s3")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="bucket")
        listed = {entry["Key"]: entry["Size"] for page in pages for entry in page.get("Contents", [])}
        assert acknowledged - listed.keys() == set()
        for key in listed:
            if key.startswith(f"{turn}/"):
                assert s3.get_object(Bucket="bucket", Key=key)["Body"].read() == body_of(key), key
    # One delete of each writer and round may have been under way; the others were acknowledged.
    assert len(deleted & listed.keys()) <= WRITERS * ROUNDS


def test_acknowledged_multipart_uploads_survive(start_server):
    part = b"p" * (5 * 1024 * 1024)
    server = start_server()
    s3 = client(server, "s3")
    s3.create_bucket(Bucket="bucket")

    def begin(key):
        return s3.create_multipart_upload(Bucket="bucket", Key=key)["UploadId"]

    def upload(key, upload_id, number, body):
        etag = s3.upload_part(Bucket="bucket", Key=key, UploadId=upload_id, PartNumber=number, Body=body)["ETag"]
        return {"PartNumber": number, "ETag": etag}

    done, open_id = begin("done"), begin("open")
    parts = [upload("done", done, 1, part), upload("done", done, 2, b"end")]
    s3.complete_multipart_upload(Bucket="bucket", Key="done", UploadId=done, MultipartUpload={"Parts": parts})
    parts = [upload("open", open_id, 1, part)]
    server.kill()

    server = start_server()
    s3 = client(server, "s3")
    assert s3.get_object(Bucket="bucket", Key="done")["Body"].read() == part + b"end"
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="bucket")["Contents"]] == ["done"]
    parts.append(upload("open", open_id, 2, b"later"))
    s3.complete_multipart_upload(Bucket="bucket", Key="open", UploadId=open_id, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket="bucket", Key="open")["Body"].read() == part + b"later"


def drain(server, sqs, queue):
    """The bodies of everything that is left in a queue; what was in flight is made visible first."""
    server.advance_clock("13h")
    bodies = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return bodies


def test_acknowledged_messages_survive_and_deleted_ones_stay_away(start_server):
    server = start_server()
    sqs = client(server, "sqs")
    for turn in range(ROUNDS):
        queue = sqs.create_queue(QueueName=f"q{turn}")["QueueUrl"]
        sent, deleting, deleted = set(), set(), set()

        def write(worker, number):
            body = f"{worker}-{number}"
            sqs.send_message(QueueUrl=queue, MessageBody=body)
            sent.add(body)
            if number % 3 == 2:
                for message in sqs.receive_message(QueueUrl=queue).get("Messages", []):
                    deleting.add(message["Body"])
                    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                    deleted.add(message["Body"])

        Writers(write).run_until_killed(server)
        server = start_server()
        sqs = client(server, "sqs")
        queue = sqs.get_queue_url(QueueName=f"q{turn}")["QueueUrl"]
        left = drain(server, sqs, queue)
        assert len(left) == len(set(left)), "each is there once"
        assert sent - deleting - set(left) == set(), "acknowledged sends"
        assert deleted & set(left) == set(), "acknowledged deletes"
