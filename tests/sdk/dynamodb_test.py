"""DynamoDB as boto3 sees it: tables, items, queries, batches, transactions."""

import json
import zlib
from decimal import Decimal

import boto3
import pytest
import requests
from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError


@pytest.fixture
def dynamodb(server):
    return boto3.client("dynamodb", endpoint_url=server.url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture
def orders(dynamodb):
    """A table with a sparse index over `state`."""
    dynamodb.create_table(
        TableName="orders", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "customer", "KeyType": "HASH"}, {"AttributeName": "number", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "customer", "AttributeType": "S"},
                              {"AttributeName": "number", "AttributeType": "N"},
                              {"AttributeName": "state", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{"IndexName": "by-state", "Projection": {"ProjectionType": "ALL"},
                                 "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}]}])
    yield "orders"
    dynamodb.delete_table(TableName="orders")


def put(dynamodb, number, **more):
    dynamodb.put_item(TableName="orders", Item={"customer": {"S": "ann"}, "number": {"N": str(number)}, **more})


def test_pages_of_a_query_are_in_the_order_of_numbers(dynamodb, orders):
    for number in (10, 9, -1, 100, 2.5):
        put(dynamodb, number)
    pages = dynamodb.get_paginator("query").paginate(
        TableName=orders, KeyConditionExpression="customer = :c", ExpressionAttributeValues={":c": {"S": "ann"}},
        PaginationConfig={"PageSize": 2})
    assert [item["number"]["N"] for page in pages for item in page["Items"]] == ["-1", "2.5", "9", "10", "100"]


def test_index_follows_its_items(dynamodb, orders):
    put(dynamodb, 1, state={"S": "new"})
    put(dynamodb, 2)
    def found(state):
        return dynamodb.query(TableName=orders, IndexName="by-state", KeyConditionExpression="#s = :s",
                              ExpressionAttributeNames={"#s": "state"},
                              ExpressionAttributeValues={":s": {"S": state}})["Count"]
    assert found("new") == 1
    dynamodb.update_item(TableName=orders, Key={"customer": {"S": "ann"}, "number": {"N": "1"}},
                         UpdateExpression="SET #s = :s", ExpressionAttributeNames={"#s": "state"},
                         ExpressionAttributeValues={":s": {"S": "paid"}})
    assert (found("new"), found("paid")) == (0, 1)


def test_condition_that_fails_changes_nothing_and_shows_the_item(dynamodb, orders):
    put(dynamodb, 1, state={"S": "new"})
    with pytest.raises(ClientError) as refused:
        dynamodb.put_item(TableName=orders, Item={"customer": {"S": "ann"}, "number": {"N": "1.0"}},
                          ConditionExpression="attribute_not_exists(customer)")
    assert refused.value.response["Error"] == {"Code": "ConditionalCheckFailedException",
                                               "Message": "The conditional request failed"}
    item = dynamodb.get_item(TableName=orders, Key={"customer": {"S": "ann"}, "number": {"N": "1"}})["Item"]
    assert item["state"] == {"S": "new"}


def test_transaction_is_all_or_nothing_and_runs_once_a_token(dynamodb, orders):
    put(dynamodb, 1)
    actions = [{"Put": {"TableName": orders, "Item": {"customer": {"S": "bob"}, "number": {"N": "7"}}}},
               {"ConditionCheck": {"TableName": orders, "Key": {"customer": {"S": "ann"}, "number": {"N": "1"}},
                                   "ConditionExpression": "attribute_exists(paid)"}}]
    with pytest.raises(ClientError) as cancelled:
        dynamodb.transact_write_items(TransactItems=actions)
    reasons = [reason["Code"] for reason in cancelled.value.response["CancellationReasons"]]
    assert reasons == ["None", "ConditionalCheckFailed"]
    assert dynamodb.scan(TableName=orders)["Count"] == 1

    add = [{"Update": {"TableName": orders, "Key": {"customer": {"S": "ann"}, "number": {"N": "1"}},
                       "UpdateExpression": "ADD tries :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}}]
    for _ in range(2):
        dynamodb.transact_write_items(TransactItems=add, ClientRequestToken="once")
    item = dynamodb.get_item(TableName=orders, Key={"customer": {"S": "ann"}, "number": {"N": "1"}})["Item"]
    assert item["tries"] == {"N": "1"}


def test_batches_write_and_read_all(dynamodb, orders):
    writes = [{"PutRequest": {"Item": {"customer": {"S": "ann"}, "number": {"N": str(n)}}}} for n in range(25)]
    assert dynamodb.batch_write_item(RequestItems={orders: writes})["UnprocessedItems"] == {}
    keys = [{"customer": {"S": "ann"}, "number": {"N": str(n)}} for n in range(20, 30)]
    answer = dynamodb.batch_get_item(RequestItems={orders: {"Keys": keys}})
    assert sorted(int(item["number"]["N"]) for item in answer["Responses"][orders]) == list(range(20, 25))
    assert dynamodb.describe_table(TableName=orders)["Table"]["ItemCount"] == 25


def test_segments_of_a_scan_share_all_items(dynamodb, orders):
    for n in range(25):
        dynamodb.put_item(TableName=orders, Item={"customer": {"S": f"c{n}"}, "number": {"N": "1"}})
    seen = [item["customer"]["S"] for segment in range(4)
            for item in dynamodb.scan(TableName=orders, Segment=segment, TotalSegments=4)["Items"]]
    assert sorted(seen) == sorted(f"c{n}" for n in range(25))


def records_of(server, dynamodb, table):
    streams = boto3.client("dynamodbstreams", endpoint_url=server.url, region_name="us-east-1",
                           aws_access_key_id="test", aws_secret_access_key="test")
    arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    assert arn in [stream["StreamArn"] for stream in streams.list_streams(TableName=table)["Streams"]]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]


def test_stream_tells_every_change_and_no_other(server, dynamodb, orders):
    dynamodb.update_table(TableName=orders, StreamSpecification={"StreamEnabled": True,
                                                                 "StreamViewType": "NEW_AND_OLD_IMAGES"})
    put(dynamodb, 1, state={"S": "new"})
    put(dynamodb, 1, state={"S": "new"})
    put(dynamodb, 1, state={"S": "paid"})
    dynamodb.delete_item(TableName=orders, Key={"customer": {"S": "ann"}, "number": {"N": "1"}})
    dynamodb.delete_item(TableName=orders, Key={"customer": {"S": "ann"}, "number": {"N": "1"}})
    records = records_of(server, dynamodb, orders)
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"]
    assert records[1]["dynamodb"]["OldImage"]["state"] == {"S": "new"}
    assert records[1]["dynamodb"]["NewImage"]["state"] == {"S": "paid"}
    assert "NewImage" not in records[2]["dynamodb"]


def test_index_made_later_holds_the_items_that_were_there(dynamodb, orders):
    for n in range(30):
        put(dynamodb, n, color={"S": "red" if n % 2 else "blue"})
    dynamodb.update_table(
        TableName=orders, AttributeDefinitions=[{"AttributeName": "color", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[{"Create": {"IndexName": "by-color", "Projection": {"ProjectionType": "KEYS_ONLY"},
                                                 "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}]}}])
    def indexes():
        return dynamodb.describe_table(TableName=orders)["Table"]["GlobalSecondaryIndexes"]
    while any(index["IndexStatus"] != "ACTIVE" for index in indexes()):
        pass
    assert next(index["ItemCount"] for index in indexes() if index["IndexName"] == "by-color") == 30
    red = dynamodb.query(TableName=orders, IndexName="by-color", KeyConditionExpression="color = :c",
                         ExpressionAttributeValues={":c": {"S": "red"}})
    assert red["Count"] == 15 and sorted(red["Items"][0]) == ["color", "customer", "number"]


def test_expired_items_go_with_a_mark_in_the_stream(server, dynamodb, orders):
    dynamodb.update_table(TableName=orders, StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})
    dynamodb.update_time_to_live(TableName=orders,
                                 TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"})
    now = requests.get(server.url + "/_cumulite/clock").json()["now_ms"] // 1000
    put(dynamodb, 1, until={"N": str(now + 100)})
    put(dynamodb, 2, until={"N": str(now + 10_000)})
    requests.post(server.url + "/_cumulite/clock", json={"advance": "200s"})
    while dynamodb.scan(TableName=orders, Select="COUNT")["Count"] > 1:
        pass
    last = records_of(server, dynamodb, orders)[-1]
    assert last["eventName"] == "REMOVE"
    assert last["userIdentity"] == {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}


def test_tags_of_a_table(dynamodb, orders):
    arn = dynamodb.describe_table(TableName=orders)["Table"]["TableArn"]
    dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "sales"}, {"Key": "x", "Value": ""}])
    dynamodb.untag_resource(ResourceArn=arn, TagKeys=["x", "y"])
    assert dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "sales"}]


def test_answers_carry_their_checksum(server):
    """SDKs compare it: a wrong one makes them try again for ever."""
    answer = requests.post(
        server.url, data="{}", timeout=60,
        headers={"X-Amz-Target": "DynamoDB_20120810.ListTables", "Content-Type": "application/x-amz-json-1.0"})
    assert int(answer.headers["x-amz-crc32"]) == zlib.crc32(answer.content)


def test_what_is_not_built_is_refused_by_name(dynamodb, orders):
    with pytest.raises(ClientError, match="NotImplemented.*CreateGlobalTable"):
        dynamodb.create_global_table(GlobalTableName=orders, ReplicationGroup=[{"RegionName": "us-east-1"}])


def test_kinesis_destinations_are_described(dynamodb, orders):
    arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders"
    dynamodb.enable_kinesis_streaming_destination(TableName=orders, StreamArn=arn)
    found = dynamodb.describe_kinesis_streaming_destination(TableName=orders)["KinesisDataStreamDestinations"]
    assert [(destination["StreamArn"], destination["DestinationStatus"]) for destination in found] == [(arn, "ACTIVE")]


def test_resources_write_in_batches_and_filter(server):
    table = boto3.resource(
        "dynamodb", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
    ).create_table(
        TableName="resources", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    table.wait_until_exists()
    with table.batch_writer() as batch:
        for number in range(60):
            batch.put_item({"id": str(number), "number": number, "tags": {"even"} if number % 2 == 0 else {"odd"}})
    found = table.scan(FilterExpression=Attr("number").between(10, 19) & Attr("tags").contains("odd"))
    assert sorted(int(item["number"]) for item in found["Items"]) == [11, 13, 15, 17, 19]
    assert table.get_item(Key={"id": "4"})["Item"]["number"] == Decimal(4)
    table.delete()
    table.wait_until_not_exists()


def test_a_replica_has_the_same_items(server, dynamodb, orders):
    put(dynamodb, 1)
    dynamodb.update_table(TableName=orders, ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}])
    europe = boto3.client("dynamodb", endpoint_url=server.url, region_name="eu-west-1", aws_access_key_id="test",
                          aws_secret_access_key="test")
    europe.get_waiter("table_exists").wait(TableName=orders)
    put(europe, 2)
    for client in (dynamodb, europe):
        assert [item["number"]["N"] for item in client.scan(TableName=orders)["Items"]] == ["1", "2"]
    dynamodb.update_table(TableName=orders, ReplicaUpdates=[{"Delete": {"RegionName": "eu-west-1"}}])
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        europe.describe_table(TableName=orders)


def test_a_moment_is_restored(server, dynamodb, orders):
    dynamodb.update_continuous_backups(
        TableName=orders, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    put(dynamodb, 1)
    described = dynamodb.describe_continuous_backups(TableName=orders)["ContinuousBackupsDescription"]
    moment = described["PointInTimeRecoveryDescription"]["LatestRestorableDateTime"]
    server.advance_clock("1h")
    put(dynamodb, 2)
    dynamodb.restore_table_to_point_in_time(SourceTableName=orders, TargetTableName="earlier", RestoreDateTime=moment)
    dynamodb.get_waiter("table_exists").wait(TableName="earlier")
    assert [item["number"]["N"] for item in dynamodb.scan(TableName="earlier")["Items"]] == ["1"]
    dynamodb.delete_table(TableName="earlier")


def finished(describe):
    """The description once it is not IN_PROGRESS any more."""
    for _ in range(600):
        described = describe()
        if "IN_PROGRESS" not in (described.get("ExportStatus"), described.get("ImportStatus")):
            return described
    raise AssertionError(described)


def test_a_table_goes_to_s3_and_comes_back(server, dynamodb, orders):
    s3 = boto3.client("s3", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
                      aws_secret_access_key="test")
    s3.create_bucket(Bucket="table-files")
    dynamodb.update_continuous_backups(
        TableName=orders, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    for number in range(50):
        put(dynamodb, number, text={"S": "x" * 1000}, state={"S": "open"})
    arn = dynamodb.describe_table(TableName=orders)["Table"]["TableArn"]
    begun = dynamodb.export_table_to_point_in_time(TableArn=arn, S3Bucket="table-files", S3Prefix="out")
    export = begun["ExportDescription"]["ExportArn"]
    done = finished(lambda: dynamodb.describe_export(ExportArn=export)["ExportDescription"])
    assert (done["ExportStatus"], done["ItemCount"]) == ("COMPLETED", 50)
    assert [one["ExportArn"] for one in dynamodb.list_exports(TableArn=arn)["ExportSummaries"]] == [export]
    folder = done["ExportManifest"].rsplit("/", 1)[0]
    names = [one["Key"].removeprefix(folder + "/")
             for one in s3.list_objects_v2(Bucket="table-files", Prefix=folder)["Contents"]]
    assert {"_started", "manifest-files.json", "manifest-files.checksum", "manifest-summary.json",
            "manifest-summary.checksum"} <= set(names)
    summary = json.load(s3.get_object(Bucket="table-files", Key=done["ExportManifest"])["Body"])
    assert summary["itemCount"] == 50 and summary["s3Prefix"] == "out"

    imported = dynamodb.import_table(
        S3BucketSource={"S3Bucket": "table-files", "S3KeyPrefix": f"{folder}/data/"}, InputFormat="DYNAMODB_JSON",
        InputCompressionType="GZIP",
        TableCreationParameters={
            "TableName": "imported", "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"},
                          {"AttributeName": "number", "KeyType": "RANGE"}],
            "AttributeDefinitions": [{"AttributeName": "customer", "AttributeType": "S"},
                                     {"AttributeName": "number", "AttributeType": "N"},
                                     {"AttributeName": "state", "AttributeType": "S"}],
            "GlobalSecondaryIndexes": [{"IndexName": "by-state", "Projection": {"ProjectionType": "ALL"},
                                        "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}]}]})
    import_arn = imported["ImportTableDescription"]["ImportArn"]
    done = finished(lambda: dynamodb.describe_import(ImportArn=import_arn)["ImportTableDescription"])
    assert (done["ImportStatus"], done["ImportedItemCount"], done["ErrorCount"]) == ("COMPLETED", 50, 0)
    dynamodb.get_waiter("table_exists").wait(TableName="imported")
    assert dynamodb.scan(TableName="imported")["Items"] == dynamodb.scan(TableName=orders)["Items"]
    assert dynamodb.scan(TableName="imported", IndexName="by-state")["Count"] == 50
    dynamodb.delete_table(TableName="imported")

    foreign = dynamodb.export_table_to_point_in_time(TableArn=arn, S3Bucket="table-files", S3BucketOwner="1" * 12)
    export = foreign["ExportDescription"]["ExportArn"]
    done = finished(lambda: dynamodb.describe_export(ExportArn=export)["ExportDescription"])
    assert done["ExportStatus"] == "FAILED", "the bucket is not that account's"
