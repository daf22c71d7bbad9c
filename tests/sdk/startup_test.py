"""What is there from the start: seed files and the scripts of init folders."""

import json
import subprocess
import urllib.error
import urllib.request

import boto3
import pytest

from support.server_process import PATIENCE, environment

QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders"
TABLE = {
    "TableName": "things",
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
}
SEED = """
[[queue]]
QueueName = "orders"
Attributes = { VisibilityTimeout = "60" }
tags = { team = "x" }

[[queue]]
QueueName = "elsewhere"
region = "eu-west-1"
account = "111111111111"

[[topic]]
Name = "events"
[[topic.subscription]]
Protocol = "sqs"
Endpoint = "%s"

[[bucket]]
Bucket = "media"
folder = "files"

[[target_group]]
Name = "web"
Protocol = "HTTP"
Port = 8080
TargetType = "ip"
VpcId = "vpc-1"
target = [{ Id = "127.0.0.1", Port = 1 }]
Attributes = [{ Key = "deregistration_delay.timeout_seconds", Value = "7" }]

[[load_balancer]]
Name = "front"
Subnets = ["subnet-a", "subnet-b"]
Tags = [{ Key = "team", Value = "x + y" }]
[[load_balancer.listener]]
Protocol = "HTTP"
Port = 80
DefaultActions = [{ Type = "forward", TargetGroupArn = "web" }]
[[load_balancer.listener.rule]]
Priority = 10
Conditions = [{ Field = "path-pattern", Values = ["/old/*"] }]
Actions = [{ Type = "fixed-response", FixedResponseConfig = { StatusCode = "410", MessageBody = "gone" } }]
""" % QUEUE


@pytest.fixture
def seed(tmp_path):
    """A TOML file beside a folder of files, and a JSON file."""
    folder = tmp_path / "seeds" / "files" / "a b"
    folder.mkdir(parents=True)
    (folder / "x.bin").write_bytes(bytes(range(256)) * 4096)
    (tmp_path / "seeds" / "files" / "empty").write_bytes(b"")
    toml = tmp_path / "seeds" / "seed.toml"
    toml.write_text(SEED)
    items = [{"k": {"S": "1"}, "n": {"N": "5"}}]
    other = tmp_path / "seeds" / "tables.json"
    other.write_text(json.dumps({"table": [{**TABLE, "items": items}]}))
    return ["--seed", str(toml), "--seed", str(other)]


def client(server, service, region="us-east-1", account="test"):
    return boto3.client(
        service, endpoint_url=server.url, region_name=region, aws_access_key_id=account, aws_secret_access_key="test"
    )


def check_seeded(server):
    sqs = client(server, "sqs")
    url = sqs.get_queue_url(QueueName="orders")["QueueUrl"]
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"] == "60"
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "x"}
    assert client(server, "sqs", "eu-west-1", "111111111111").get_queue_url(QueueName="elsewhere")
    subscriptions = client(server, "sns").list_subscriptions()["Subscriptions"]
    assert [(s["Endpoint"], s["TopicArn"].split(":")[-1]) for s in subscriptions] == [(QUEUE, "events")]
    assert client(server, "dynamodb").scan(TableName="things")["Items"] == [{"k": {"S": "1"}, "n": {"N": "5"}}]
    s3 = client(server, "s3")
    assert [o["Key"] for o in s3.list_objects_v2(Bucket="media")["Contents"]] == ["a b/x.bin", "empty"]
    assert s3.get_object(Bucket="media", Key="a b/x.bin")["Body"].read() == bytes(range(256)) * 4096
    check_load_balancer(server)


def check_load_balancer(server):
    elb = client(server, "elbv2")
    (group,) = elb.describe_target_groups()["TargetGroups"]
    (target,) = elb.describe_target_health(TargetGroupArn=group["TargetGroupArn"])["TargetHealthDescriptions"]
    assert target["Target"] == {"Id": "127.0.0.1", "Port": 1}
    attributes = elb.describe_target_group_attributes(TargetGroupArn=group["TargetGroupArn"])["Attributes"]
    assert {"Key": "deregistration_delay.timeout_seconds", "Value": "7"} in attributes
    (balancer,) = elb.describe_load_balancers()["LoadBalancers"]
    (tags,) = elb.describe_tags(ResourceArns=[balancer["LoadBalancerArn"]])["TagDescriptions"]
    assert tags["Tags"] == [{"Key": "team", "Value": "x + y"}]
    (listener,) = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    assert listener["DefaultActions"][0]["TargetGroupArn"] == group["TargetGroupArn"]
    rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
    assert [rule["Priority"] for rule in rules] == ["10", "default"]
    asked = urllib.request.Request(server.url + "/old/1", headers={"Host": balancer["DNSName"] + ":80"})
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(asked, timeout=PATIENCE)
    assert (refusal.value.code, refusal.value.read()) == (410, b"gone")


def test_what_is_declared_is_there_at_every_start_and_after_a_reset(start_server, seed):
    server = start_server(*seed)
    check_seeded(server)
    stored = client(server, "s3").head_object(Bucket="media", Key="empty")["LastModified"]
    server.stop()
    server = start_server(*seed)
    check_seeded(server)
    assert client(server, "s3").head_object(Bucket="media", Key="empty")["LastModified"] == stored, "it was there"
    server.admin("POST", "/_cumulite/reset")
    assert client(server, "sqs").list_queues().get("QueueUrls", []) == []
    server.admin("POST", "/_cumulite/reset?seed=true")
    check_seeded(server)


def test_seeding_asks_for_no_credential_in_strict_mode(start_server, seed):
    server = start_server("--auth", "strict", "--credential", "AKID:secret", *seed)
    assert server.admin("GET", "/_cumulite/health")[0] == 200


@pytest.mark.parametrize(
    "name, text, told",
    [
        ("a.toml", '[[queue]]\nQueueName = "ok"\n[[queue]]\nQueueNam = "x"\n', "a.toml:3: queue: CreateQueue has no member QueueNam; did you mean QueueName?"),
        ("a.toml", '[[queue]]\nQueueName = "no good"\n', "a.toml:1: queue: CreateQueue: InvalidParameterValue"),
        ("a.toml", "[[queue]\n", "a.toml:1: "),
        ("a.toml", "[[queue]]\nQueueName = 2026-01-02\n", "a.toml:2: "),
        ("a.json", '{"queue": [\n{"QueueName": "ok"},\n{"QueueName": "no good"}]}', "a.json:3: queue: "),
        ("a.json", '{"queue":\n [}', "a.json:2: "),
        ("a.json", '{"queues": []}', "a.json: unknown key queues; did you mean queue?"),
        ("a.json", '{"bucket": [{"Bucket": "media", "folder": "nowhere"}]}', "nowhere is no folder"),
        ("a.toml", '[[load_balancer]]\nName = "x"\nSubnets = ["subnet-a", "subnet-b"]\n[[load_balancer.listener]]\nProtocol = "HTTP"\nPort = 80\nDefaultActions = [{ Type = "forward", TargetGroupArn = "none" }]\n', "a.toml:1: load_balancer: DescribeTargetGroups: TargetGroupNotFound"),
        ("a.toml", '[[target_group]]\nName = "x"\nTargets = []\n', "CreateTargetGroup has no member Targets"),
        ("a.json", '{"bucket": [{"Bucket": "media", "Folder": "x"}]}', "unknown key Folder; did you mean folder?"),
    ],
)
def test_a_mistake_ends_the_start_and_names_its_place(binary, tmp_path, name, text, told):
    (tmp_path / name).write_text(text)
    done = subprocess.run(
        [binary, "--ephemeral", "--listen", "127.0.0.1:0", "--seed", name],
        cwd=tmp_path, env=environment(TMPDIR=str(tmp_path)), capture_output=True, text=True, timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert "Ready." not in done.stdout


def test_scripts_run_in_order_before_the_server_is_healthy(start_server, tmp_path):
    folder = tmp_path / "init"
    folder.mkdir()
    (folder / "1.sh").write_bytes(b'echo "$AWS_DEFAULT_REGION $AWS_ACCESS_KEY_ID" > said\r\n')
    (folder / "2.py").write_text(
        "import os, urllib.error, urllib.request\n"
        "try:\n"
        "    urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_cumulite/health')\n"
        "except urllib.error.HTTPError as refusal:\n"
        "    open('said', 'a').write(str(refusal.code))\n"
    )
    (folder / "3.sh").write_text("exit 3\n")
    (folder / "not a script.txt").write_text("exit 4\n")
    server = start_server("--init", "init")
    assert (tmp_path / "said").read_text() == "us-east-1 test\n503"
    answer = json.loads(server.admin("GET", "/_localstack/init")[1])
    assert answer["completed"] == {"BOOT": True, "START": True, "READY": True, "SHUTDOWN": False}
    assert [(s["stage"], s["name"], s["state"]) for s in answer["scripts"]] == [
        ("READY", "1.sh", "SUCCESSFUL"),
        ("READY", "2.py", "SUCCESSFUL"),
        ("READY", "3.sh", "ERROR"),
    ]
    assert server.admin("GET", "/_cumulite/health")[0] == 200
