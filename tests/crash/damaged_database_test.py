"""A value in a database that no version of the program wrote: whoever asks for that row gets a 500, the log names file,
table and row, and the process goes on."""

import json
import sqlite3
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from support.server_process import ServerProcess

NUMBERS = (99, -(2**62))
TEXTS = ("{", "{}", "x" * 70_000)
BYTES = (b"\xff" * 3,)


def client(server, service):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )


def call_json(server, target, request):
    """What this boto3 does not know yet."""
    call = urllib.request.Request(
        server.url, json.dumps(request).encode(),
        headers={"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.0"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(call, timeout=60) as answer:
        return json.load(answer)


def make_sqs(server):
    sqs = client(server, "sqs")
    queue = sqs.create_queue(QueueName="q", tags={"a": "b"}, Attributes={"DelaySeconds": "0"})["QueueUrl"]
    fifo = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(
        QueueUrl=queue,
        Attributes={"RedrivePolicy": '{"deadLetterTargetArn":"%s","maxReceiveCount":"9"}' % arn})
    sqs.send_message(QueueUrl=queue, MessageBody="one",
                     MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
    sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0)
    sqs.send_message(QueueUrl=fifo, MessageBody="one", MessageGroupId="g", MessageDeduplicationId="d")
    sqs.send_message(QueueUrl=dead, MessageBody="one")
    call_json(server, "AmazonSQS.StartMessageMoveTask", {"SourceArn": arn, "MaxNumberOfMessagesPerSecond": 1})


def use_sqs(server):
    sqs = client(server, "sqs")
    yield lambda: sqs.list_queues()
    for name in ("q", "q.fifo", "dead"):
        url = f"{server.url}/000000000000/{name}"
        yield lambda url=url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        yield lambda url=url: sqs.list_queue_tags(QueueUrl=url)
        yield lambda url=url: sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"])
        yield lambda url=url: sqs.delete_queue(QueueUrl=url)


def make_s3(server):
    s3 = client(server, "s3")
    s3.create_bucket(Bucket="bucket", ObjectLockEnabledForBucket=True)
    s3.put_object(Bucket="bucket", Key="small", Body=b"small", Tagging="a=b", StorageClass="STANDARD_IA",
                  ServerSideEncryption="AES256")
    s3.put_object(Bucket="bucket", Key="large", Body=b"l" * 100_000)
    upload = s3.create_multipart_upload(Bucket="bucket", Key="parts")["UploadId"]
    s3.upload_part(Bucket="bucket", Key="parts", UploadId=upload, PartNumber=1, Body=b"p" * 1000)
    s3.put_bucket_cors(Bucket="bucket", CORSConfiguration={
        "CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]})


def use_s3(server):
    s3 = client(server, "s3")
    yield lambda: s3.list_buckets()
    yield lambda: s3.list_objects_v2(Bucket="bucket")
    yield lambda: s3.list_object_versions(Bucket="bucket")
    yield lambda: s3.list_multipart_uploads(Bucket="bucket")
    yield lambda: s3.get_bucket_versioning(Bucket="bucket")
    yield lambda: s3.get_bucket_cors(Bucket="bucket")
    for key in ("small", "large"):
        yield lambda key=key: s3.get_object(Bucket="bucket", Key=key)["Body"].read()
        yield lambda key=key: s3.get_object_tagging(Bucket="bucket", Key=key)
        yield lambda key=key: s3.delete_object(Bucket="bucket", Key=key)
    yield lambda: s3.put_object(Bucket="bucket", Key="small", Body=b"again")


def make_dynamodb(server):
    dynamodb = client(server, "dynamodb")
    dynamodb.create_table(
        TableName="table", BillingMode="PAY_PER_REQUEST", StreamSpecification={"StreamEnabled": True,
                                                                         "StreamViewType": "NEW_IMAGE"},
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "N"}],
        GlobalSecondaryIndexes=[{"IndexName": "index", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                                 "Projection": {"ProjectionType": "ALL"}}])
    dynamodb.put_item(TableName="table", Item={"k": {"S": "a"}, "g": {"N": "1"}, "x": {"S": "x"}})
    dynamodb.create_backup(TableName="table", BackupName="backup")


def use_dynamodb(server):
    dynamodb, streams = client(server, "dynamodb"), client(server, "dynamodbstreams")
    key = {"k": {"S": "a"}}
    yield lambda: dynamodb.list_tables()
    yield lambda: dynamodb.describe_table(TableName="table")
    yield lambda: dynamodb.get_item(TableName="table", Key=key)
    yield lambda: dynamodb.scan(TableName="table", Limit=1)
    yield lambda: dynamodb.scan(TableName="table", IndexName="index", FilterExpression="x = :x",
                                ExpressionAttributeValues={":x": {"S": "x"}})
    yield lambda: dynamodb.list_backups()
    yield lambda: streams.list_streams()
    yield lambda: dynamodb.update_item(TableName="table", Key=key, UpdateExpression="SET x = :x",
                                       ExpressionAttributeValues={":x": {"S": "y"}})
    yield lambda: dynamodb.delete_table(TableName="table")


def make_sns(server):
    sns, sqs = client(server, "sns"), client(server, "sqs")
    sqs.create_queue(QueueName="to")
    topic = sns.create_topic(Name="t", Tags=[{"Key": "a", "Value": "b"}])["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:to",
                  Attributes={"FilterPolicy": '{"a":["b"]}'})
    sns.create_platform_application(Name="app", Platform="GCM", Attributes={"PlatformCredential": "x"})


def use_sns(server):
    sns = client(server, "sns")
    topic = "arn:aws:sns:us-east-1:000000000000:t"
    yield lambda: sns.list_topics()
    yield lambda: sns.list_subscriptions()
    yield lambda: sns.get_topic_attributes(TopicArn=topic)
    yield lambda: sns.list_platform_applications()
    yield lambda: sns.publish(TopicArn=topic, Message="m")
    yield lambda: sns.delete_topic(TopicArn=topic)


def make_elb(server):
    elb = client(server, "elbv2")
    subnets = [subnet["SubnetId"] for subnet in client(server, "ec2").describe_subnets()["Subnets"]][:2]
    balancer = elb.create_load_balancer(Name="b", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(Name="g", Protocol="HTTP", Port=80, TargetType="ip",
                                    VpcId=client(server, "ec2").describe_vpcs()["Vpcs"][0]["VpcId"])
    group = group["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "127.0.0.1", "Port": 9}])
    elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=18_080,
                        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])


def use_elb(server):
    elb = client(server, "elbv2")
    yield lambda: elb.describe_load_balancers()
    yield lambda: elb.describe_target_groups()
    yield lambda: elb.describe_listeners(
        LoadBalancerArn=elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"])
    yield lambda: elb.describe_target_health(
        TargetGroupArn=elb.describe_target_groups()["TargetGroups"][0]["TargetGroupArn"])


def use_ec2(server):
    ec2 = client(server, "ec2")
    yield lambda: ec2.describe_vpcs()
    yield lambda: ec2.describe_subnets()
    yield lambda: ec2.describe_security_groups()


SERVICES = {
    "sqs": (make_sqs, use_sqs),
    "s3": (make_s3, use_s3),
    "dynamodb": (make_dynamodb, use_dynamodb),
    "sns": (make_sns, use_sns),
    "elb": (make_elb, use_elb),
    "ec2": (lambda server: client(server, "ec2").describe_vpcs(), use_ec2),
}


def columns(database):
    """Every column of every table that has rows: table, column, and the values to damage it with."""
    with sqlite3.connect(database) as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        for table in tables:
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
                continue
            for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
                yield table, column, {"INTEGER": NUMBERS, "TEXT": TEXTS, "BLOB": BYTES}[kind]


def is_server_fault(call):
    try:
        call()
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    except Exception:  # the client does not understand what it reads: no matter as long as the server lives
        return False
    return False


@pytest.mark.parametrize("service", SERVICES)
def test_the_process_outlives_every_damaged_column(binary, service, tmp_path):
    make, use = SERVICES[service]
    server = ServerProcess(binary, tmp_path)
    make(server)
    server.stop()
    database = tmp_path / "data" / f"{service}.db"
    whole = sqlite3.connect(database)
    whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole.close()
    kept = database.read_bytes()
    faults = 0
    for table, column, values in list(columns(database)):
        for value in values:
            for suffix in ("-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
            database.write_bytes(kept)
            with sqlite3.connect(database) as connection:
                try:
                    # One row of several: a key must stay one.
                    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IN "
                                       f"(SELECT {column} FROM {table} LIMIT 1)", (value,))
                except sqlite3.IntegrityError:
                    continue
            connection.close()
            server.log.unlink(missing_ok=True)
            server = ServerProcess(binary, tmp_path)
            faulty = [is_server_fault(call) for call in use(server)]
            assert server.admin("GET", "/_cumulite/health")[0] == 200, (table, column, value)
            log = server.log.read_bytes()
            if any(faulty):
                faults += b"damaged value file=" in log
            server.stop(may_log_faults=True)
    assert faults > 0, "no damage was noticed"
