"""Drives the same requests at nginx (answering a constant), a bare Beast server and Cumulite, in turns, and prints
one table. The machines are shared and noisy: what counts is the ratio within a run, and first of all that of the
servers' own CPU time per request, which the scheduler's books give whatever else the machine does."""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"
PORTS = {"nginx": 4701, "beast": 4702, "cumulite": 4703}
THREADS = os.cpu_count()

# scenario, messages or objects to prepare, servers beside Cumulite, the ratio to nginx that the design asks for
SCENARIOS = [
    ("health", 0, ["nginx", "beast"], None),
    ("sqs-send", 0, ["nginx", "beast"], 3.0),
    ("sqs-send-batch", 0, ["nginx"], None),
    ("sqs-receive-empty", 0, ["nginx"], 1.5),
    ("sqs-receive", 400_000, ["nginx"], 2.0),
    ("sqs-receive-delete", 400_000, [], None),
    ("sqs-receive-delete-batch", 800_000, [], None),
    ("s3-put", 0, ["nginx"], 3.0),
    ("s3-get", 1_000, ["nginx"], 2.0),
]

NGINX = """
worker_processes {threads}; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000000; client_max_body_size 64m; client_body_buffer_size 64k;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ default_type application/json; return 200 '{{"status":"ok","services":{{"s3":"running"}}}}'; }}
  }}
}}
"""


def wait_until_up(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_cumulite/health", timeout=1).read()
            return
        time.sleep(0.001)
    raise RuntimeError(f"nothing answers on port {port}")


def pids_of(root):
    """The process and its children: nginx works in its workers."""
    pids = [root]
    for task in pathlib.Path(f"/proc/{root}/task").iterdir():
        pids += [int(pid) for pid in (task / "children").read_text().split()]
    return pids


@contextlib.contextmanager
def server(name, folder):
    folder.mkdir(parents=True)
    if name == "nginx":
        (folder / "nginx.conf").write_text(NGINX.format(threads=THREADS, folder=folder, port=PORTS[name]))
        command = ["/usr/sbin/nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    elif name == "beast":
        command = [BUILD / "bench" / "beast_floor", str(PORTS[name]), str(THREADS)]
    else:
        command = [BUILD / "cumulite", "--listen", f"127.0.0.1:{PORTS[name]}", "--data-dir", folder / "data",
                   "--log-level", "warn"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until_up(PORTS[name])
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def drive(scenario, name, root, seconds, backlog, setup):
    command = [BUILD / "bench" / "load", scenario, "--host", f"127.0.0.1:{PORTS[name]}", "--seconds", str(seconds),
               "--backlog", str(backlog)]
    if not setup:
        command.append("--no-setup")
    for pid in pids_of(root):
        command += ["--pid", str(pid)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def median(results, key):
    return statistics.median(result[key] for result in results)


def measure(scenario, backlog, beside, folder, seconds, repeats):
    """Alternates between the servers, `repeats` times; each repetition gets a fresh Cumulite."""
    results = {name: [] for name in [*beside, "cumulite"]}
    for repeat in range(repeats):
        for name, found in results.items():
            with server(name, folder / f"{scenario}-{repeat}-{name}") as root:
                found.append(drive(scenario, name, root, seconds, backlog, setup=name == "cumulite"))
    return results


def print_rows(scenario, results, target):
    base = median(results["nginx"], "cpu_us") if "nginx" in results else None
    for name, found in results.items():
        ratio = f"{median(found, 'cpu_us') / base:6.2f}" if base else "     -"
        wanted = f"{target:.1f}" if target and name == "cumulite" else ""
        failed = sum(result["failures"] for result in found)
        print(f"{scenario:26} {name:9} {median(found, 'per_second'):9.0f} {median(found, 'units_per_second'):9.0f} "
              f"{median(found, 'cpu_us'):7.2f} {ratio} {wanted:>6} {median(found, 'p50_us'):7.0f} "
              f"{median(found, 'p99_us'):7.0f}" + (f"  {failed} failed" if failed and name == "cumulite" else ""),
              flush=True)


def wrk(folder, seconds, repeats):
    """The same by wrk, which drives harder than our driver: requests/s of a constant."""
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


def resident_kib(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1])


def start_time_ms(folder):
    """From exec to the first 200, on an empty directory: what a script that waits for the server sees."""
    start = time.monotonic()
    with server("cumulite", folder):
        return (time.monotonic() - start) * 1000


def print_sizes(folder):
    starts = [start_time_ms(folder / f"start-{i}") for i in range(11)]
    with server("cumulite", folder / "idle") as pid:
        rss = resident_kib(pid)
    stripped = folder / "stripped"
    subprocess.run(["strip", "-o", stripped, BUILD / "cumulite"], check=True)
    print(f"\nstart to first 200, empty directory: median {statistics.median(starts):.1f} ms, "
          f"best {min(starts):.1f} ms (at most 10)")
    print(f"idle RSS: {rss / 1024:.1f} MiB (at most 12)")
    print(f"stripped binary: {stripped.stat().st_size / 2**20:.1f} MiB (at most 12)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="one short round: to see that it works")
    parser.add_argument("--only", help="a regular expression of scenarios")
    arguments = parser.parse_args()
    seconds, repeats = (1, 1) if arguments.quick else (3, 3)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cumulite-bench-"))
    try:
        print(f"{THREADS} threads, 64 kept connections, 1 KiB bodies, {repeats} x {seconds} s, medians")
        print(f"{'scenario':26} {'server':9} {'req/s':>9} {'units/s':>9} {'cpu us':>7} {'ratio':>6} {'wanted':>6} "
              f"{'p50 us':>7} {'p99 us':>7}")
        for scenario, backlog, beside, target in SCENARIOS:
            if arguments.only and not re.search(arguments.only, scenario):
                continue
            if arguments.quick:
                backlog //= 10
            print_rows(scenario, measure(scenario, backlog, beside, folder, seconds, repeats), target)
        if not arguments.only:
            wrk(folder, seconds, repeats)
            print_sizes(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
