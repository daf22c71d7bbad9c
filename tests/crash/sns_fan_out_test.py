"""kill -9 while topics fan out: each acknowledged publish reaches each queue, in order where it is FIFO.

Nobody asks SNS for anything after a start: it goes on by itself.
"""

import json
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 3
QUEUES = 3
PUBLISHERS = 3  # of each topic, each with a group of its own
PUBLISHES_A_ROUND = 200  # before the kill


def client(service, server):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )


def make(server, suffix, topic_attributes, queue_attributes):
    """A topic with queues; gives the topic and the queues' names."""
    sns, sqs = client("sns", server), client("sqs", server)
    topic = sns.create_topic(Name="t" + suffix, Attributes=topic_attributes)["TopicArn"]
    names = [f"q{number}{suffix}" for number in range(QUEUES)]
    for number, name in enumerate(names):
        sqs.create_queue(QueueName=name, Attributes=queue_attributes)
        sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:us-east-1:000000000000:{name}",
            Attributes={"RawMessageDelivery": "true" if number else "false"},
        )
    return topic, names


def publish_until_killed(server, topics, turn):
    """What was acknowledged, by topic, in order."""
    acknowledged = {topic: [] for topic in topics}
    enough = threading.Semaphore(0)

    def publish(topic, publisher):
        sns = client("sns", server)
        group = {"MessageGroupId": f"g{publisher}"} if topic.endswith(".fifo") else {}
        number = 0
        try:
            while True:
                body = f"{publisher}:{turn}:{number:06}"
                sns.publish(TopicArn=topic, Message=body, **group)
                acknowledged[topic].append(body)
                enough.release()
                number += 1
        except (BotoCoreError, ClientError):
            for _ in range(PUBLISHES_A_ROUND):
                enough.release()

    threads = [
        threading.Thread(target=publish, args=(topic, publisher)) for topic in topics for publisher in range(PUBLISHERS)
    ]
    for thread in threads:
        thread.start()
    for _ in range(PUBLISHES_A_ROUND):
        assert enough.acquire(timeout=120)
    server.kill()
    for thread in threads:
        thread.join()
    return acknowledged


def drain(sqs, name, wanted):
    """All bodies of a queue, until those wanted are there and nothing more comes."""
    queue = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    bodies = []
    while True:
        wait = 0 if wanted <= set(bodies) else 5
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=wait).get("Messages")
        if not messages:
            return bodies
        for message in messages:
            body = message["Body"]
            bodies.append(json.loads(body)["Message"] if body.startswith("{") else body)
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def test_acknowledged_publishes_reach_every_queue_over_kills(start_server):
    server = start_server()
    standard, standard_queues = make(server, "", {}, {})
    fifo = {"FifoTopic": "true", "ContentBasedDeduplication": "true"}
    topic, fifo_queues = make(server, ".fifo", fifo, {"FifoQueue": "true"})
    for turn in range(ROUNDS):
        acknowledged = publish_until_killed(server, [standard, topic], turn)
        server = start_server()
        sqs = client("sqs", server)
        for name in standard_queues:
            wanted = set(acknowledged[standard])
            assert wanted - set(drain(sqs, name, wanted)) == set(), "every acknowledged publish"
        for name in fifo_queues:
            wanted = set(acknowledged[topic])
            bodies = drain(sqs, name, wanted)
            assert wanted - set(bodies) == set(), "every acknowledged publish"
            for publisher in range(PUBLISHERS):
                group = [body for body in bodies if body.startswith(f"{publisher}:")]
                assert group == sorted(group), "in the order of publishing"
            assert len(bodies) == len(set(bodies)), "each once"
