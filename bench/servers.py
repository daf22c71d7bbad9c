"""Starts the servers that are measured, one at a time, and reads what they cost from /proc."""

import contextlib
import grp
import json
import os
import pathlib
import pwd
import re
import resource
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("BENCH_BUILD", ROOT / "build" / "release"))
# BENCH_PORT: another one, where two measure at the same time.
PORTS = {name: int(os.environ.get("BENCH_PORT", 4701)) + place
         for place, name in enumerate(("nginx", "beast", "cumulite", "s3rver"))}
THREADS = os.cpu_count()
PEERS = ROOT / "bench" / "peers" / "node_modules" / ".bin"

NGINX = """
user {user} {group};
worker_processes {threads}; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000000; client_max_body_size 64m; client_body_buffer_size 64k; sendfile on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ default_type application/json; return 200 '{{"status":"ok","services":{{"s3":"running"}}}}'; }}
    location /files/ {{ root {folder}; }}
  }}
}}
"""


def raise_file_limit():
    """For the servers started from here: ten thousand polls are ten thousand descriptors."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def wait_until_up(port, answer):
    """Asks for the health over a plain socket, twice a millisecond, until it is answered."""
    request = f"GET /_cumulite/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(request)
            if connection.recv(4096).startswith(answer):
                return
        time.sleep(0.0005)
    raise RuntimeError(f"nothing answers on port {port}")


def pids_of(name, root):
    """The processes that answer: nginx works in its workers, every other server in its one process."""
    if name != "nginx":
        return [root]
    return [root, *map(int, pathlib.Path(f"/proc/{root}/task/{root}/children").read_text().split())]


def command_of(name, folder):
    if name == "nginx":
        # As whoever runs this: its usual user may not read our temporary folder.
        (folder / "nginx.conf").write_text(NGINX.format(
            threads=THREADS, folder=folder, port=PORTS[name], user=pwd.getpwuid(os.getuid()).pw_name,
            group=grp.getgrgid(os.getgid()).gr_name))
        return ["/usr/sbin/nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    if name == "beast":
        return [BUILD / "bench" / "beast_floor", str(PORTS[name]), str(THREADS)]
    if name == "s3rver":
        return ["/usr/bin/node", PEERS / "s3rver", "-d", folder / "data", "-a", "127.0.0.1", "-p", str(PORTS[name]),
                "-s", "--allow-mismatched-signatures"]
    return [BUILD / "cumulite", "--listen", f"127.0.0.1:{PORTS[name]}", "--data-dir", folder / "data",
            "--log-level", "warn"]


@contextlib.contextmanager
def server(name, folder):
    """Gives the process id of a server that is up; its files stay in the folder for a later start."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(command_of(name, folder), stdout=subprocess.DEVNULL)
    try:
        # A peer has no such page, but says so.
        wait_until_up(PORTS[name], b"HTTP/1.1 " if name == "s3rver" else b"HTTP/1.1 200")
        if process.poll() is not None:
            raise RuntimeError(f"another process answers on port {PORTS[name]}: set BENCH_PORT")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def run_driver(program, *arguments, name="cumulite", root):
    """What a driver of ours prints: one line of JSON."""
    command = [BUILD / "bench" / program, *map(str, arguments), "--host", f"127.0.0.1:{PORTS[name]}"]
    for pid in pids_of(name, root):
        command += ["--pid", str(pid)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{program} {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def start_time_ms(folder):
    """From exec to the first 200: what a script that waits for the server sees."""
    start = time.monotonic()
    with server("cumulite", folder):
        return (time.monotonic() - start) * 1000


def memory_mib(pid, field="VmRSS"):
    """A line of /proc/PID/status: VmRSS now, RssAnon of it without files, VmHWM the peak."""
    return int(re.search(rf"{field}:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def forget_peak(pid):
    """VmHWM starts again from what is resident now (proc(5))."""
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
