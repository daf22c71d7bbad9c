"""The same through boto3: Debian's, whose SQS speaks the Query protocol."""

import hashlib
import io
import random
import ssl
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

KIB = 1024
MIB = 1024 * KIB


@pytest.fixture
def s3(boto):
    return boto("s3")


@pytest.fixture
def sqs(boto):
    return boto("sqs")


@pytest.fixture
def bucket(s3, name):
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def queue(sqs, name):
    return sqs.create_queue(QueueName=name)["QueueUrl"]


def code_of(raised):
    return raised.value.response["Error"]["Code"]


@pytest.mark.parametrize("size", [0, 1, KIB, 32 * KIB, 32 * KIB + 1, 5 * MIB])
def test_object_comes_back_with_what_describes_it(s3, bucket, size):
    body = random.Random(size).randbytes(size)
    put = s3.put_object(Bucket=bucket, Key="k", Body=body, ContentType="image/png", Metadata={"who": "me"})
    assert put["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    got = s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == body
    assert (got["ContentLength"], got["ContentType"], got["Metadata"]) == (size, "image/png", {"who": "me"})
    assert got["ETag"] == put["ETag"]


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksum_is_verified_and_kept_and_no_framing_is_stored(s3, bucket, algorithm):
    body = random.Random(7).randbytes(200 * KIB)
    put = s3.put_object(Bucket=bucket, Key="k", Body=io.BytesIO(body), ChecksumAlgorithm=algorithm)
    got = s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert got["Body"].read() == body
    assert got[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]
    assert got["ResponseMetadata"]["HTTPHeaders"].get("content-encoding", "") == ""


def test_one_connection_serves_uploads_after_an_answer_without_100_continue(s3, bucket):
    # botocore asks for 100 Continue for file-like bodies; it takes the status of the answer that came in place of
    # it for that of the next upload on the same connection, so that connection must not be kept.
    for key, body in (("empty", b""), ("small", b"1" * 1024), ("none", b""), ("last", b"2")):
        put = s3.put_object(Bucket=bucket, Key=key, Body=io.BytesIO(body))
        assert put["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
        with pytest.raises(ClientError) as missing:
            s3.put_object(Bucket="no-such-bucket-here", Key=key, Body=io.BytesIO(b"x" * 100_000))
        assert code_of(missing) == "NoSuchBucket"


def test_part_of_an_object(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")
    got = s3.get_object(Bucket=bucket, Key="k", Range="bytes=2-4")
    assert (got["Body"].read(), got["ContentRange"]) == (b"234", "bytes 2-4/10")


def test_multipart_upload_by_the_transfer_manager(s3, bucket):
    body = random.Random(1).randbytes(20 * MIB + 1)
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    s3.upload_fileobj(io.BytesIO(body), bucket, "big", Config=config)
    assert s3.head_object(Bucket=bucket, Key="big")["ETag"].endswith('-5"')
    downloaded = io.BytesIO()
    s3.download_fileobj(bucket, "big", downloaded, Config=config)
    assert downloaded.getvalue() == body


def test_keys_with_every_sort_of_character(s3, bucket):
    keys = ["a b", "a+b", "a%2Fb", "dir//x", "é/ü", "q?x=1&y#z", "quote'\"", "tilde~", "/lead"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    listed = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == sorted(keys, key=lambda key: key.encode())
    for key in keys:
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()


def test_listing_in_pages(s3, bucket):
    keys = [f"{number:03}" for number in range(25)]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 10}))
    assert [len(page["Contents"]) for page in pages] == [10, 10, 5]
    assert [entry["Key"] for page in pages for entry in page["Contents"]] == keys


def test_bucket_and_object_are_removed(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with pytest.raises(ClientError) as refused:
        s3.delete_bucket(Bucket=bucket)
    assert code_of(refused) == "BucketNotEmpty"
    s3.delete_object(Bucket=bucket, Key="k")
    with pytest.raises(ClientError) as missing:
        s3.get_object(Bucket=bucket, Key="k")
    assert code_of(missing) == "NoSuchKey"
    s3.delete_bucket(Bucket=bucket)
    with pytest.raises(ClientError) as gone:
        s3.list_objects_v2(Bucket=bucket)
    assert code_of(gone) == "NoSuchBucket"


def test_what_is_not_built_says_so_and_changes_nothing(s3, bucket):
    with pytest.raises(ClientError) as refused:
        s3.put_bucket_versioning(
            Bucket=bucket, MFA="serial 123456",
            VersioningConfiguration={"Status": "Enabled", "MFADelete": "Enabled"})
    assert code_of(refused) == "NotImplemented"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)


def test_presigned_url_works_without_credentials(s3, bucket, endpoint):
    s3.put_object(Bucket=bucket, Key="k", Body=b"presigned")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    context = ssl.create_default_context(cafile=endpoint.certificate) if endpoint.certificate else None
    with urllib.request.urlopen(url, context=context, timeout=60) as answer:
        assert answer.read() == b"presigned"


def test_message_is_sent_received_and_deleted(sqs, queue):
    sent = sqs.send_message(QueueUrl=queue, MessageBody="pack the order")
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], "pack the order")
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def test_long_poll_ends_when_a_message_arrives(sqs, boto, queue):
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(boto("sqs").receive_message, QueueUrl=queue, WaitTimeSeconds=20)
        sqs.send_message(QueueUrl=queue, MessageBody="now")
        (message,) = poll.result(timeout=15)["Messages"]
    assert message["Body"] == "now"


def test_queue_is_found_listed_and_removed(sqs, queue, name):
    assert sqs.get_queue_url(QueueName=name)["QueueUrl"] == queue
    assert sqs.list_queues(QueueNamePrefix=name)["QueueUrls"] == [queue]
    sqs.delete_queue(QueueUrl=queue)
    with pytest.raises(ClientError) as missing:
        sqs.get_queue_url(QueueName=name)
    assert code_of(missing) == "AWS.SimpleQueueService.NonExistentQueue"


def test_sts(boto):
    identity = boto("sts").get_caller_identity()
    assert identity["Account"] == "000000000000"
