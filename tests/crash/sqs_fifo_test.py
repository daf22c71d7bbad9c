"""kill -9 while FIFO queues are filled and drained: order, and nothing acknowledged is lost or comes back."""

import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 3
GROUPS = 4
SENDS_A_ROUND = 300  # before the kill


def client(server):
    return boto3.client(
        "sqs", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, proxies={}, max_pool_connections=GROUPS + 1),
    )


class Load:
    """One producer a group and one consumer, until the server is gone."""

    def __init__(self, server, queue, turn):
        self.sent = {f"{turn}-{group}": [] for group in range(GROUPS)}  # acknowledged, in order
        self.deleted = set()  # acknowledged
        self.deleting = set()
        self.received = []
        self._sends = threading.Semaphore(0)
        self._sqs, self._queue, self._server = client(server), queue, server

    def _until_killed(self, work):
        try:
            number = 0
            while True:
                work(number)
                number += 1
        except (BotoCoreError, ClientError):
            assert not self._server.running or self._killing
        finally:
            for _ in range(SENDS_A_ROUND):
                self._sends.release()

    def _produce(self, group):
        def send(number):
            body = f"{group}:{number:06}"
            self._sqs.send_message(QueueUrl=self._queue, MessageBody=body, MessageGroupId=group)
            self.sent[group].append(body)
            self._sends.release()

        self._until_killed(send)

    def _consume(self):
        def take(_):
            for message in self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=5).get("Messages", []):
                self.received.append(message["Body"])
                self.deleting.add(message["Body"])
                self._sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
                self.deleted.add(message["Body"])

        self._until_killed(take)

    def run_until_killed(self):
        self._killing = False
        threads = [threading.Thread(target=self._produce, args=(group,)) for group in self.sent]
        threads.append(threading.Thread(target=self._consume))
        for thread in threads:
            thread.start()
        for _ in range(SENDS_A_ROUND):
            assert self._sends.acquire(timeout=120)
        self._killing = True
        self._server.kill()
        for thread in threads:
            thread.join()


def drain(server, sqs, queue, turn):
    """What is left, in the order in which it comes; what was in flight is made visible first."""
    # A restarted server has the system's time again, so go beyond what the one before was advanced by.
    server.advance_clock(f"{13 * (turn + 1)}h")
    bodies = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            bodies.append(message["Body"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return bodies


def test_fifo_order_holds_over_kills(start_server):
    server = start_server()
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    queue = client(server).create_queue(QueueName="q.fifo", Attributes=fifo)["QueueUrl"]
    for turn in range(ROUNDS):
        load = Load(server, queue, turn)
        load.run_until_killed()
        server = start_server()
        sqs = client(server)
        queue = sqs.get_queue_url(QueueName="q.fifo")["QueueUrl"]
        left = drain(server, sqs, queue, turn)
        assert len(left) == len(set(left)), "each is there once"
        assert set(left) & load.deleted == set(), "an acknowledged deletion holds"
        for group, sent in load.sent.items():
            kept = [body for body in left if body.startswith(group + ":")]
            assert kept == sorted(kept), "the order of sending"
            assert set(sent) - load.deleting - set(kept) == set(), "every acknowledged send"
            first = [body for body in load.received if body.startswith(group + ":")]
            assert first == sorted(first), "the order before the kill"
