"""Programs that use topics: fan-out to queues, HTTP endpoints that confirm, refuse, fail and come back.

Signatures are checked by openssl with nothing but the certificate of SigningCertURL. Time is the server's own.
"""

import base64
import json
import queue
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config

QUEUE = "arn:aws:sqs:us-east-1:000000000000:"
PATIENCE = 30


@pytest.fixture
def server(start_server):
    return start_server()


def client(service, server):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}),
    )


@pytest.fixture
def sns(server):
    return client("sns", server)


@pytest.fixture
def sqs(server):
    return client("sqs", server)


class Endpoint:
    """An HTTP server that keeps what it gets and answers the statuses it was given, 200 after these."""

    def __init__(self):
        self.received, self.statuses = queue.Queue(), queue.Queue()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                try:
                    status = endpoint.statuses.get_nowait()
                except queue.Empty:
                    status = 200
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                endpoint.received.put((dict(self.headers), body))

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/hook"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def next(self):
        return self.received.get(timeout=PATIENCE)

    def close(self):
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def endpoint():
    endpoint = Endpoint()
    yield endpoint
    endpoint.close()


def subscribe(sns, topic, endpoint, **attributes):
    """A confirmed subscription."""
    arn = sns.subscribe(
        TopicArn=topic, Protocol="http", Endpoint=endpoint.url, ReturnSubscriptionArn=True, Attributes=attributes,
    )["SubscriptionArn"]
    headers, body = endpoint.next()
    assert headers["x-amz-sns-message-type"] == "SubscriptionConfirmation"
    with urllib.request.urlopen(json.loads(body)["SubscribeURL"]) as answer:
        assert arn in answer.read().decode()
    return arn


def verify(document, tmp_path):
    names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    text = "".join(f"{name}\n{document[name]}\n" for name in names if name in document)
    with urllib.request.urlopen(document["SigningCertURL"]) as answer:
        (tmp_path / "cert.pem").write_bytes(answer.read())
    (tmp_path / "text").write_text(text)
    (tmp_path / "signature").write_bytes(base64.b64decode(document["Signature"]))
    key = subprocess.run(
        ["openssl", "x509", "-in", "cert.pem", "-pubkey", "-noout"], cwd=tmp_path, check=True, capture_output=True,
    ).stdout
    (tmp_path / "key.pem").write_bytes(key)
    digest = {"1": "-sha1", "2": "-sha256"}[document["SignatureVersion"]]
    subprocess.run(
        ["openssl", "dgst", digest, "-verify", "key.pem", "-signature", "signature", "text"], cwd=tmp_path, check=True,
    )


def receive(sqs, name):
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in messages]


def test_queue_gets_signed_envelopes(sns, sqs, tmp_path):
    sqs.create_queue(QueueName="q")
    topic = sns.create_topic(Name="t")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=QUEUE + "q")
    for version in ["1", "2"]:
        sns.set_topic_attributes(TopicArn=topic, AttributeName="SignatureVersion", AttributeValue=version)
        sns.publish(TopicArn=topic, Message="ä message", Subject="subject")
        (body,) = receive(sqs, "q")
        document = json.loads(body)
        assert document["SignatureVersion"] == version
        verify(document, tmp_path)


def test_http_endpoint_confirms_receives_and_leaves(sns, endpoint, tmp_path):
    topic = sns.create_topic(Name="t")["TopicArn"]
    pending = sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    assert pending["SubscriptionArn"] == "pending confirmation"
    headers, body = endpoint.next()
    confirmation = json.loads(body)
    assert headers["x-amz-sns-message-type"] == "SubscriptionConfirmation"
    assert headers["x-amz-sns-topic-arn"] == topic
    assert headers["x-amz-sns-message-id"] == confirmation["MessageId"]
    assert headers["Content-Type"] == "text/plain; charset=UTF-8"
    assert headers["User-Agent"] == "Amazon Simple Notification Service Agent"
    verify(confirmation, tmp_path)
    sns.publish(TopicArn=topic, Message="nobody hears it")
    arn = sns.confirm_subscription(TopicArn=topic, Token=confirmation["Token"])["SubscriptionArn"]
    assert sns.confirm_subscription(TopicArn=topic, Token=confirmation["Token"])["SubscriptionArn"] == arn

    message_id = sns.publish(
        TopicArn=topic, Message="text", Subject="subject",
        MessageAttributes={"a": {"DataType": "String", "StringValue": "x"}},
    )["MessageId"]
    headers, body = endpoint.next()
    notification = json.loads(body)
    assert headers["x-amz-sns-message-type"] == "Notification"
    assert headers["x-amz-sns-subscription-arn"] == arn
    assert notification["MessageId"] == message_id and notification["Message"] == "text"
    assert notification["MessageAttributes"] == {"a": {"Type": "String", "Value": "x"}}
    verify(notification, tmp_path)

    sns.set_subscription_attributes(
        SubscriptionArn=arn, AttributeName="RawMessageDelivery", AttributeValue="true")
    sns.publish(TopicArn=topic, Message="raw text")
    headers, body = endpoint.next()
    assert body == "raw text" and headers["x-amz-sns-rawdelivery"] == "true"

    urllib.request.urlopen(notification["UnsubscribeURL"]).read()
    headers, body = endpoint.next()
    assert headers["x-amz-sns-message-type"] == "UnsubscribeConfirmation"
    assert sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"] == []
    verify(json.loads(body), tmp_path)
    urllib.request.urlopen(json.loads(body)["SubscribeURL"]).read()
    (restored,) = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert restored["SubscriptionArn"] == arn


def outcomes(server, topic):
    shown = json.loads(urllib.request.urlopen(f"{server.url}/_cumulite/sns/deliveries?topic={topic}").read())
    return [(delivery["outcome"], delivery["attempt"]) for delivery in shown["deliveries"]]


def wait_for(condition):
    done = threading.Event()
    for _ in range(PATIENCE * 20):
        if condition():
            return
        done.wait(0.05)
    raise AssertionError("it did not happen")


def test_failing_endpoint_is_tried_again_as_the_policy_says_then_given_up(server, sns, sqs, endpoint):
    sqs.create_queue(QueueName="dead")
    topic = sns.create_topic(Name="t")["TopicArn"]
    subscribe(
        sns, topic, endpoint, RedrivePolicy=json.dumps({"deadLetterTargetArn": QUEUE + "dead"}),
        RawMessageDelivery="true", DeliveryPolicy=json.dumps(
            {"healthyRetryPolicy": {"numRetries": 2, "minDelayTarget": 30, "maxDelayTarget": 30}}),
    )
    for _ in range(3):
        endpoint.statuses.put(500)
    sns.publish(TopicArn=topic, Message="late")
    for attempt in range(1, 3):
        assert endpoint.next()[1] == "late"
        wait_for(lambda: outcomes(server, topic)[-1:] == [("retrying", attempt)])
        server.advance_clock("29s")
        assert endpoint.received.empty()
        server.advance_clock("1s")
    endpoint.next()
    assert receive(sqs, "dead") == ["late"]
    assert outcomes(server, topic)[-1] == ("dead-lettered", 3)


def test_refusing_endpoint_is_not_tried_again(server, sns, sqs, endpoint):
    topic = sns.create_topic(Name="t")["TopicArn"]
    subscribe(sns, topic, endpoint)
    endpoint.statuses.put(404)
    sns.publish(TopicArn=topic, Message="unwanted")
    endpoint.next()
    wait_for(lambda: outcomes(server, topic) == [("dropped", 1)])


def test_waiting_deliveries_survive_a_restart(start_server, endpoint):
    server = start_server()
    sns = client("sns", server)
    topic = sns.create_topic(Name="t")["TopicArn"]
    subscribe(sns, topic, endpoint, RawMessageDelivery="true")
    endpoint.statuses.put(503)
    sns.publish(TopicArn=topic, Message="again")
    endpoint.next()
    wait_for(lambda: outcomes(server, topic) == [("retrying", 1)])
    server.kill()
    server = start_server()  # which goes on by itself
    server.advance_clock("30s")
    assert endpoint.next()[1] == "again"


def test_bad_link_is_refused(server, sns):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.url}/?Action=ConfirmSubscription&TopicArn=x&Token=y")
    assert refused.value.code == 400


def test_replay_brings_back_what_was_archived_in_order(server, sns, sqs):
    topic = sns.create_topic(Name="t.fifo", Attributes={
        "FifoTopic": "true", "ContentBasedDeduplication": "true",
        "ArchivePolicy": json.dumps({"MessageRetentionPeriod": "2"}),
    })["TopicArn"]
    sns.publish(TopicArn=topic, Message="too old", MessageGroupId="g")
    server.advance_clock("49h")
    for number in range(60):  # more than a page
        sns.publish(TopicArn=topic, Message=f"{number:02}", MessageGroupId="g")
    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    policy = json.dumps({"PointType": "Timestamp", "StartingPoint": "2020-01-01T00:00:00Z"})
    arn = sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=QUEUE + "q.fifo", Attributes={"ReplayPolicy": policy},
    )["SubscriptionArn"]
    received = []
    while len(received) < 60:
        messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10, MaxNumberOfMessages=10)["Messages"]
        for message in messages:
            received.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert [document["Message"] for document in received] == [f"{number:02}" for number in range(60)]
    assert all(document["Replayed"] == "true" for document in received)

    def shown():
        return sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]

    wait_for(lambda: shown()["ReplayStatus"] == "Completed")
    sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="ReplayPolicy", AttributeValue="")
    assert "ReplayStatus" not in shown()
