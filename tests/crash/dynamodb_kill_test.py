"""kill -9 under DynamoDB's transactions: all of one or nothing, and table, indexes, counts and stream agree.

Each round runs writers until enough has been acknowledged and kills the server under them. What was under way
is then sent again with the token that it had, as SDKs do: it must have been done exactly once in all.
"""

import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 3
WRITERS = 4
ACKNOWLEDGED_A_ROUND = 150  # before the kill


def client(server, service="dynamodb"):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, proxies={}, max_pool_connections=WRITERS),
    )


def make_tables(dynamodb):
    keys = [{"AttributeName": "id", "KeyType": "HASH"}]
    for name in ("accounts", "journal"):
        dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=keys,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"},
                                  {"AttributeName": "worker", "AttributeType": "S"}],
            GlobalSecondaryIndexes=[{"IndexName": "by-worker", "Projection": {"ProjectionType": "ALL"},
                                     "KeySchema": [{"AttributeName": "worker", "KeyType": "HASH"}]}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})


def everything(dynamodb, **request):
    pages = dynamodb.get_paginator("scan").paginate(ConsistentRead="IndexName" not in request, **request)
    return {item["id"]["S"]: item for page in pages for item in page["Items"]}


def replay(server, dynamodb, table):
    """What the stream says that the table holds."""
    streams = client(server, "dynamodbstreams")
    arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    (shard,) = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    items = {}
    while True:
        answer = streams.get_records(ShardIterator=iterator)
        if not answer["Records"]:
            return items
        for record in answer["Records"]:
            change = record["dynamodb"]
            key = change["Keys"]["id"]["S"]
            assert items.get(key) == change.get("OldImage"), "each change begins where the one before ended"
            items.pop(key, None)
            if "NewImage" in change:
                items[key] = change["NewImage"]
        iterator = answer["NextShardIterator"]


def write_until_killed(server, turn, acknowledged, under_way):
    dynamodb = client(server)
    done = threading.Semaphore(0)
    unexpected = []

    def run(worker):
        number = 0
        try:
            while True:
                entry = f"{turn}/{worker}/{number}"
                actions = [
                    {"Update": {"TableName": "accounts", "Key": {"id": {"S": f"account-{worker}"}},
                                "UpdateExpression": "ADD balance :one SET worker = :w",
                                "ExpressionAttributeValues": {":one": {"N": "1"}, ":w": {"S": str(worker)}}}},
                    {"Put": {"TableName": "journal", "Item": {"id": {"S": entry}, "worker": {"S": str(worker)}}}},
                ]
                if number % 3 == 2:
                    gone = f"{turn}/{worker}/{number - 1}"
                    actions.append({"Delete": {"TableName": "journal", "Key": {"id": {"S": gone}}}})
                under_way[worker] = {"TransactItems": actions, "ClientRequestToken": entry.replace("/", "-")}
                dynamodb.transact_write_items(**under_way[worker])
                acknowledged[worker] = acknowledged.get(worker, 0) + 1
                number += 1
                done.release()
        except BotoCoreError:
            pass  # the connection broke: the server was killed
        except ClientError as error:
            unexpected.append(error)
        finally:
            for _ in range(ACKNOWLEDGED_A_ROUND):  # never keep the test waiting
                done.release()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in range(WRITERS)]
    for thread in threads:
        thread.start()
    for _ in range(ACKNOWLEDGED_A_ROUND):
        assert done.acquire(timeout=120)
    server.kill()
    for thread in threads:
        thread.join()
    assert unexpected == []


def test_transactions_are_whole_and_all_that_follows_agrees(start_server):
    server = start_server()
    make_tables(client(server))
    acknowledged = {}
    for turn in range(ROUNDS):
        under_way = {}
        write_until_killed(server, turn, acknowledged, under_way)
        server = start_server()
        dynamodb = client(server)
        before = everything(dynamodb, TableName="accounts")
        for worker, request in under_way.items():
            balance = int(before.get(f"account-{worker}", {}).get("balance", {"N": "0"})["N"])
            assert acknowledged.get(worker, 0) <= balance <= acknowledged.get(worker, 0) + 1
            dynamodb.transact_write_items(**request)
            acknowledged[worker] = acknowledged.get(worker, 0) + 1
        accounts = everything(dynamodb, TableName="accounts")
        journal = everything(dynamodb, TableName="journal")
        for worker in range(WRITERS):
            balance = int(accounts[f"account-{worker}"]["balance"]["N"])
            assert balance == acknowledged[worker], "each transaction was done once"
            entries = [int(key.split("/")[2]) for key in journal if key.startswith(f"{turn}/{worker}/")]
            last = max(entries)
            assert sorted(entries) == [n for n in range(last + 1) if n % 3 != 1 or n == last], "all or nothing"
        for table, items in (("accounts", accounts), ("journal", journal)):
            assert everything(dynamodb, TableName=table, IndexName="by-worker") == items
            described = dynamodb.describe_table(TableName=table)["Table"]
            assert described["ItemCount"] == len(items)
            assert described["GlobalSecondaryIndexes"][0]["ItemCount"] == len(items)
            assert replay(server, dynamodb, table) == items
