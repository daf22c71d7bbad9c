"""Configuration of buckets, access and forms as boto3 and the AWS CLI see them."""

import json
import urllib.request
import uuid

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def s3(boto):
    return boto("s3")


@pytest.fixture
def bucket(s3):
    name = f"configuration-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name)
    return name


def refused(call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]["Code"]


def test_documents_come_back_as_they_were_put(s3, bucket):
    rules = [{
        "ID": "logs", "Status": "Enabled", "Filter": {"And": {"Prefix": "logs/", "Tags": [{"Key": "a", "Value": "b"}]}},
        "Expiration": {"Days": 90}, "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
        "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}],
    }]
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})
    assert s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"] == rules
    cors = [{"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.example.com"],
             "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"], "MaxAgeSeconds": 3000}]
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": cors})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == cors
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
        "IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"},
        "RoutingRules": [{"Condition": {"KeyPrefixEquals": "a/"}, "Redirect": {"ReplaceKeyPrefixWith": "b/"}}]})
    assert s3.get_bucket_website(Bucket=bucket)["RoutingRules"][0]["Redirect"] == {"ReplaceKeyPrefixWith": "b/"}
    inventory = {"Id": "all", "IsEnabled": True, "IncludedObjectVersions": "All", "OptionalFields": ["Size", "ETag"],
                 "Schedule": {"Frequency": "Daily"},
                 "Destination": {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{bucket}", "Format": "CSV",
                                                         "Encryption": {"SSES3": {}}}}}
    s3.put_bucket_inventory_configuration(Bucket=bucket, Id="all", InventoryConfiguration=inventory)
    assert s3.get_bucket_inventory_configuration(Bucket=bucket, Id="all")["InventoryConfiguration"] == inventory
    listed = s3.list_bucket_inventory_configurations(Bucket=bucket)
    assert [one["Id"] for one in listed["InventoryConfigurationList"]] == ["all"]
    encryption = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}]}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=encryption)
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"] == encryption
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "ü"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "team", "Value": "ü"}]
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "Requester"


def test_what_was_never_set_has_its_own_error(s3, bucket):
    for call, code in [
        (s3.get_bucket_cors, "NoSuchCORSConfiguration"),
        (s3.get_bucket_website, "NoSuchWebsiteConfiguration"),
        (s3.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration"),
        (s3.get_bucket_replication, "ReplicationConfigurationNotFoundError"),
        (s3.get_bucket_policy, "NoSuchBucketPolicy"),
        (s3.get_bucket_tagging, "NoSuchTagSet"),
    ]:
        assert refused(call, Bucket=bucket) == code


def test_acls_and_policies(s3, bucket):
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}]
    assert refused(s3.put_bucket_acl, Bucket=bucket, ACL="public-read") == "AccessControlListNotSupported"
    s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]})
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    acl = s3.get_bucket_acl(Bucket=bucket)
    assert [grant["Permission"] for grant in acl["Grants"]] == ["FULL_CONTROL", "READ"]
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy={"Grants": acl["Grants"], "Owner": acl["Owner"]})
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == policy
    assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"] is True


def test_notifications(s3, boto, bucket):
    sqs = boto("sqs")
    queue = sqs.create_queue(QueueName=bucket)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    wanted = {"QueueConfigurations": [{"Id": "n", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"], "Filter": {
        "Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"}]}}}]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=wanted)
    read = s3.get_bucket_notification_configuration(Bucket=bucket)
    assert read["QueueConfigurations"] == wanted["QueueConfigurations"]
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(message["Body"])["Event"] == "s3:TestEvent"
    wanted["QueueConfigurations"][0]["QueueArn"] += "-none"
    assert refused(s3.put_bucket_notification_configuration, Bucket=bucket,
                   NotificationConfiguration=wanted) == "InvalidArgument"


def test_a_presigned_post(s3, bucket, endpoint):
    if endpoint.certificate:
        pytest.skip("urllib would have to be told of the certificate; the form is the same")
    post = s3.generate_presigned_post(bucket, "up/${filename}", Conditions=[["content-length-range", 1, 10]])
    lines = []
    for name, value in post["fields"].items():
        lines += [b"--edge", f'Content-Disposition: form-data; name="{name}"'.encode(), b"", value.encode()]
    lines += [b"--edge", b'Content-Disposition: form-data; name="file"; filename="a.txt"', b"", b"hello", b"--edge--", b""]
    request = urllib.request.Request(post["url"], b"\r\n".join(lines),
                                     {"Content-Type": "multipart/form-data; boundary=edge"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 204
    assert s3.get_object(Bucket=bucket, Key="up/a.txt")["Body"].read() == b"hello"


def test_the_command_line_configures_buckets(aws):
    name = f"cli-{uuid.uuid4().hex[:12]}"
    aws("s3", "mb", f"s3://{name}")
    aws("s3", "website", f"s3://{name}", "--index-document", "index.html")
    assert json.loads(aws("s3api", "get-bucket-website", "--bucket", name))["IndexDocument"]["Suffix"] == "index.html"
    aws("s3api", "put-bucket-accelerate-configuration", "--bucket", name, "--accelerate-configuration", "Status=Enabled")
    assert "Enabled" in aws("s3api", "get-bucket-accelerate-configuration", "--bucket", name)
    aws("s3", "rb", f"s3://{name}")
