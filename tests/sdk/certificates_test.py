"""Certificates of ACM and IAM on load balancers' HTTPS listeners, by boto3; what Terraform's aws_lb calls."""

import gzip
import http.client
import socket
import ssl
import urllib.request

import boto3
import pytest
from botocore.config import Config


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(start_server):
    return start_server("--elb-listen", "127.0.0.1")


@pytest.fixture
def client(server):
    def make(service):
        return boto3.client(
            service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
            aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}),
        )

    return make


def fetch(server, path, data=None):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(server.url + path, data=data), timeout=60) as answer:
        return answer.read().decode()


def load_balancer(client):
    subnets = [s["SubnetId"] for s in client("ec2").describe_subnets()["Subnets"][:2]]
    return client("elbv2").create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]


FIXED = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "MessageBody": "x", "ContentType": "text/plain"}}]


def ask(port, name, authority):
    """The status, and the common name that was shown to whoever trusts the authority and asks for `name`."""
    context = ssl.create_default_context(cadata=authority)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        with context.wrap_socket(plain, server_hostname=name) as secure:
            shown = dict(field[0] for field in secure.getpeercert()["subject"])["commonName"]
            secure.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(secure)
            answer.begin()
            return answer.status, shown


def test_a_listener_shows_the_certificate_that_the_name_asks_for(server, client):
    acm, elb = client("acm"), client("elbv2")
    first = acm.request_certificate(DomainName="www.example.com", ValidationMethod="DNS")["CertificateArn"]
    second = acm.request_certificate(DomainName="*.shop.example")["CertificateArn"]
    acm.get_waiter("certificate_validated").wait(CertificateArn=first)
    record = acm.describe_certificate(CertificateArn=first)["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"]
    assert record["Type"] == "CNAME"
    port = free_port()
    listener = elb.create_listener(
        LoadBalancerArn=load_balancer(client), Protocol="HTTPS", Port=port, DefaultActions=FIXED,
        Certificates=[{"CertificateArn": first}],
    )["Listeners"][0]["ListenerArn"]
    elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": second}])
    authority = fetch(server, "/_cumulite/acm/authority")
    assert ask(port, "www.example.com", authority) == (200, "www.example.com")
    assert ask(port, "a.shop.example", authority) == (200, "*.shop.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(port, "other.example", authority)
    with pytest.raises(acm.exceptions.ResourceInUseException):
        acm.delete_certificate(CertificateArn=second)

    # Another certificate behind the same ARN, and what is known after a restart.
    texts = acm.get_certificate(CertificateArn=first)
    assert texts["Certificate"].startswith("-----BEGIN CERTIFICATE-----")
    assert [s["DomainName"] for s in acm.list_certificates()["CertificateSummaryList"]] == ["www.example.com", "*.shop.example"]


def test_what_terraform_calls_for_a_load_balancer(client):
    ec2, elb = client("ec2"), client("elbv2")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "isDefault", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    assert ec2.describe_account_attributes(AttributeNames=["supported-platforms"])["AccountAttributes"]
    ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
    arn = load_balancer(client)
    shown = elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]
    assert shown["State"]["Code"] == "active" and shown["CanonicalHostedZoneId"] and shown["IpAddressType"] == "ipv4"
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[
        {"Key": "access_logs.s3.enabled", "Value": "false"}, {"Key": "deletion_protection.enabled", "Value": "false"}])
    assert len(elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]) > 10
    assert elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"] == []
    group = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]["TargetGroupArn"]
    elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}])
    assert elb.describe_target_group_attributes(TargetGroupArn=group)["Attributes"]
    listener = elb.create_listener(
        LoadBalancerArn=arn, Protocol="HTTP", Port=free_port(),
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])["Listeners"][0]["ListenerArn"]
    assert elb.describe_listeners(ListenerArns=[listener])["Listeners"][0]["DefaultActions"]
    rule = elb.create_rule(ListenerArn=listener, Priority=10, Actions=FIXED, Conditions=[
        {"Field": "host-header", "HostHeaderConfig": {"Values": ["a.example"]}}])["Rules"][0]["RuleArn"]
    assert elb.describe_rules(RuleArns=[rule])["Rules"][0]["Priority"] == "10"
    ec2.describe_network_interfaces(Filters=[{"Name": "description", "Values": ["ELB app/web/*"]}])
    elb.delete_rule(RuleArn=rule)
    elb.delete_listener(ListenerArn=listener)
    elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.delete_target_group(TargetGroupArn=group)
    with pytest.raises(elb.exceptions.LoadBalancerNotFoundException):
        elb.describe_load_balancers(LoadBalancerArns=[arn])


def test_access_logs_are_gzipped_lines_in_a_bucket(server, client):
    s3, elb = client("s3"), client("elbv2")
    s3.create_bucket(Bucket="logs")
    arn = load_balancer(client)
    port = free_port()
    elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=port, DefaultActions=FIXED)
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[
        {"Key": "access_logs.s3.enabled", "Value": "true"}, {"Key": "access_logs.s3.bucket", "Value": "logs"},
        {"Key": "access_logs.s3.prefix", "Value": "alb"}])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/logged?a=1")
    assert connection.getresponse().read() == b"x"
    connection.close()
    fetch(server, "/_cumulite/clock", b'{"advance":"5m"}')
    key = s3.list_objects_v2(Bucket="logs")["Contents"][0]["Key"]
    assert key.startswith("alb/AWSLogs/000000000000/elasticloadbalancing/us-east-1/")
    line = gzip.decompress(s3.get_object(Bucket="logs", Key=key)["Body"].read()).decode()
    assert f'"GET http://127.0.0.1:{port}/logged?a=1 HTTP/1.1"' in line
    assert line.startswith("http ") and ' 200 - ' in line and '"fixed-response"' in line
