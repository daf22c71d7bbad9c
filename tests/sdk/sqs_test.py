"""Programs that use queues: producers and consumers, visibility, FIFO with dead letters and a redrive.

boto3 here is Debian's, which speaks the Query protocol; js/sqs_fifo.mjs does the same over AWS JSON. Time is
the server's own: the tests advance it, so each has a server to itself.
"""

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sdk.conftest import Endpoint


@pytest.fixture
def server(start_server):
    return start_server()


@pytest.fixture
def sqs(server):
    return boto3.client(
        "sqs", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}),
    )


def receive(sqs, queue, **options):
    return sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, **options).get("Messages", [])


def bodies(messages):
    return [message["Body"] for message in messages]


def count(sqs, queue, kind=""):
    name = f"ApproximateNumberOfMessages{kind}"
    return int(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name])


def test_work_of_a_consumer_that_died_is_done_by_the_next(server, sqs):
    queue = sqs.create_queue(QueueName="work", Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
    work = {str(number) for number in range(30)}
    for number in range(0, 30, 10):
        entries = [{"Id": f"e{i}", "MessageBody": str(number + i)} for i in range(10)]
        assert len(sqs.send_message_batch(QueueUrl=queue, Entries=entries)["Successful"]) == 10
    done = set()
    for message in receive(sqs, queue):
        if int(message["Body"]) % 2 == 0:  # half of them before it dies
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            done.add(message["Body"])
    lost = 10 - len(done)
    assert (count(sqs, queue), count(sqs, queue, "NotVisible")) == (20, lost)
    server.advance_clock("1m")
    assert (count(sqs, queue), count(sqs, queue, "NotVisible")) == (20 + lost, 0)
    while messages := receive(sqs, queue):
        entries = [{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages)]
        assert "Failed" not in sqs.delete_message_batch(QueueUrl=queue, Entries=entries)
        done |= set(bodies(messages))
    assert done == work


def test_slow_consumer_keeps_its_message_by_extending_it(server, sqs):
    queue = sqs.create_queue(QueueName="slow")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="long work")
    handle = receive(sqs, queue)[0]["ReceiptHandle"]
    for _ in range(5):
        server.advance_clock("25s")
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=30)
        assert receive(sqs, queue) == []
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=0)
    assert bodies(receive(sqs, queue)) == ["long work"]


def test_fifo_order_dead_letters_and_redrive(server, sqs):
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    dead = sqs.create_queue(QueueName="dead.fifo", Attributes=fifo)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2})
    queue = sqs.create_queue(QueueName="q.fifo", Attributes={**fifo, "RedrivePolicy": policy})["QueueUrl"]
    for body in ("poison", "second", "third"):
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId="g")
    assert "MessageId" in sqs.send_message(QueueUrl=queue, MessageBody="third", MessageGroupId="g")  # a duplicate

    for _ in range(2):
        first = sqs.receive_message(QueueUrl=queue)["Messages"]
        assert bodies(first) == ["poison"]
        assert receive(sqs, queue) == [], "its group is locked"
        server.advance_clock("15m")
    assert bodies(receive(sqs, queue, VisibilityTimeout=0)) == ["second", "third"], "without the dead one"
    letter = receive(sqs, dead, AttributeNames=["All"], VisibilityTimeout=0)[0]
    assert letter["MessageId"] == first[0]["MessageId"]
    assert letter["Attributes"]["ApproximateReceiveCount"] == "3"
    assert letter["Attributes"]["DeadLetterQueueSourceArn"].endswith(":q.fifo")

    # Debian's boto3 does not know move tasks; the JavaScript test does the redrive.
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [queue]


def test_tags_travel_by_both_names(sqs):
    queue = sqs.create_queue(QueueName="tagged", tags={"stage": "test"})["QueueUrl"]
    sqs.tag_queue(QueueUrl=queue, Tags={"team": "a", "stage": "prod"})
    assert sqs.list_queue_tags(QueueUrl=queue)["Tags"] == {"stage": "prod", "team": "a"}
    sqs.untag_queue(QueueUrl=queue, TagKeys=["stage"])
    assert sqs.list_queue_tags(QueueUrl=queue)["Tags"] == {"team": "a"}


def test_retention_ends_a_message(server, sqs):
    queue = sqs.create_queue(QueueName="short", Attributes={"MessageRetentionPeriod": "60"})["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    server.advance_clock("1m")
    assert count(sqs, queue) == 0
    assert receive(sqs, queue) == []


def test_errors_are_those_that_programs_catch(sqs):
    queue = sqs.create_queue(QueueName="errors")["QueueUrl"]
    with pytest.raises(ClientError) as raised:
        sqs.get_queue_url(QueueName="absent")
    assert raised.value.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
    with pytest.raises(sqs.exceptions.ReceiptHandleIsInvalid):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle="garbage")


@pytest.fixture
def endpoint(server):
    return Endpoint(server.url, None)


def test_fifo_and_redrive_by_json(javascript, sqs):
    javascript("sqs_fifo.mjs")
    moved = sqs.get_queue_url(QueueName="js.fifo")["QueueUrl"]
    assert count(sqs, moved) == 0
