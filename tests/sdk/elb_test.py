"""Load balancers as programs set them up: a network, a load balancer, groups, rules; and requests through them."""

import json
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config


@pytest.fixture
def server(start_server):
    return start_server("--elb-listen", "")


def client(service, server):
    return boto3.client(
        service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}),
    )


@pytest.fixture
def elb(server):
    return client("elbv2", server)


@pytest.fixture
def ec2(server):
    return client("ec2", server)


@pytest.fixture
def backend():
    """An HTTP server that answers with the path that it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.path.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield http.server_address[1]
    http.shutdown()


@pytest.fixture
def network(ec2):
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
        for i, zone in enumerate("ab")
    ]
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    )
    return vpc, subnets, group


def get(server, host, path):
    request = urllib.request.Request(server.url + path, headers={"Host": host})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_a_load_balancer_from_its_network_to_its_targets(server, elb, network, backend):
    vpc, subnets, group = network
    made = elb.create_load_balancer(Name="web", Subnets=subnets, SecurityGroups=[group])["LoadBalancers"][0]
    arn, host = made["LoadBalancerArn"], made["DNSName"]
    assert made["State"]["Code"] == "provisioning"
    assert made["VpcId"] == vpc
    assert [zone["ZoneName"] for zone in made["AvailabilityZones"]] == ["us-east-1a", "us-east-1b"]
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[arn])

    targets = elb.create_target_group(
        Name="web", Protocol="HTTP", Port=backend, VpcId=vpc, TargetType="ip", HealthCheckIntervalSeconds=5,
        HealthCheckTimeoutSeconds=2, HealthyThresholdCount=2,
    )["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=targets, Targets=[{"Id": "127.0.0.1", "AvailabilityZone": "all"}])
    listener = elb.create_listener(
        LoadBalancerArn=arn, Protocol="HTTP", Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}],
    )["Listeners"][0]["ListenerArn"]
    elb.create_rule(
        ListenerArn=listener, Priority=1, Conditions=[{"Field": "path-pattern", "Values": ["/fixed*"]}],
        Actions=[{"Type": "fixed-response", "FixedResponseConfig": {
            "StatusCode": "418", "ContentType": "text/plain", "MessageBody": "short and stout"}}],
    )
    elb.get_waiter("target_in_service").wait(TargetGroupArn=targets, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    assert get(server, host, "/hello?x=1") == (200, "/hello?x=1")
    assert get(server, host, "/fixed") == (418, "short and stout")

    elb.deregister_targets(TargetGroupArn=targets, Targets=[{"Id": "127.0.0.1"}])
    health = elb.describe_target_health(TargetGroupArn=targets)["TargetHealthDescriptions"]
    assert [target["TargetHealth"]["State"] for target in health] == ["draining"]
    advance = urllib.request.Request(
        server.url + "/_cumulite/clock", data=json.dumps({"advance": "301s"}).encode(), method="POST")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(advance, timeout=60).read()
    assert elb.describe_target_health(TargetGroupArn=targets)["TargetHealthDescriptions"] == []
    assert get(server, host, "/hello")[0] == 503

    elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[arn])
    elb.delete_target_group(TargetGroupArn=targets)


def test_what_infrastructure_code_reads_back(elb, network):
    vpc, subnets, group = network
    arn = elb.create_load_balancer(Name="web", Subnets=subnets, SecurityGroups=[group],
                                   Tags=[{"Key": "k", "Value": "v"}])["LoadBalancers"][0]["LoadBalancerArn"]
    assert elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"] == [{"Key": "k", "Value": "v"}]
    attributes = {a["Key"]: a["Value"] for a in elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]}
    assert attributes["idle_timeout.timeout_seconds"] == "60"
    assert attributes["load_balancing.cross_zone.enabled"] == "true"
    targets = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]
    assert targets["HealthCheckPath"] == "/" and targets["Matcher"] == {"HttpCode": "200"}
    assert "LoadBalancerArns" not in targets or targets["LoadBalancerArns"] == []
    actions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": targets["TargetGroupArn"]}]}}]
    listener = elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=actions)["Listeners"][0]
    assert listener["DefaultActions"][0]["TargetGroupArn"] == targets["TargetGroupArn"]
    assert listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"][0]["Weight"] == 1
    with pytest.raises(elb.exceptions.ResourceInUseException):
        elb.delete_target_group(TargetGroupArn=targets["TargetGroupArn"])
    with pytest.raises(elb.exceptions.DuplicateListenerException):
        elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[{
            "Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}])
    with pytest.raises(elb.exceptions.LoadBalancerNotFoundException):
        elb.describe_load_balancers(Names=["other"])
    policies = elb.describe_ssl_policies(Names=["ELBSecurityPolicy-2016-08"])["SslPolicies"]
    assert policies[0]["SslProtocols"] == ["TLSv1", "TLSv1.1", "TLSv1.2"]


def test_the_default_network_is_there(ec2):
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    assert len({subnet["AvailabilityZone"] for subnet in subnets}) == 3
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert [zone["ZoneName"] for zone in zones] == ["us-east-1a", "us-east-1b", "us-east-1c"]
    assert ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute="enableDnsHostnames")["EnableDnsHostnames"]["Value"]
    assert ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["NetworkAcls"][0]["IsDefault"]
    tables = ec2.describe_route_tables(Filters=[{"Name": "association.main", "Values": ["true"]}])["RouteTables"]
    assert tables[0]["Routes"][0]["GatewayId"] == "local"


def test_the_command_line_lists_them(aws_json):
    names = [limit["Name"] for limit in aws_json("elbv2", "describe-account-limits")["Limits"]]
    assert "application-load-balancers" in names
    assert aws_json("elbv2", "describe-load-balancers")["LoadBalancers"] == []
    assert len(aws_json("ec2", "describe-subnets")["Subnets"]) == 3


def test_an_instance_is_reached_where_the_settings_say(start_server, backend):
    server = start_server("--elb-listen", "", "--elb-instance", "i-0123456789abcdef0=127.0.0.1")
    elb = client("elbv2", server)
    made = elb.create_load_balancer(Name="web", Subnets=["subnet-11111111", "subnet-22222222"])["LoadBalancers"][0]
    targets = elb.create_target_group(
        Name="web", Protocol="HTTP", Port=backend, VpcId="vpc-11111111")["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=targets, Targets=[{"Id": "i-0123456789abcdef0"}])
    elb.create_listener(LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=80,
                        DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}])
    elb.get_waiter("target_in_service").wait(TargetGroupArn=targets, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    assert get(server, made["DNSName"], "/hello") == (200, "/hello")
