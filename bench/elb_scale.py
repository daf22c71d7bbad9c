"""The load balancer beside nginx and HAProxy as proxies: the same backend, kept connections on both sides, by wrk."""

import contextlib
import grp
import http.client
import os
import pathlib
import pwd
import re
import signal
import socket
import statistics
import subprocess
import time
import urllib.parse
import xml.etree.ElementTree

from servers import PORTS, THREADS, memory_mib, pids_of, server

BACKEND = 4710
PLAIN = {"nginx": 4711, "haproxy": 4713, "cumulite": 4715}
TLS = {"nginx": 4712, "haproxy": 4714, "cumulite": 4716}
MANY_RULES = 4717
SMALL, LARGE = "/", "/files/large"

NGINX_HEAD = """
user {user} {group};
worker_processes {threads}; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 16384; }}
http {{
  access_log off; keepalive_requests 1000000000; sendfile on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
"""
BACKEND_CONF = NGINX_HEAD + """
  server {{
    listen 127.0.0.1:{backend} backlog=4096;
    location / {{ default_type text/plain; return 200 '{constant}'; }}
    location /files/ {{ root {folder}; }}
  }}
}}
"""
PROXY_CONF = NGINX_HEAD + """
  upstream backend {{ server 127.0.0.1:{backend}; keepalive 1024; keepalive_requests 1000000000; }}
  proxy_buffers 8 64k; proxy_max_temp_file_size 0;
  server {{
    listen 127.0.0.1:{plain} backlog=4096; listen 127.0.0.1:{tls} ssl backlog=4096;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location / {{
      proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Port $server_port;
    }}
  }}
}}
"""
HAPROXY_CONF = """
global
  nbthread {threads}
  maxconn 4000
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
  option http-keep-alive
  option forwardfor
  http-reuse always
frontend front
  bind 127.0.0.1:{plain}
  bind 127.0.0.1:{tls} ssl crt {folder}/both.pem
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Port {plain}
  default_backend back
backend back
  server one 127.0.0.1:{backend}
"""


def cpu_nanoseconds(pids):
    """Of all their threads, by the scheduler's books."""
    return sum(int(task.read_text().split()[0]) for pid in pids
               for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"))


@contextlib.contextmanager
def peer(name, folder, conf, ports):
    """nginx as backend or proxy, or HAProxy; gives the processes that work."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"threads": THREADS, "folder": folder, "backend": BACKEND, "plain": PLAIN.get(name), "tls": TLS.get(name),
             "user": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name,
             "constant": "x" * 1024}
    (folder / "conf").write_text(conf.format(**facts))
    command = (["/usr/sbin/haproxy", "-f", folder / "conf"] if name == "haproxy" else
               ["/usr/sbin/nginx", "-e", folder / "error.log", "-c", folder / "conf"])
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for port in ports:
            wait_for(port)
        pids = pids_of("cumulite" if name == "haproxy" else "nginx", process.pid)
        while name != "haproxy" and len(pids) <= THREADS:  # its workers come one after the other
            time.sleep(0.01)
            pids = pids_of("nginx", process.pid)
        yield pids
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.01)
    raise RuntimeError(f"nothing listens on port {port}")


def ask(service, version, action, **members):
    """A call of the Query protocol; the texts of the answer by the names of their elements, the first of each."""
    form = urllib.parse.urlencode({"Action": action, "Version": version, **members})
    connection = http.client.HTTPConnection("127.0.0.1", PORTS["cumulite"])
    connection.request("POST", "/", form, {
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": f"AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/{service}/aws4_request, "
                         "SignedHeaders=host, Signature=0"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{action}: {text.decode()}")
    found = {}
    for element in xml.etree.ElementTree.fromstring(text).iter():
        found.setdefault(element.tag.split("}")[1], element.text)
    return found


def elb(action, **members):
    return ask("elasticloadbalancing", "2015-12-01", action, **members)


def set_up(folder):
    """A load balancer with a plain and a TLS listener of one rule each, and a plain one of a hundred."""
    made = elb("CreateLoadBalancer", Name="bench", **{"Subnets.member.1": "subnet-1", "Subnets.member.2": "subnet-2"})
    group = elb("CreateTargetGroup", Name="backend", Protocol="HTTP", Port=BACKEND, TargetType="ip",
                VpcId="vpc-1")["TargetGroupArn"]
    elb("RegisterTargets", TargetGroupArn=group, **{"Targets.member.1.Id": "127.0.0.1"})
    certificate = ask("iam", "2010-05-08", "UploadServerCertificate", ServerCertificateName="bench",
                      CertificateBody=(folder / "certificate.pem").read_text(),
                      PrivateKey=(folder / "key.pem").read_text())["Arn"]
    forward = {"Type": "forward", "TargetGroupArn": group}
    default = {f"DefaultActions.member.1.{name}": value for name, value in forward.items()}
    listener = dict(LoadBalancerArn=made["LoadBalancerArn"], **default)
    elb("CreateListener", Protocol="HTTP", Port=PLAIN["cumulite"], **listener)
    elb("CreateListener", Protocol="HTTPS", Port=TLS["cumulite"], SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        **{"Certificates.member.1.CertificateArn": certificate}, **listener)
    many = elb("CreateListener", Protocol="HTTP", Port=MANY_RULES, **listener)["ListenerArn"]
    for number in range(1, 100):
        elb("CreateRule", ListenerArn=many, Priority=number, **{
            "Conditions.member.1.Field": "path-pattern", "Conditions.member.1.Values.member.1": f"/service-{number}/*",
            **{f"Actions.member.1.{name}": value for name, value in forward.items()}})
    deadline = time.monotonic() + 30
    while elb("DescribeTargetHealth", TargetGroupArn=group)["State"] != "healthy":
        if time.monotonic() > deadline:
            raise RuntimeError("the backend does not become healthy")
        time.sleep(0.1)
    for port in (PLAIN["cumulite"], TLS["cumulite"], MANY_RULES):
        wait_for(port)


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def drive(url, connections, seconds, pids):
    """What wrk found, and what the proxy spent meanwhile."""
    before = cpu_nanoseconds(pids)
    text = subprocess.run(["/usr/bin/wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "20s", url],
                          check=True, capture_output=True, text=True).stdout
    spent = cpu_nanoseconds(pids) - before
    answers = int(re.search(r"(\d+) requests in", text)[1])
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    other = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    failed = (sum(map(int, errors.groups())) if errors else 0) + (int(other[1]) if other else 0)
    if failed or not answers:
        raise RuntimeError(f"{url}: {failed} of {answers} requests failed")
    return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), "cpu_us": spent / answers / 1000,
            "p99_ms": milliseconds(re.search(r"99%\s+(\S+)", text)[1])}


def compare(figures, what, urls, connections, workers, rounds, seconds):
    """Turns of all proxies; each figure is the median of the rounds' ratios to the better peer of the same round."""
    found = {name: [] for name in urls}
    for _ in range(rounds):
        for name, url in urls.items():
            found[name].append(drive(url, connections, seconds, workers[name]))
    peers = [name for name in urls if name != "cumulite"]

    def ratio(key, better):
        return statistics.median(ours[key] / better(found[peer][number][key] for peer in peers)
                                 for number, ours in enumerate(found["cumulite"]))

    def beside(key, form):
        return ", ".join(f"{name} {statistics.median(one[key] for one in results):{form}}" for name, results in found.items())

    figures.row(f"{what}: requests/s to the better peer's", ratio("per_second", max), "x", at_least=1.0,
                beside=beside("per_second", ".0f"))
    figures.row(f"{what}: CPU a request to the better peer's", ratio("cpu_us", min), "x", at_most=1.0,
                beside=beside("cpu_us", ".1f") + " us")
    figures.row(f"{what}: p99 to the better peer's", ratio("p99_ms", min), "x", at_most=1.0,
                beside=beside("p99_ms", ".2f") + " ms")


def idle_memory(figures, pid):
    """Ten thousand connections that have been served once and wait."""
    connections = []
    request = f"GET {SMALL} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
    for _ in range(10_000):
        connection = socket.create_connection(("127.0.0.1", PLAIN["cumulite"]), 10)
        connection.sendall(request)
        if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
            raise RuntimeError("a connection is not served")
        connections.append(connection)
    figures.row("memory with 10000 idle connections", memory_mib(pid), "MiB", at_most=100)
    for connection in connections:
        connection.close()


def prepare(folder):
    folder.mkdir(parents=True)
    subprocess.run(["/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bench",
                    "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"], check=True, capture_output=True)
    (folder / "both.pem").write_text((folder / "certificate.pem").read_text() + (folder / "key.pem").read_text())
    (folder / "files").mkdir()
    (folder / "files" / "large").write_bytes(b"x" * (1 << 20))


def proxies(figures, folder, quick):
    rounds, seconds = (1, 2) if quick else (3, 5)
    figures.title(f"Load balancer, {THREADS} threads, {rounds} x {seconds} s beside nginx and HAProxy")
    prepare(folder)
    with contextlib.ExitStack() as servers:
        servers.enter_context(peer("backend", folder, BACKEND_CONF, [BACKEND]))
        for name in ("certificate.pem", "key.pem", "both.pem"):
            for proxy in ("nginx", "haproxy"):
                (folder / proxy).mkdir(exist_ok=True)
                (folder / proxy / name).write_text((folder / name).read_text())
        workers = {
            "nginx": servers.enter_context(peer("nginx", folder / "nginx", PROXY_CONF, [PLAIN["nginx"], TLS["nginx"]])),
            "haproxy": servers.enter_context(
                peer("haproxy", folder / "haproxy", HAPROXY_CONF, [PLAIN["haproxy"], TLS["haproxy"]]))}
        pid = servers.enter_context(server("cumulite", folder / "cumulite"))
        workers["cumulite"] = [pid]
        set_up(folder)
        idle_memory(figures, pid)
        plain = {name: f"http://127.0.0.1:{port}" for name, port in PLAIN.items()}
        secure = {name: f"https://127.0.0.1:{TLS[name]}" for name in ("nginx", "cumulite")}
        for what, urls, path, connections in [
                ("1 KiB, 64 connections", plain, SMALL, 64), ("1 KiB, 512 connections", plain, SMALL, 512),
                ("1 MiB, 64 connections", plain, LARGE, 64), ("1 MiB, 512 connections", plain, LARGE, 512),
                ("TLS, 1 KiB, 64 connections", secure, SMALL, 64), ("TLS, 1 MiB, 64 connections", secure, LARGE, 64)]:
            compare(figures, what, {name: url + path for name, url in urls.items()}, connections, workers, rounds, seconds)
        few = [], []
        for _ in range(rounds):
            for port, results in zip((PLAIN["cumulite"], MANY_RULES), few):
                results.append(drive(f"http://127.0.0.1:{port}{SMALL}", 64, seconds, [pid])["cpu_us"])
        figures.row("CPU a request behind 100 rules to one", statistics.median(many / one for one, many in zip(*few)), "x",
                    at_most=1.05)
