"""SNS: fan-out to queues, ten thousand filter policies, a thousand HTTP endpoints of which one hangs."""

import asyncio
import json
import statistics
import time
import urllib.parse
import urllib.request

from servers import PORTS, run_driver, server

TOPIC = "arn:aws:sns:us-east-1:000000000000:bench"


def waiting_deliveries():
    url = f"http://127.0.0.1:{PORTS['cumulite']}/_cumulite/sns/deliveries?topic=none"
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)["waiting"]


def publish_until_delivered(root, scenario, queues, seconds):
    """What the driver says, and deliveries a second until the last was made; `units` are publishes."""
    started = time.monotonic()
    prepared = run_driver("load", scenario, "--backlog", queues, "--seconds", 0, "--connections", 1, root=root)
    assert prepared["failures"] == 0
    started = time.monotonic()
    found = run_driver("load", scenario, "--backlog", queues, "--no-setup", "--seconds", seconds, root=root)
    while waiting_deliveries():
        time.sleep(0.01)
    found["deliveries"] = found["units"] * queues / (time.monotonic() - started)
    return found


def fan_out(figures, folder, quick):
    figures.title("SNS to SQS in process, 64 connections, 1 KiB; deliveries until the last was made")
    seconds, repeats = (1, 1) if quick else (3, 3)
    rows = [("sns-publish", "raw", 1, None), ("sns-publish", "raw", 10, 100_000), ("sns-publish", "raw", 100, None),
            ("sns-publish-filtered", "filtered", 10, None), ("sns-publish-filtered", "filtered", 100, None),
            ("sns-publish-batch", "raw, by batches", 10, None), ("sns-publish-enveloped", "signed", 10, None)]
    for scenario, what, queues, wanted in rows:
        results = []
        for repeat in range(repeats):
            with server("cumulite", folder / f"{scenario}-{queues}-{repeat}") as root:
                results.append(publish_until_delivered(root, scenario, queues, seconds))
        cpu = statistics.median(result["cpu_us"] * result["answers"] / result["units"] for result in results)
        figures.row(f"{queues} queues, {what}", statistics.median(result["deliveries"] for result in results), "/s",
                    at_least=wanted, beside=f"{cpu:.1f} us of server CPU a publish until its answer")


def wide(figures, folder, _quick):
    figures.title("SNS, one connection, 1 KiB")
    for scenario, what, count, bound in [
            ("sns-publish", "publish to 1000 queues answered in, median", 1000, 50),
            ("sns-publish-refusing", "publish past 10000 filter policies, median", 10_000, 5)]:
        with server("cumulite", folder / scenario) as root:
            run_driver("load", scenario, "--backlog", count, "--units", 1, "--connections", 1, root=root)
            found = run_driver("load", scenario, "--backlog", count, "--no-setup", "--units", 50, "--connections", 1,
                               root=root)
        figures.row(what, found["p50_us"] / 1000, "ms", at_most=bound, beside=f"p99 {found['p99_us'] / 1000:.1f} ms")


class Endpoints:
    """Many HTTP endpoints in one process: they keep when each got what, and hang as they are told."""

    def __init__(self):
        self.hanging, self.tokens, self.arrived = set(), {}, {}
        self.changed = asyncio.Event()

    async def serve(self, reader, writer):
        try:
            while line := await reader.readline():
                path, length = line.split()[1].decode(), 0
                while (header := await reader.readline()) != b"\r\n":
                    if header.lower().startswith(b"content-length:"):
                        length = int(header.split(b":")[1])
                document = json.loads(await reader.readexactly(length))
                if document["Type"] == "SubscriptionConfirmation":
                    self.tokens[path] = document["Token"]
                else:
                    self.arrived.setdefault(document["Message"], {})[path] = time.monotonic()
                self.changed.set()
                if path in self.hanging:
                    await asyncio.sleep(3600)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def until(self, condition):
        while not condition():
            self.changed.clear()
            await asyncio.wait_for(self.changed.wait(), 60)


def ask(action, **members):
    form = urllib.parse.urlencode({"Action": action, "Version": "2010-03-31", **members}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{PORTS['cumulite']}/", form, {
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/sns/aws4_request, SignedHeaders=host, "
                         "Signature=0"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


async def publish_to_endpoints(count, rounds):
    """For each round the milliseconds until the last endpoint that does not hang had the message; then the same
    with one that hangs."""
    endpoints, loop = Endpoints(), asyncio.get_running_loop()
    listener = await asyncio.start_server(endpoints.serve, "127.0.0.1", 0, backlog=1024)
    port = listener.sockets[0].getsockname()[1]

    async def call(action, **members):
        await loop.run_in_executor(None, lambda: ask(action, **members))

    await call("CreateTopic", Name="bench")
    for number in range(count):
        await call("Subscribe", TopicArn=TOPIC, Protocol="http", Endpoint=f"http://127.0.0.1:{port}/{number}")
    await endpoints.until(lambda: len(endpoints.tokens) == count)
    for token in endpoints.tokens.values():
        await call("ConfirmSubscription", TopicArn=TOPIC, Token=token)
    found = []
    for hanging in (set(), {"/0"}):
        endpoints.hanging = hanging
        for turn in range(rounds):
            name, began = f"{len(hanging)}-{turn}", time.monotonic()
            await call("Publish", TopicArn=TOPIC, Message=name)
            await endpoints.until(lambda: len(endpoints.arrived.get(name, {}).keys() - hanging) == count - len(hanging))
            found.append((max(at for path, at in endpoints.arrived[name].items() if path not in hanging) - began) * 1000)
    listener.close()
    return found[:rounds], found[rounds:]


def endpoints(figures, folder, quick):
    count, rounds = (100, 3) if quick else (1000, 5)
    figures.title(f"SNS, one publish to {count} HTTP endpoints")
    with server("cumulite", folder):
        well, hanging = asyncio.run(publish_to_endpoints(count, rounds))
    figures.row("all have it, median", statistics.median(well), "ms")
    figures.row("the same while one hangs, ratio", statistics.median(hanging) / statistics.median(well), "x", at_most=2,
                beside=f"{statistics.median(hanging):.0f} ms")
