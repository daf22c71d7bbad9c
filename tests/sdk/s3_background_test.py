"""What S3 does by itself: events to queues and topics, lifecycle rules on the virtual clock, also after a restart."""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError


def client(server, service):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(proxies={}),
    )


def queue_of(sqs, name):
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def received(server, sqs, url, wait=0):
    """Everything in the queue, oldest first; what comes by way of a topic is waited for."""
    server.advance_clock("1s")
    messages = []
    while batch := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0 if messages else wait).get("Messages"):
        for message in batch:
            messages.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return messages


def test_events_reach_queues_and_topics_as_they_are_filtered(start_server):
    server = start_server()
    s3, sqs, sns = (client(server, service) for service in ("s3", "sqs", "sns"))
    url, arn = queue_of(sqs, "events")
    topic_url, topic_queue = queue_of(sqs, "topic-events")
    topic = sns.create_topic(Name="events")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=topic_queue, Attributes={"RawMessageDelivery": "true"})
    s3.create_bucket(Bucket="bucket")
    rules = [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".txt"}]
    s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={
        "QueueConfigurations": [{"Id": "q", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"],
                                 "Filter": {"Key": {"FilterRules": rules}}}],
        "TopicConfigurations": [{"TopicArn": topic, "Events": ["s3:ObjectRemoved:Delete"]}],
    })
    assert [message["Event"] for message in received(server, sqs, url)] == ["s3:TestEvent"]
    assert [message["Event"] for message in received(server, sqs, topic_url, wait=10)] == ["s3:TestEvent"]

    put = s3.put_object(Bucket="bucket", Key="in/a b.txt", Body=b"hello")
    s3.put_object(Bucket="bucket", Key="in/a.bin", Body=b"x")
    s3.put_object(Bucket="bucket", Key="out/a.txt", Body=b"x")
    s3.copy_object(Bucket="bucket", Key="in/copy.txt", CopySource="bucket/out/a.txt")
    created, copied = [message["Records"][0] for message in received(server, sqs, url)]
    assert (created["eventName"], copied["eventName"]) == ("ObjectCreated:Put", "ObjectCreated:Copy")
    assert created["s3"]["bucket"] == {
        "name": "bucket", "arn": "arn:aws:s3:::bucket", "ownerIdentity": created["s3"]["bucket"]["ownerIdentity"]}
    about = created["s3"]["object"]
    assert (about["key"], about["size"], about["eTag"]) == ("in/a+b.txt", 5, put["ETag"].strip('"'))
    assert created["s3"]["configurationId"] == "q"
    assert about["sequencer"] < copied["s3"]["object"]["sequencer"]

    s3.delete_object(Bucket="bucket", Key="in/a.bin")
    s3.delete_object(Bucket="bucket", Key="never")
    removed = [message["Records"][0] for message in received(server, sqs, topic_url, wait=10)]
    assert [(record["eventName"], record["s3"]["object"]["key"]) for record in removed] == [
        ("ObjectRemoved:Delete", "in/a.bin")]


def test_lifecycle_rules_are_carried_out_at_midnight(start_server):
    server = start_server()
    s3, sqs = client(server, "s3"), client(server, "sqs")
    url, arn = queue_of(sqs, "events")
    for name in ("plain", "versioned"):
        s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_notification_configuration(Bucket="plain", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:LifecycleExpiration:*"]}]})
    received(server, sqs, url)
    s3.put_bucket_lifecycle_configuration(Bucket="plain", LifecycleConfiguration={"Rules": [
        {"ID": "logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 3}},
        {"ID": "parts", "Status": "Enabled", "Filter": {"Prefix": ""},
         "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2}},
        {"ID": "cold", "Status": "Enabled", "Filter": {"Prefix": "cold/"},
         "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}]},
    ]})
    s3.put_bucket_lifecycle_configuration(Bucket="versioned", LifecycleConfiguration={"Rules": [
        {"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 3},
         "NoncurrentVersionExpiration": {"NoncurrentDays": 2}},
        {"ID": "markers", "Status": "Enabled", "Filter": {"Prefix": ""},
         "Expiration": {"ExpiredObjectDeleteMarker": True}},
    ]})
    put = s3.put_object(Bucket="plain", Key="logs/1", Body=b"x")
    assert 'rule-id="logs"' in put["Expiration"]
    assert 'rule-id="logs"' in s3.head_object(Bucket="plain", Key="logs/1")["Expiration"]
    s3.put_object(Bucket="plain", Key="kept", Body=b"x")
    s3.put_object(Bucket="plain", Key="cold/1", Body=b"x" * 200_000)
    s3.create_multipart_upload(Bucket="plain", Key="never")
    s3.put_object(Bucket="versioned", Key="k", Body=b"x")

    server.advance_clock("25h")
    assert len(s3.list_objects_v2(Bucket="plain")["Contents"]) == 3
    server.advance_clock("72h")
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="plain")["Contents"]] == ["cold/1", "kept"]
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="plain")
    events = [message["Records"][0] for message in received(server, sqs, url)]
    assert [event["eventName"] for event in events] == ["LifecycleExpiration:Delete"]
    versions = s3.list_object_versions(Bucket="versioned")
    assert [entry["IsLatest"] for entry in versions["DeleteMarkers"]] == [True]
    assert [entry["IsLatest"] for entry in versions["Versions"]] == [False]

    # What is due while the server is down is done when it is up again.
    server.stop()
    server = start_server()
    s3 = client(server, "s3")
    s3.list_buckets()  # from here on it is open
    server.advance_clock("96h")
    versions = s3.list_object_versions(Bucket="versioned")
    assert "Versions" not in versions
    assert "DeleteMarkers" not in versions  # the clock passed a midnight after that on which it was alone
    server.advance_clock("720h")
    assert s3.head_object(Bucket="plain", Key="cold/1")["StorageClass"] == "STANDARD_IA"


def test_a_restored_copy_tells_of_its_begin_and_its_end(start_server):
    server = start_server()
    s3, sqs = client(server, "s3"), client(server, "sqs")
    url, arn = queue_of(sqs, "events")
    s3.create_bucket(Bucket="bucket")
    s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectRestore:*"]}]})
    for key in ("short", "long", "deleted"):
        s3.put_object(Bucket="bucket", Key=key, Body=b"x", StorageClass="GLACIER")
        s3.restore_object(Bucket="bucket", Key=key, RestoreRequest={"Days": 1})
    s3.restore_object(Bucket="bucket", Key="long", RestoreRequest={"Days": 30})
    s3.delete_object(Bucket="bucket", Key="deleted")
    events = [message["Records"][0] for message in received(server, sqs, url)[1:]]
    assert [event["eventName"] for event in events] == ["ObjectRestore:Post", "ObjectRestore:Completed"] * 4
    assert events[1]["glacierEventData"]["restoreEventData"]["lifecycleRestoreStorageClass"] == "GLACIER"

    server.stop()
    server = start_server()
    s3, sqs = client(server, "s3"), client(server, "sqs")
    s3.list_buckets()
    server.advance_clock("49h")
    told = [message["Records"][0] for message in received(server, sqs, url)]
    assert [(event["eventName"], event["s3"]["object"]["key"]) for event in told] == [("ObjectRestore:Delete", "short")]
    assert "Restore" not in s3.head_object(Bucket="bucket", Key="short")
    with pytest.raises(ClientError) as archived:
        s3.get_object(Bucket="bucket", Key="short")
    assert archived.value.response["Error"]["Code"] == "InvalidObjectState"
    assert s3.get_object(Bucket="bucket", Key="long")["Body"].read() == b"x"


def test_a_destination_that_is_not_there_is_refused(start_server):
    s3 = client(start_server(), "s3")
    s3.create_bucket(Bucket="bucket")
    with pytest.raises(ClientError) as refused:
        s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": "arn:aws:sqs:us-east-1:000000000000:none",
                                     "Events": ["s3:ObjectCreated:*"]}]})
    assert refused.value.response["Error"]["Code"] == "InvalidArgument"
