"""Replication between buckets and server access logs: what S3 does behind the answers."""

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::000000000000:role/replication"


@pytest.fixture
def s3(start_server):
    server = start_server()
    client = boto3.client(
        "s3", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(proxies={}),
    )
    client.settle = lambda: server.advance_clock("1s")
    return client


def versioned(s3, *names):
    for name in names:
        s3.create_bucket(Bucket=name)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def rule(number, bucket, markers="Enabled", filter=None, **more):
    return {"ID": f"r{number}", "Priority": number, "Status": "Enabled", "Filter": filter or {"Prefix": ""},
            "DeleteMarkerReplication": {"Status": markers},
            "Destination": {"Bucket": f"arn:aws:s3:::{bucket}", **more}}


def replicate(s3, *rules):
    s3.put_bucket_replication(Bucket="source", ReplicationConfiguration={"Role": ROLE, "Rules": list(rules)})


def status(s3, bucket, key, **more):
    return s3.head_object(Bucket=bucket, Key=key, **more).get("ReplicationStatus")


def test_replicas_are_the_same_versions(s3):
    versioned(s3, "source", "target")
    s3.put_object(Bucket="source", Key="before", Body=b"x")
    replicate(s3, rule(1, "target", StorageClass="STANDARD_IA"))
    small = s3.put_object(Bucket="source", Key="a", Body=b"one", Metadata={"m": "1"}, Tagging="t=1")["VersionId"]
    s3.put_object(Bucket="source", Key="empty", Body=b"")
    s3.put_object(Bucket="source", Key="sealed", Body=b"secret", ServerSideEncryption="AES256")
    s3.put_object(Bucket="source", Key="large", Body=b"y" * 100_000)
    upload = s3.create_multipart_upload(Bucket="source", Key="parts")["UploadId"]
    part = s3.upload_part(Bucket="source", Key="parts", UploadId=upload, PartNumber=1, Body=b"z" * 100_000)
    s3.complete_multipart_upload(Bucket="source", Key="parts", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    s3.settle()

    replica = s3.get_object(Bucket="target", Key="a", VersionId=small)
    assert replica["Body"].read() == b"one"
    assert (replica["Metadata"], replica["TagCount"]) == ({"m": "1"}, 1)
    assert (replica["ReplicationStatus"], replica["StorageClass"]) == ("REPLICA", "STANDARD_IA")
    original = s3.head_object(Bucket="source", Key="a")
    assert original["ReplicationStatus"] == "COMPLETED"
    assert replica["LastModified"] == original["LastModified"]
    assert "StorageClass" not in original
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket="target")["Contents"]]
    assert keys == ["a", "empty", "large", "parts", "sealed"]
    for key in keys:
        assert (s3.get_object(Bucket="target", Key=key)["Body"].read()
                == s3.get_object(Bucket="source", Key=key)["Body"].read())
    assert status(s3, "source", "before") is None

    # What the replicas share stays when the original goes.
    for key in keys:
        version = s3.head_object(Bucket="source", Key=key)["VersionId"]
        s3.delete_object(Bucket="source", Key=key, VersionId=version)
    s3.settle()
    assert s3.get_object(Bucket="target", Key="large")["Body"].read() == b"y" * 100_000
    assert s3.get_object(Bucket="target", Key="parts")["Body"].read() == b"z" * 100_000
    assert s3.get_object(Bucket="target", Key="a")["Body"].read() == b"one"


def test_rules_choose_by_prefix_tag_and_priority(s3):
    versioned(s3, "source", "left", "right")
    replicate(
        s3,
        rule(1, "left", filter={"Prefix": "logs/"}),
        rule(2, "right", filter={"Tag": {"Key": "to", "Value": "right"}}, markers="Disabled"),
        rule(3, "left", filter={"And": {"Prefix": "logs/", "Tags": [{"Key": "cold", "Value": "1"}]}},
             markers="Disabled", StorageClass="STANDARD_IA"),
    )
    s3.put_object(Bucket="source", Key="logs/1", Body=b"x")
    s3.put_object(Bucket="source", Key="logs/2", Body=b"x", Tagging="to=right")
    s3.put_object(Bucket="source", Key="logs/3", Body=b"x", Tagging="cold=1")
    s3.put_object(Bucket="source", Key="other", Body=b"x")
    s3.settle()
    left = {entry["Key"]: entry["StorageClass"] for entry in s3.list_objects_v2(Bucket="left")["Contents"]}
    assert left == {"logs/1": "STANDARD", "logs/2": "STANDARD", "logs/3": "STANDARD_IA"}
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="right")["Contents"]] == ["logs/2"]
    assert status(s3, "source", "other") is None


def test_markers_tags_and_deletions(s3):
    versioned(s3, "source", "target")
    replicate(s3, rule(1, "target"))
    version = s3.put_object(Bucket="source", Key="a", Body=b"x")["VersionId"]
    s3.settle()
    s3.put_object_tagging(Bucket="source", Key="a", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})
    s3.settle()
    assert s3.get_object_tagging(Bucket="target", Key="a")["TagSet"] == [{"Key": "k", "Value": "v"}]
    marker = s3.delete_object(Bucket="source", Key="a")["VersionId"]
    s3.settle()
    listed = s3.list_object_versions(Bucket="target")
    assert [entry["VersionId"] for entry in listed["DeleteMarkers"]] == [marker]
    # Deleting a version by its id is not replicated, nor are replicas copied back.
    s3.delete_object(Bucket="source", Key="a", VersionId=version)
    s3.settle()
    assert [entry["VersionId"] for entry in s3.list_object_versions(Bucket="target")["Versions"]] == [version]


def test_a_destination_that_takes_nothing_fails(s3):
    versioned(s3, "source", "target")
    replicate(s3, rule(1, "target"))
    s3.put_bucket_versioning(Bucket="target", VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket="source", Key="a", Body=b"x")
    s3.settle()
    assert status(s3, "source", "a") == "FAILED"
    assert "Contents" not in s3.list_objects_v2(Bucket="target")


def test_both_buckets_need_versions(s3):
    s3.create_bucket(Bucket="source")
    s3.create_bucket(Bucket="target")
    for message in ("Versioning must be 'Enabled' on the bucket", "Destination bucket must have versioning enabled."):
        with pytest.raises(ClientError, match=message) as refused:
            replicate(s3, rule(1, "target"))
        assert refused.value.response["Error"]["Code"] == "InvalidRequest"
        s3.put_bucket_versioning(Bucket="source", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_versioning(Bucket="target", VersioningConfiguration={"Status": "Enabled"})
    replicate(s3, rule(1, "target"))
    with pytest.raises(ClientError) as refused:
        s3.put_bucket_versioning(Bucket="source", VersioningConfiguration={"Status": "Suspended"})
    assert refused.value.response["Error"]["Code"] == "InvalidBucketState"


def log_lines(s3, prefix):
    s3.settle()
    lines = []
    for entry in s3.list_objects_v2(Bucket="logs", Prefix=prefix).get("Contents", []):
        lines += s3.get_object(Bucket="logs", Key=entry["Key"])["Body"].read().decode().splitlines()
    return lines


def test_access_logs_tell_of_every_request(s3):
    for name in ("site", "logs"):
        s3.create_bucket(Bucket=name)
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "access/"}})
    s3.put_object(Bucket="site", Key="a b", Body=b"12345")
    s3.get_object(Bucket="site", Key="a b", Range="bytes=0-1")["Body"].read()
    with pytest.raises(ClientError):
        s3.get_object(Bucket="site", Key="none")
    s3.get_bucket_acl(Bucket="site")
    lines = log_lines(s3, "access/")
    assert [line.split()[7] for line in lines] == [
        "REST.PUT.OBJECT", "REST.GET.OBJECT", "REST.GET.OBJECT", "REST.GET.ACL"]
    put, get, missing = (line.split('"') for line in lines[:3])
    assert put[0].split()[1] == "site" and put[0].split()[8] == "a%20b"
    assert put[1] == "PUT /site/a%20b HTTP/1.1"
    assert put[2].split()[:4] == ["200", "-", "-", "5"]
    assert get[2].split()[:4] == ["206", "-", "2", "5"]
    assert missing[2].split()[:2] == ["404", "NoSuchKey"]
    assert "SigV4 - AuthHeader" in lines[0]
    assert log_lines(s3, "access/") == lines, "delivered once"
    key = s3.list_objects_v2(Bucket="logs")["Contents"][0]["Key"]
    assert len(key.removeprefix("access/").split("-")) == 7


def test_access_logs_stop_when_logging_does(s3):
    for name in ("site", "logs"):
        s3.create_bucket(Bucket=name)
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}})
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus={})
    s3.head_bucket(Bucket="site")
    assert log_lines(s3, "") == []
