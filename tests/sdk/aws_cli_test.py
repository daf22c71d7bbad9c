"""What the AWS CLI of Debian (the Query protocol for SQS, multipart uploads by itself) must find working."""

import hashlib
import json
import random

import pytest

KIB = 1024
MIB = 1024 * KIB


def write_random(path, size):
    path.write_bytes(random.Random(size).randbytes(size))
    return path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("size", [0, KIB, 100 * MIB])
def test_s3_files_come_back_as_they_went(aws, aws_json, name, tmp_path, size):
    original = write_random(tmp_path / "original", size)
    aws("s3", "mb", f"s3://{name}")
    aws("s3", "cp", "original", f"s3://{name}/some/file.bin")
    aws("s3", "cp", f"s3://{name}/some/file.bin", "copy")
    assert sha256(tmp_path / "copy") == sha256(original)
    head = aws_json("s3api", "head-object", "--bucket", name, "--key", "some/file.bin")
    assert head["ContentLength"] == size
    assert ("-" in head["ETag"]) == (size > 8 * MIB), "large files go in parts"
    aws("s3", "rb", f"s3://{name}", "--force")


def test_s3_lists_buckets_keys_and_prefixes_and_removes_them(aws, name, tmp_path):
    write_random(tmp_path / "file", KIB)
    aws("s3", "mb", f"s3://{name}")
    for key in ("a.txt", "dir/b.txt", "dir/deep/c.txt", "directory.txt"):
        aws("s3", "cp", "file", f"s3://{name}/{key}")

    def listed(*arguments):
        return [line.split()[-1] for line in aws("s3", "ls", *arguments).splitlines()]

    assert name in listed()
    assert listed(f"s3://{name}") == ["dir/", "a.txt", "directory.txt"]
    assert listed(f"s3://{name}/dir/") == ["deep/", "b.txt"]
    assert listed("--recursive", f"s3://{name}/dir") == ["dir/b.txt", "dir/deep/c.txt", "directory.txt"]

    aws("s3", "rm", "--recursive", f"s3://{name}/dir/")
    assert listed("--recursive", f"s3://{name}") == ["a.txt", "directory.txt"]
    aws("s3", "rm", "--recursive", f"s3://{name}")
    aws("s3", "rb", f"s3://{name}")
    assert name not in listed()


def test_s3_keeps_a_bucket_that_is_not_empty(aws, name, tmp_path):
    write_random(tmp_path / "file", KIB)
    aws("s3", "mb", f"s3://{name}")
    aws("s3", "cp", "file", f"s3://{name}/key")
    with pytest.raises(AssertionError, match="BucketNotEmpty"):
        aws("s3", "rb", f"s3://{name}")
    assert "key" in aws("s3", "ls", f"s3://{name}")


def test_sqs_message_is_sent_received_and_deleted(aws, aws_json, name, endpoint):
    url = aws_json("sqs", "create-queue", "--queue-name", name)["QueueUrl"]
    assert url == f"{endpoint.url}/000000000000/{name}", "by the scheme, host and port that the caller used"
    assert aws_json("sqs", "get-queue-url", "--queue-name", name)["QueueUrl"] == url
    assert aws_json("sqs", "list-queues", "--queue-name-prefix", name)["QueueUrls"] == [url]

    body = 'pack the order <&> "é"'
    sent = aws_json("sqs", "send-message", "--queue-url", url, "--message-body", body)
    assert sent["MD5OfMessageBody"] == hashlib.md5(body.encode()).hexdigest()
    (message,) = aws_json("sqs", "receive-message", "--queue-url", url)["Messages"]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], body)
    assert aws_json("sqs", "receive-message", "--queue-url", url) == {}, "in flight, so hidden"
    aws("sqs", "delete-message", "--queue-url", url, "--receipt-handle", message["ReceiptHandle"])

    aws("sqs", "delete-queue", "--queue-url", url)
    with pytest.raises(AssertionError, match="NonExistentQueue"):
        aws("sqs", "get-queue-url", "--queue-name", name)


def test_dynamodb_table_is_made_filled_backed_up_and_restored(aws, aws_json, name):
    made = aws_json("dynamodb", "create-table", "--table-name", name, "--billing-mode", "PAY_PER_REQUEST",
                    "--attribute-definitions", "AttributeName=id,AttributeType=S",
                    "--key-schema", "AttributeName=id,KeyType=HASH")
    assert made["TableDescription"]["TableStatus"] == "CREATING"
    aws("dynamodb", "wait", "table-exists", "--table-name", name)
    item = {"id": {"S": "é"}, "n": {"N": "1.50"}, "b": {"B": "AAH/"}, "l": {"L": [{"BOOL": True}, {"NULL": True}]}}
    aws("dynamodb", "put-item", "--table-name", name, "--item", json.dumps(item))
    got = aws_json("dynamodb", "get-item", "--table-name", name, "--key", '{"id": {"S": "é"}}')["Item"]
    assert got == {**item, "n": {"N": "1.5"}}
    found = aws_json("dynamodb", "execute-statement", "--statement", f"SELECT n FROM \"{name}\" WHERE id = 'é'")
    assert found["Items"] == [{"n": {"N": "1.5"}}]

    backup = aws_json("dynamodb", "create-backup", "--table-name", name, "--backup-name", "kept")["BackupDetails"]
    for _ in range(100):
        shown = aws_json("dynamodb", "describe-backup", "--backup-arn", backup["BackupArn"])["BackupDescription"]
        if shown["BackupDetails"]["BackupStatus"] == "AVAILABLE":
            break
    aws("dynamodb", "delete-item", "--table-name", name, "--key", '{"id": {"S": "é"}}')
    aws("dynamodb", "restore-table-from-backup", "--target-table-name", f"{name}2", "--backup-arn", backup["BackupArn"])
    aws("dynamodb", "wait", "table-exists", "--table-name", f"{name}2")
    assert aws_json("dynamodb", "scan", "--table-name", f"{name}2")["Items"] == [got]
    assert aws_json("dynamodb", "scan", "--table-name", name)["Items"] == []
    for table in (name, f"{name}2"):
        aws("dynamodb", "delete-table", "--table-name", table)
        aws("dynamodb", "wait", "table-not-exists", "--table-name", table)
    with pytest.raises(AssertionError, match="ResourceNotFoundException"):
        aws("dynamodb", "describe-table", "--table-name", name)


def test_sts_tells_the_caller_its_account(aws_json):
    identity = aws_json("sts", "get-caller-identity")
    assert identity["Account"] == "000000000000"
    assert ":000000000000:" in identity["Arn"]
    assert identity["UserId"]


def test_errors_are_those_of_aws(aws):
    with pytest.raises(AssertionError, match="NoSuchBucket"):
        aws("s3", "ls", "s3://no-such-bucket-here")
    with pytest.raises(AssertionError, match="NoSuchBucket"):
        aws("s3api", "list-objects-v2", "--bucket", "no-such-bucket-here")
    assert json.loads(aws("s3api", "list-buckets", "--output", "json"))["Owner"]


def test_sns_fans_out_to_queues_of_which_one_filters(aws, aws_json, name):
    topic = aws_json("sns", "create-topic", "--name", name, "--attributes", "DisplayName=shown",
                     "--tags", "Key=team,Value=blue")["TopicArn"]
    assert aws_json("sns", "list-tags-for-resource", "--resource-arn", topic)["Tags"] == [
        {"Key": "team", "Value": "blue"}]
    subscriptions = {}
    for queue in (f"{name}-all", f"{name}-red"):
        aws("sqs", "create-queue", "--queue-name", queue)
        subscriptions[queue] = aws_json(
            "sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--attributes", "RawMessageDelivery=true",
            "--notification-endpoint", f"arn:aws:sqs:us-east-1:000000000000:{queue}")["SubscriptionArn"]
    aws("sns", "set-subscription-attributes", "--subscription-arn", subscriptions[f"{name}-red"],
        "--attribute-name", "FilterPolicy", "--attribute-value", json.dumps({"color": ["red"]}))
    listed = aws_json("sns", "list-subscriptions-by-topic", "--topic-arn", topic)["Subscriptions"]
    assert [one["SubscriptionArn"] for one in listed] == list(subscriptions.values())

    def publish(text, color):
        aws("sns", "publish", "--topic-arn", topic, "--message", text, "--message-attributes",
            json.dumps({"color": {"DataType": "String", "StringValue": color}}))

    def bodies(queue, count):
        url = aws_json("sqs", "get-queue-url", "--queue-name", queue)["QueueUrl"]
        found = []
        while len(found) < count:
            messages = aws_json("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "10",
                                "--max-number-of-messages", "10")["Messages"]
            found += [message["Body"] for message in messages]
        return sorted(found)

    publish("one", "blue")
    publish("two", "red")
    assert bodies(f"{name}-all", 2) == ["one", "two"]
    assert bodies(f"{name}-red", 1) == ["two"]

    aws("sns", "set-topic-attributes", "--topic-arn", topic, "--attribute-name", "SignatureVersion",
        "--attribute-value", "2")
    attributes = aws_json("sns", "get-topic-attributes", "--topic-arn", topic)["Attributes"]
    assert attributes["SignatureVersion"] == "2" and attributes["SubscriptionsConfirmed"] == "2"
    aws("sns", "unsubscribe", "--subscription-arn", subscriptions[f"{name}-red"])
    aws("sns", "delete-topic", "--topic-arn", topic)
    assert topic not in [one["TopicArn"] for one in aws_json("sns", "list-topics")["Topics"]]
    with pytest.raises(AssertionError, match=r"\(NotFound\).*Topic does not exist"):
        aws("sns", "publish", "--topic-arn", topic, "--message", "late")


def test_sns_push_and_text_messages(aws, aws_json, name):
    application = aws_json("sns", "create-platform-application", "--name", name, "--platform", "GCM",
                           "--attributes", "PlatformCredential=key")["PlatformApplicationArn"]
    endpoint = aws_json("sns", "create-platform-endpoint", "--platform-application-arn", application,
                        "--token", "device")["EndpointArn"]
    assert aws_json("sns", "publish", "--target-arn", endpoint, "--message", "push")["MessageId"]
    attributes = aws_json("sns", "get-endpoint-attributes", "--endpoint-arn", endpoint)["Attributes"]
    assert attributes == {"Enabled": "true", "Token": "device"}
    aws("sns", "set-sms-attributes", "--attributes", "DefaultSMSType=Transactional")
    assert aws_json("sns", "get-sms-attributes", "--attributes", "DefaultSMSType")["attributes"] == {
        "DefaultSMSType": "Transactional"}
    assert aws_json("sns", "publish", "--phone-number", "+15555550100", "--message", "text")["MessageId"]
    assert aws_json("sns", "check-if-phone-number-is-opted-out", "--phone-number", "+15555550100") == {
        "isOptedOut": False}
    aws("sns", "delete-platform-application", "--platform-application-arn", application)


def test_elb_listener_shows_a_certificate_of_acm(aws, aws_json, name):
    arn = aws_json("acm", "request-certificate", "--domain-name", f"{name}.example.com", "--tags", "Key=a,Value=b")["CertificateArn"]
    assert aws_json("acm", "describe-certificate", "--certificate-arn", arn)["Certificate"]["Status"] == "ISSUED"
    assert aws_json("acm", "list-tags-for-certificate", "--certificate-arn", arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    subnets = [s["SubnetId"] for s in aws_json("ec2", "describe-subnets")["Subnets"][:2]]
    balancer = aws_json("elbv2", "create-load-balancer", "--name", name, "--subnets", *subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    aws("elbv2", "wait", "load-balancer-available", "--load-balancer-arns", balancer)
    listener = aws_json(
        "elbv2", "create-listener", "--load-balancer-arn", balancer, "--protocol", "HTTPS", "--port", "8443",
        "--certificates", f"CertificateArn={arn}", "--default-actions",
        "Type=fixed-response,FixedResponseConfig={StatusCode=204}")["Listeners"][0]
    assert listener["Certificates"] == [{"CertificateArn": arn}]
    with pytest.raises(AssertionError, match="ResourceInUseException"):
        aws("acm", "delete-certificate", "--certificate-arn", arn)
    aws("elbv2", "delete-load-balancer", "--load-balancer-arn", balancer)
    aws("acm", "delete-certificate", "--certificate-arn", arn)
    with pytest.raises(AssertionError, match="ResourceNotFoundException"):
        aws("acm", "get-certificate", "--certificate-arn", arn)
