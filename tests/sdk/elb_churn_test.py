"""A load balancer under load while its rules, targets and weights change and its targets die and come back.

CUMULITE_CHURN_SECONDS makes it longer than the few seconds that every run of the tests has.
"""

import http.client
import itertools
import os
import random
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from botocore.config import Config

SECONDS = float(os.environ.get("CUMULITE_CHURN_SECONDS", "6"))
CLIENTS = 6
GRACE = 0.5  # from a target's death to the end of what was under way to it


class Backend:
    """Answers with the path and the body that it got; can die, connections and all, and come back."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.connections = set()
        self.start()

    def start(self):
        backend = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def setup(self):
                super().setup()
                backend.connections.add(self.connection)

            def finish(self):
                backend.connections.discard(self.connection)
                try:
                    super().finish()
                except OSError:
                    pass

            def do_POST(self):
                body = self.path.encode() + b" " + self.rfile.read(int(self.headers.get("Content-Length", "0")))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request, client_address):
                pass  # killed in the middle of something, as it is meant to be

        self.http = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def die(self):
        self.http.shutdown()
        self.http.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Load:
    """Clients with kept connections; what went wrong when nothing was dead is in `wrong`."""

    def __init__(self, port, host):
        self.port, self.host = port, host
        self.stop = threading.Event()
        self.dead = []  # [from, until]: when a target was dead or had just died
        self.served = self.failed = 0
        self.wrong = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def run(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        for turn in itertools.count():
            if self.stop.is_set():
                return connection.close()
            path, body = f"/{'moved' if turn % 3 else 'kept'}/{number}/{turn}", b"x" * random.choice([0, 10, 40_000])
            began = time.monotonic()
            try:
                connection.request("POST" if body else "GET", path, body or None, {"Host": self.host})
                answer = connection.getresponse()
                found = answer.status, answer.read()
            except (OSError, http.client.HTTPException) as broken:
                found = None, repr(broken).encode()
                connection.close()
            with self.lock:
                self.judge(found, path.encode() + b" " + body, began, time.monotonic())

    def judge(self, found, expected, began, ended):
        status, body = found
        # An answer whose target died in the middle of it must not look complete.
        broken_off = status is None and body.startswith(b"IncompleteRead")
        if status == 200 and body == expected:
            self.served += 1
        elif (status in (502, 503, 504) or broken_off) and any(began <= until and ended >= since for since, until in self.dead):
            self.failed += 1
        elif self.stop.is_set() and status is None:
            pass
        else:
            self.wrong.append((status, body[:200], expected[:60]))

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def forward(groups):
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": [
        {"TargetGroupArn": group, "Weight": weight} for group, weight in groups]}}]


def test_no_request_is_lost_but_those_that_a_dead_target_takes_along(start_server):
    server = start_server("--elb-listen", "")
    elb = boto3.client("elbv2", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
                       aws_secret_access_key="test", config=Config(retries={"max_attempts": 1}, proxies={}))
    backends = [Backend() for _ in range(4)]
    made = elb.create_load_balancer(Name="churn", Subnets=["subnet-11111111", "subnet-22222222"])["LoadBalancers"][0]
    groups = []
    for number in range(2):
        arn = elb.create_target_group(Name=f"group-{number}", Protocol="HTTP", Port=80, VpcId="vpc-11111111",
                                      TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
        elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[
            {"Key": "deregistration_delay.timeout_seconds", "Value": "1"}])
        elb.register_targets(TargetGroupArn=arn, Targets=[
            {"Id": "127.0.0.1", "Port": backend.port} for backend in backends[number * 2:number * 2 + 2]])
        groups.append(arn)
    listener = elb.create_listener(LoadBalancerArn=made["LoadBalancerArn"], Protocol="HTTP", Port=80,
                                   DefaultActions=forward([(groups[0], 1)]))["Listeners"][0]["ListenerArn"]
    rule = elb.create_rule(ListenerArn=listener, Priority=10, Actions=forward([(groups[0], 1), (groups[1], 1)]),
                           Conditions=[{"Field": "path-pattern", "Values": ["/moved/*"]}])["Rules"][0]["RuleArn"]
    load = Load(int(server.url.rsplit(":", 1)[1]), made["DNSName"])
    until = time.monotonic() + SECONDS
    try:
        for turn in itertools.count():
            if time.monotonic() > until:
                break
            number = turn % 4
            target = [{"Id": "127.0.0.1", "Port": backends[number].port}]
            elb.modify_rule(RuleArn=rule, Actions=forward([(groups[0], random.randint(1, 9)),
                                                           (groups[1], random.randint(0, 9))]))
            elb.set_rule_priorities(RulePriorities=[{"RuleArn": rule, "Priority": 10 + turn % 5}])
            other = elb.create_rule(ListenerArn=listener, Priority=1, Actions=forward([(groups[1], 1)]),
                                    Conditions=[{"Field": "path-pattern", "Values": ["/kept/*"]}])["Rules"][0]
            if turn % 2:
                # Taken out of service first: nobody may notice.
                elb.deregister_targets(TargetGroupArn=groups[number // 2], Targets=target)
                time.sleep(0.2)
                backends[number].die()
                backends[number].start()
                elb.register_targets(TargetGroupArn=groups[number // 2], Targets=target)
            else:
                window = [time.monotonic(), float("inf")]
                load.dead.append(window)
                backends[number].die()
                time.sleep(0.1)
                backends[number].start()
                window[1] = time.monotonic() + GRACE
            elb.delete_rule(RuleArn=other["RuleArn"])
            time.sleep(GRACE)
    finally:
        load.end()
        for backend in backends:
            backend.die()
    assert load.wrong == []
    assert load.served > 50 * SECONDS
    assert load.failed < load.served / 10
