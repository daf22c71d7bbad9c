"""S3 with bodies that do not fit a buffer."""

import base64
import concurrent.futures
import contextlib
import hashlib
import http.client
import os
import pathlib
import re
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
    piece = bytes(min(size, 1 << 20))
    with open(path, "wb", buffering=0) as file:
        for _ in range(size // len(piece)):
            file.write(piece)


def throughput(figures, folder, quick):
    """The size with bounds, and smaller ones for comparison."""
    rates_of(figures, folder / "big", *((64 << 20, 1, 2) if quick else (256 << 20, 5, 4)), bounded=True)
    for size, times in [(8 << 20, 100), (64 << 10, 4000)]:
        rates_of(figures, folder / str(size), size, 1 if quick else 3, times // 10 if quick else times, bounded=False)


def rates_of(figures, folder, size, repeats, times, bounded):
    """One connection at a time; whoever serves, the file stands in the page cache."""
    figures.title(f"S3, an object of {size >> 10} KiB, one connection at a time, medians of {repeats}")
    file = folder / "nginx" / "files" / "big"
    file.parent.mkdir(parents=True)
    rates = {"put": [], "md5": [], "disk": [], "get": [], "nginx": []}
    for _ in range(repeats):
        rates["disk"].append(size / (1 << 20) / seconds_of(lambda: write_zeros(file, size)))
        rates["md5"].append(size / (1 << 20) / seconds_of(
            lambda: subprocess.run(["openssl", "md5", file], check=True, stdout=subprocess.DEVNULL)))
        with server("cumulite", folder / "cumulite") as root:
            make_bucket()
            put = run_driver("transfer", "put", f"/{BUCKET}/big", "--size", size,
                             "--times", 1 if bounded else times, root=root)
            get = run_driver("transfer", "get", f"/{BUCKET}/big", "--times", times, root=root)
        with server("nginx", folder / "nginx") as root:
            nginx = run_driver("transfer", "get", "/files/big", "--times", times, name="nginx", root=root)
        for name, found in [("put", put), ("get", get), ("nginx", nginx)]:
            rates[name].append(found["mib_per_second"])
    rate = {name: statistics.median(found) for name, found in rates.items()}
    if not bounded:
        for what in ("get", "put"):
            figures.row(f"{what.upper()}", rate[what], "MiB/s", beside=f"nginx's GET {rate['nginx']:.0f} MiB/s" if what == "get" else "")
        return
    figures.row("GET, ratio to nginx serving the file", rate["get"] / rate["nginx"], "x", at_least=0.9,
                beside=f"{rate['get']:.0f} against {rate['nginx']:.0f} MiB/s")
    figures.row("PUT, ratio to the slower of MD5 and disk", rate["put"] / min(rate["md5"], rate["disk"]), "x",
                at_least=0.8, beside=f"{rate['put']:.0f} MiB/s; `openssl md5` {rate['md5']:.0f}, file {rate['disk']:.0f}")


class Client:
    """One kept connection, which answers bytes and refuses everything but a 2xx."""

    def __init__(self):
        self._connection = http.client.HTTPConnection("127.0.0.1", PORTS["cumulite"], timeout=300)

    def ask(self, method, target, body=None, headers=None):
        self._connection.request(method, f"/{BUCKET}{target}", body, headers or {})
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status // 100 != 2:
            raise RuntimeError(f"{method} {target}: {answer.status} {text[:300]!r}")
        return text, answer.headers

    def element(self, name, method, target):
        return re.search(f"<{name}>(.*?)</{name}>", self.ask(method, target)[0].decode())[1]


def cost_of(root, action, times):
    """The median time, and the server's own CPU time, of one of them: in ms."""
    action()
    before = cpu_ms(root)
    median = statistics.median(seconds_of(action) for _ in range(times)) * 1000
    return median, (cpu_ms(root) - before) / times


def cpu_ms(root):
    tasks = pathlib.Path(f"/proc/{root}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def listing(figures, folder, quick):
    """A page with a delimiter seeks from one common prefix to the next, however many keys lie between."""
    count = 100_000 if quick else 1_000_000
    figures.title(f"S3, ListObjectsV2 on {count} keys beside 1000, one connection, medians of 50")
    pages = {"1000 common prefixes": "?list-type=2&delimiter=/", "1000 keys of one prefix": "?list-type=2&prefix=7/&delimiter=/",
             "1000 keys": "?list-type=2", "10 common prefixes": "?list-type=2&delimiter=/&max-keys=10&start-after=5"}
    found = {}
    for keys in (1000, count):
        before = 0 if keys == 1000 else 1000
        with server("cumulite", folder) as root:
            fill = run_driver("load", "s3-fill", "--backlog", before, "--units", keys - before, "--seconds", 600,
                              "--body", 1, root=root)
        with server("cumulite", folder) as root:  # without a log that is as large as the small bucket
            client = Client()
            found[keys] = {page: cost_of(root, lambda: client.ask("GET", target), 50) for page, target in pages.items()}
    for page in pages:
        (small, small_cpu), (large, large_cpu) = found[1000][page], found[count][page]
        bound = {"at_most": 2.0} if page != "1000 keys of one prefix" else {}  # of which the small one has one
        figures.row(f"{page}: ratio of the server's CPU times", large_cpu / small_cpu, "x",
                    beside=f"{large_cpu:.2f} against {small_cpu:.2f} ms; {large:.2f} against {small:.2f} ms until answered", **bound)
    figures.row("filling: objects", fill["per_second"], "/s")


def deletion(figures, folder, quick):
    figures.title("S3, DeleteObjects of 1000 keys, one connection")
    rounds = 3 if quick else 10
    keys = "".join(f"<Object><Key>{i % 1000}/key-{i // 1000}</Key></Object>" for i in range(1000))
    body = f"<Delete><Quiet>true</Quiet>{keys}</Delete>".encode()
    headers = {"Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}
    times = []
    with server("cumulite", folder) as root:
        for _ in range(rounds):
            run_driver("load", "s3-fill", "--units", 1000, "--seconds", 60, "--connections", 1, root=root)
            client = Client()
            times.append(seconds_of(lambda: client.ask("POST", "?delete", body, headers)))
            assert b"<KeyCount>0<" in client.ask("GET", "?list-type=2")[0]
    figures.row("answered in, median", statistics.median(times) * 1000, "ms")


def upload_parts(client, key, sizes):
    """An upload whose parts are there, and the document that completes it."""
    upload = client.element("UploadId", "POST", f"/{key}?uploads")
    parts = []
    for number, size in enumerate(sizes, 1):
        _, headers = client.ask("PUT", f"/{key}?uploadId={upload}&partNumber={number}", bytes(size))
        parts.append(f"<Part><PartNumber>{number}</PartNumber><ETag>{headers['ETag']}</ETag></Part>")
    return f"/{key}?uploadId={upload}", f"<CompleteMultipartUpload>{''.join(parts)}</CompleteMultipartUpload>"


def sharing(figures, folder, quick):
    """Completing and copying rewrite no bytes."""
    parts = 8 if quick else 80
    figures.title(f"S3, an object of {parts * 64} MiB in parts of 64 MiB")
    with server("cumulite", folder):
        make_bucket()
        client = Client()
        target, document = upload_parts(client, "big", [64 << 20] * parts)
        took = seconds_of(lambda: client.ask("POST", target, document))
        figures.row("completing it", took * 1000, "ms", at_most=100)
        took = seconds_of(lambda: client.ask("PUT", "/copy", headers={"x-amz-copy-source": f"/{BUCKET}/big"}))
        figures.row("copying it", took * 1000, "ms", at_most=100)


def crowd(figures, folder, quick):
    """Uploads that all run at the same time: what each has in memory is two buffers, not its body."""
    uploads = 50 if quick else 200
    figures.title(f"S3, {uploads} uploads of 8 MiB at once")
    body = os.urandom(8 << 20)
    with server("cumulite", folder) as root:
        make_bucket()
        forget_peak(root)
        with concurrent.futures.ThreadPoolExecutor(uploads) as pool:
            took = seconds_of(lambda: list(pool.map(lambda i: Client().ask("PUT", f"/{i}", body), range(uploads))))
        figures.row("peak RSS", memory_mib(root, "VmHWM"), "MiB", at_most=200,
                    beside=f"{uploads * 8 / took:.0f} MiB/s, none failed")


def files_open(root):
    names = []
    for link in pathlib.Path(f"/proc/{root}/fd").iterdir():
        with contextlib.suppress(OSError):
            names.append(os.readlink(link))
    return sum("s3-content" in name for name in names)


def pieces(figures, folder, quick):
    """An object of as many parts as there can be: an answer has the file open that it reads."""
    parts = 1000 if quick else 10_000
    figures.title(f"S3, an object of {parts} parts")
    with server("cumulite", folder) as root:
        make_bucket()
        client = Client()
        sources = [f"source-{number}" for number in range(20)]
        for source in sources:
            client.ask("PUT", f"/{source}", os.urandom(5 << 20))
        upload = client.element("UploadId", "POST", "/many?uploads")
        document = ""
        for number in range(1, parts + 1):
            # Parts that are whole objects share their files, so ten thousand need no disk.
            text, _ = client.ask("PUT", f"/many?uploadId={upload}&partNumber={number}",
                                 headers={"x-amz-copy-source": f"/{BUCKET}/{sources[number % len(sources)]}"})
            etag = re.search("<ETag>(.*?)</ETag>", text.decode())[1]
            document += f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"
        took = seconds_of(lambda: client.ask("POST", f"/many?uploadId={upload}",
                                             f"<CompleteMultipartUpload>{document}</CompleteMultipartUpload>"))
        figures.row("completing it", took * 1000, "ms")
        connection = http.client.HTTPConnection("127.0.0.1", PORTS["cumulite"])
        start = time.monotonic()
        connection.request("GET", f"/{BUCKET}/many")
        answer = connection.getresponse()
        answer.read(1)
        figures.row("the first byte of a GET", (time.monotonic() - start) * 1000, "ms")
        most = files_open(root)
        for _ in range(8):
            answer.read(5 << 20)
            most = max(most, files_open(root))
        figures.row("content files open while it is read, at most", most, "", at_most=1)
        connection.close()
        took = seconds_of(lambda: client.ask("GET", "/many", headers={"Range": "bytes=-10"}))
        figures.row("its last ten bytes", took * 1000, "ms")
