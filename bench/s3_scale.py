"""S3 with bodies that do not fit a buffer."""

import statistics
import subprocess
import time
import urllib.request

from servers import PORTS, forget_peak, memory_mib, run_driver, server

GIB = 1 << 30
BUCKET = "bench-bucket"


def make_bucket():
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORTS['cumulite']}/{BUCKET}", method="PUT"))


def memory(figures, folder, quick):
    size = GIB // 8 if quick else GIB
    figures.title(f"S3, one body of {size >> 20} MiB, streamed without a file on the client's side")
    with server("cumulite", folder) as root:
        make_bucket()
        for direction in ("put", "get"):
            before = memory_mib(root)
            forget_peak(root)
            found = run_driver("transfer", direction, f"/{BUCKET}/huge", "--size", size, root=root)
            figures.row(f"{direction.upper()}: growth of peak RSS", memory_mib(root, "VmHWM") - before, "MiB", at_most=16,
                        beside=f"{found['mib_per_second']} MiB/s, {found['cpu_seconds_per_gib']} s of server CPU a GiB")


def seconds_of(action):
    start = time.monotonic()
    action()
    return time.monotonic() - start


def write_zeros(path, size):
    piece = bytes(1 << 20)
    with open(path, "wb", buffering=0) as file:
        for _ in range(size >> 20):
            file.write(piece)


def throughput(figures, folder, quick):
    """One connection; whoever serves, the file stands in the page cache."""
    size, repeats, times = (64 << 20, 1, 2) if quick else (256 << 20, 5, 4)
    figures.title(f"S3, an object of {size >> 20} MiB, one connection, medians of {repeats}")
    file = folder / "nginx" / "files" / "big"
    file.parent.mkdir(parents=True)
    rates = {"put": [], "md5": [], "disk": [], "get": [], "nginx": []}
    for _ in range(repeats):
        rates["disk"].append((size >> 20) / seconds_of(lambda: write_zeros(file, size)))
        rates["md5"].append((size >> 20) / seconds_of(
            lambda: subprocess.run(["openssl", "md5", file], check=True, stdout=subprocess.DEVNULL)))
        with server("cumulite", folder / "cumulite") as root:
            make_bucket()
            put = run_driver("transfer", "put", f"/{BUCKET}/big", "--size", size, root=root)
            get = run_driver("transfer", "get", f"/{BUCKET}/big", "--times", times, root=root)
        with server("nginx", folder / "nginx") as root:
            nginx = run_driver("transfer", "get", "/files/big", "--times", times, name="nginx", root=root)
        for name, found in [("put", put), ("get", get), ("nginx", nginx)]:
            rates[name].append(found["mib_per_second"])
    rate = {name: statistics.median(found) for name, found in rates.items()}
    figures.row("GET, ratio to nginx serving the file", rate["get"] / rate["nginx"], "x", at_least=0.9,
                beside=f"{rate['get']:.0f} against {rate['nginx']:.0f} MiB/s")
    figures.row("PUT, ratio to the slower of MD5 and disk", rate["put"] / min(rate["md5"], rate["disk"]), "x",
                at_least=0.8, beside=f"{rate['put']:.0f} MiB/s; `openssl md5` {rate['md5']:.0f}, file {rate['disk']:.0f}")
