"""Drives the same requests at nginx (answering a constant), a bare Beast server, a peer and Cumulite, in turns, and prints
one table; then single figures, each beside its bound. The machines are shared and noisy: what counts is the ratio
within a run, and first of all that of the servers' own CPU time per request, which the scheduler's books give
whatever else the machine does."""

import argparse
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import dynamodb_scale
import elb_scale
import s3_scale
import sizes
import sns_scale
import sqs_scale
from figures import Figures
from servers import PORTS, THREADS, raise_file_limit, run_driver, server

# scenario, messages or objects to prepare, servers beside Cumulite, the ratio to nginx that the design asks for
SCENARIOS = [
    ("health", 0, ["nginx", "beast"], None),
    ("sqs-send", 0, ["nginx", "beast"], 3.0),
    ("sqs-send-batch", 0, ["nginx"], None),
    ("sqs-receive-empty", 0, ["nginx"], 1.5),
    ("sqs-receive", 800_000, ["nginx"], 2.0),
    ("sqs-receive-delete", 400_000, [], None),
    ("sqs-receive-delete-batch", 800_000, [], None),
    ("sns-publish", 0, ["nginx"], 3.0),
    ("dynamodb-get", 10_000, ["nginx"], 2.0),
    ("dynamodb-put", 0, ["nginx"], 3.0),
    ("dynamodb-update", 10_000, ["nginx"], 4.0),
    ("dynamodb-query", 10_000, ["nginx"], 4.0),
    ("dynamodb-delete", 400_000, ["nginx"], 3.0),
    ("dynamodb-transact", 0, ["nginx"], 8.0),
    ("dynamodb-batch-write", 0, [], None),
    ("s3-put", 0, ["nginx", "s3rver"], 3.0),
    ("s3-get", 1_000, ["nginx", "s3rver"], 2.0),
    ("s3-head", 1_000, ["nginx"], None),
    ("s3-list", 1_000, [], None),
    ("s3-multipart", 0, [], None),
]

# what --only and --scale choose from, beside the scenarios
SECTIONS = [
    ("scale-sqs-batches", sqs_scale.batches),
    ("scale-sqs-backlog", sqs_scale.backlog),
    ("scale-sqs-polls", sqs_scale.polls),
    ("scale-sqs-fifo", sqs_scale.fifo),
    ("scale-sns-fan-out", sns_scale.fan_out),
    ("scale-sns-wide", sns_scale.wide),
    ("scale-sns-endpoints", sns_scale.endpoints),
    ("scale-dynamodb-batches", dynamodb_scale.batches),
    ("scale-dynamodb-table", dynamodb_scale.table),
    ("scale-dynamodb-backfill", dynamodb_scale.backfill),
    ("scale-elb-proxies", elb_scale.proxies),
    ("scale-s3-memory", s3_scale.memory),
    ("scale-s3-throughput", s3_scale.throughput),
    ("scale-s3-listing", s3_scale.listing),
    ("scale-s3-deletion", s3_scale.deletion),
    ("scale-s3-sharing", s3_scale.sharing),
    ("scale-s3-crowd", s3_scale.crowd),
    ("scale-s3-pieces", s3_scale.pieces),
    ("sizes", sizes.empty),
]


def median(results, key):
    return statistics.median(result[key] for result in results)


def measure(scenario, backlog, beside, folder, seconds, repeats):
    """Alternates between the servers, `repeats` times; each repetition gets a fresh Cumulite."""
    results = {name: [] for name in [*beside, "cumulite"]}
    for repeat in range(repeats):
        for name, found in results.items():
            with server(name, folder / f"{scenario}-{repeat}-{name}") as root:
                setup = [] if name in ("cumulite", "s3rver") else ["--no-setup"]
                found.append(run_driver("load", scenario, "--seconds", seconds, "--backlog", backlog, *setup,
                                        name=name, root=root))
            shutil.rmtree(folder)
    return results


def print_rows(scenario, results, target, figures):
    base = median(results["nginx"], "cpu_us") if "nginx" in results else None
    for name, found in results.items():
        ratio = median(found, "cpu_us") / base if base else None
        bounded = target and name == "cumulite"
        failed = sum(result["failures"] for result in found) if name in ("cumulite", "s3rver") else 0
        print(f"{scenario:26} {name:9} {median(found, 'per_second'):9.0f} {median(found, 'units_per_second'):9.0f} "
              f"{median(found, 'cpu_us'):7.2f} {f'{ratio:.2f}' if ratio else '-':>6} "
              f"{f'<= {target:.1f}' if bounded else '':>6} {median(found, 'p50_us'):7.0f} {median(found, 'p99_us'):7.0f}"
              + (f"  {figures.judge(ratio <= target)}" if bounded else "") + (f"  {failed} failed" if failed else ""),
              flush=True)


def print_table(scenarios, figures, folder, quick):
    seconds, repeats = (1, 1) if quick else (3, 3)
    print(f"{THREADS} threads, 64 kept connections, 1 KiB bodies, {repeats} x {seconds} s, medians")
    print(f"{'scenario':26} {'server':9} {'req/s':>9} {'units/s':>9} {'cpu us':>7} {'ratio':>6} {'wanted':>6} "
          f"{'p50 us':>7} {'p99 us':>7}")
    for scenario, backlog, beside, target in scenarios:
        if quick:
            backlog //= 10
        print_rows(scenario, measure(scenario, backlog, beside, folder / "load", seconds, repeats), target,
                   figures)


def print_wrk(folder, quick):
    """The same by wrk, which drives harder than our driver: requests/s of a constant."""
    seconds, repeats = (1, 1) if quick else (3, 3)
    print(f"\n{'wrk, 64 connections':26} {'server':9} {'req/s':>9}")
    found = {"nginx": [], "beast": [], "cumulite": []}
    for repeat in range(repeats):
        for name, rates in found.items():
            with server(name, folder / f"wrk-{repeat}-{name}"):
                text = subprocess.run(["/usr/bin/wrk", "-t2", "-c64", f"-d{seconds}s",
                                       f"http://127.0.0.1:{PORTS[name]}/_cumulite/health"],
                                      check=True, capture_output=True, text=True).stdout
                rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]))
    for name, rates in found.items():
        print(f"{'health':26} {name:9} {statistics.median(rates):9.0f}")


def print_section(name, section, figures, folder, quick):
    """A section that breaks is told, and does not take the others' figures along."""
    try:
        section(figures, folder / name, quick)
    except (RuntimeError, OSError, subprocess.SubprocessError) as failure:
        figures.judge(False)
        print(f"{name} broke off: {failure}", flush=True)
    shutil.rmtree(folder / name, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(prog="bench/run.sh")
    parser.add_argument("--quick", action="store_true", help="one short round, a tenth of the size: to see that it works")
    parser.add_argument("--scale", action="store_true", help="only the single figures: SQS, SNS, DynamoDB and S3 at scale, start, size")
    parser.add_argument("--only", default="", help="a regular expression of scenarios and sections: "
                        + ", ".join(entry[0] for entry in [*SCENARIOS, *SECTIONS]))
    arguments = parser.parse_args()
    scenarios = [entry for entry in SCENARIOS if re.search(arguments.only, entry[0]) and not arguments.scale]
    sections = [entry for entry in SECTIONS if re.search(arguments.only, entry[0])]
    figures = Figures()
    raise_file_limit()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cumulite-bench-"))
    try:
        if scenarios:
            print_table(scenarios, figures, folder, arguments.quick)
        if not arguments.only and not arguments.scale:
            print_wrk(folder, arguments.quick)
        for name, section in sections:
            print_section(name, section, figures, folder, arguments.quick)
        if scenarios or sections:
            print(f"\n{figures.missed} bounds missed" if figures.missed else "\nevery bound kept")
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if figures.missed else 0)


if __name__ == "__main__":
    main()
