"""DynamoDB: a table of ten million items beside one of a thousand, and an index that is filled beside requests."""

import http.client
import json
import statistics
import time

from servers import PORTS, forget_peak, memory_mib, run_driver, server, start_time_ms

SMALL = 1_000
BODY = 72  # with its key an item is then 100 bytes, as AWS counts them


def fill(root, items):
    """Partitions of ten items, in batches of 25; they lie all over the table, since it is in the order of a hash."""
    run_driver("load", "dynamodb-get", "--backlog", 1, "--body", BODY, "--units", 1, "--connections", 1, root=root)
    return run_driver("load", "dynamodb-batch-write", "--body", BODY, "--units", items, "--no-setup", "--seconds", 280,
                      "--connections", 1 if items <= SMALL else 16, root=root)


def reads(root, scenario, items, seconds):
    return run_driver("load", scenario, "--body", BODY, "--backlog", items, "--no-setup", "--seconds", seconds,
                      "--connections", 16, root=root)


def batches(figures, folder, quick):
    figures.title("DynamoDB, BatchWriteItem of 25 items of 1 KiB, 64 connections")
    found = []
    for repeat in range(1 if quick else 3):
        with server("cumulite", folder / str(repeat)) as root:
            found.append(run_driver("load", "dynamodb-batch-write", "--seconds", 1 if quick else 3, root=root))
    figures.row("written", statistics.median(result["units_per_second"] for result in found), "items/s",
                at_least=100_000,
                beside=f"{statistics.median(result['cpu_us'] for result in found) / 25:.1f} us of server CPU an item")


def table(figures, folder, quick):
    items, seconds, repeats = (300_000, 1, 1) if quick else (10_000_000, 2, 3)
    figures.title(f"DynamoDB, {items} items of 100 bytes against {SMALL}, 16 connections")
    with server("cumulite", folder / "small") as root:
        fill(root, SMALL)
    with server("cumulite", folder / "big") as root:
        forget_peak(root)
        found = fill(root, items)
        figures.row("filled by BatchWriteItem of 25", found["units_per_second"], "items/s", at_least=60_000,
                    beside=f"{found['cpu_us'] / 25:.1f} us of server CPU an item, {found['failures']} failed")
        figures.row("peak of RSS meanwhile", memory_mib(root, "VmHWM"), "MiB", at_most=200)
    size = sum(file.stat().st_size for file in (folder / "big").rglob("*") if file.is_file())
    starts = [start_time_ms(folder / "big") for _ in range(5)]
    figures.row("start to first 200 on that directory", statistics.median(starts), "ms", at_most=50,
                beside=f"{size / 2**30:.2f} GiB of files, median of 5, worst {max(starts):.1f} ms")
    for scenario, what in [("dynamodb-get", "GetItem"), ("dynamodb-query", "Query of ten"),
                           ("dynamodb-scan", "Scan page of 100")]:
        results = {"small": [], "big": []}
        for _ in range(repeats):
            for which, count in (("small", SMALL), ("big", items)):
                with server("cumulite", folder / which) as root:
                    results[which].append(reads(root, scenario, count, seconds))
        for key, unit in [("cpu_us", "us of server CPU"), ("p50_us", "us")]:
            small, big = (statistics.median(result[key] for result in found) for found in results.values())
            figures.row(f"{what}: {key}, ratio", big / max(small, 0.01), "x", at_most=2,
                        beside=f"{big:.4g} against {small:.4g} {unit}")


class Caller:
    """One kept connection."""

    def __init__(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", PORTS["cumulite"], timeout=60)

    def __call__(self, operation, **members):
        self.connection.request("POST", "/", json.dumps({"TableName": "bench", **members}), {
            "X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/dynamodb/aws4_request, "
                             "SignedHeaders=host, Signature=0"})
        answer = self.connection.getresponse()
        body = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{operation}: {body}")
        return body


def backfill(figures, folder, quick):
    items = 100_000 if quick else 1_000_000
    figures.title(f"DynamoDB, a global index made over {items} items, one connection that puts and gets")
    key = {"p": {"S": "partition-5"}, "r": {"N": "5"}}
    with server("cumulite", folder) as root:
        fill(root, items)
        call, slowest, count, began = Caller(), {"PutItem": 0.0, "GetItem": 0.0}, 0, time.monotonic()
        call("UpdateTable", AttributeDefinitions=[{"AttributeName": "n", "AttributeType": "N"}],
             GlobalSecondaryIndexUpdates=[{"Create": {
                 "IndexName": "by-n", "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}],
                 "Projection": {"ProjectionType": "ALL"}}}])
        while True:
            for operation, members in (("PutItem", {"Item": {**key, "n": {"N": "2"}}}), ("GetItem", {"Key": key})):
                at = time.monotonic()
                call(operation, **members)
                slowest[operation] = max(slowest[operation], (time.monotonic() - at) * 1000)
                count += 1
            if count % 100 == 0:
                index = call("DescribeTable")["Table"]["GlobalSecondaryIndexes"][0]
                if index["IndexStatus"] == "ACTIVE":
                    break
        took = time.monotonic() - began
    figures.row("filled in", took, "s", beside=f"{items / took:.0f} items/s beside {count / took:.0f} requests/s")
    figures.row("entries", index["ItemCount"], at_least=items)
    for operation, milliseconds in slowest.items():
        figures.row(f"slowest {operation} meanwhile", milliseconds, "ms", at_most=50)
