"""SQS with a million messages, ten thousand long polls, a thousand FIFO groups."""

import statistics

from servers import memory_mib, run_driver, server, start_time_ms

SMALL = 1_000
FIFO_GROUPS = 1_000  # as bench/fifo_drain.cc has it


def fill(root, queue, messages):
    """By one connection where the number must be exact, by more where it takes long."""
    run_driver("load", "sqs-send", "--queue", queue, "--units", 1, "--connections", 1, root=root)
    run_driver("load", "sqs-send-batch", "--queue", queue, "--units", messages, "--no-setup", "--seconds", 240,
               "--connections", 1 if messages <= SMALL else 8, root=root)


def first_receive_ms(root, queue):
    return run_driver("load", "sqs-receive-return", "--queue", queue, "--no-setup", "--connections", 1, "--units", 1,
                      root=root)["p50_us"] / 1000


def receives(root, scenario, queue, connections, seconds):
    return run_driver("load", scenario, "--queue", queue, "--no-setup", "--connections", connections, "--seconds",
                      seconds, root=root)


def compare(figures, folder, scenario, title, connections, seconds, repeats):
    """The same load on both queues of one data directory, each on a fresh start, in turns."""
    found = {"small": [], "big": []}
    for _ in range(repeats):
        for queue, results in found.items():
            with server("cumulite", folder) as root:
                first_receive_ms(root, queue)
                results.append(receives(root, scenario, queue, connections, seconds))
    for key, label, unit in [("p50_us", "p50", "us"), ("p99_us", "p99", "us"), ("cpu_us", "server CPU a request", "us")]:
        small, big = (statistics.median(result[key] for result in found[queue]) for queue in ("small", "big"))
        figures.row(f"{title}, {connections} at a time: {label}, ratio", big / max(small, 0.01), "x", at_most=2,
                    beside=f"{big:.4g} {unit} against {small:.4g} {unit}")


def backlog(figures, folder, quick):
    messages, seconds, repeats = (100_000, 1, 1) if quick else (1_000_000, 2, 3)
    figures.title(f"SQS, {messages} messages of 1 KiB against {SMALL}, both on one data directory")
    with server("cumulite", folder) as root:
        fill(root, "small", SMALL)
        fill(root, "big", messages)
    size = sum(file.stat().st_size for file in (folder / "data").rglob("*") if file.is_file())
    starts = [start_time_ms(folder) for _ in range(5)]
    figures.row("start to first 200 on that directory", statistics.median(starts), "ms", at_most=50,
                beside=f"{size / 2**30:.2f} GiB of files, median of 5, worst {max(starts):.1f} ms")
    with server("cumulite", folder) as root:
        figures.row("idle RSS after that start", memory_mib(root), "MiB", at_most=12)
        first_receive_ms(root, "small")  # what the first use of any queue costs is not the messages'
        before, anonymous = memory_mib(root), memory_mib(root, "RssAnon")
        took = first_receive_ms(root, "big")
        figures.row("first receive, which loads the queue", took, "ms")
        figures.row("memory a message", (memory_mib(root) - before) * 2**20 / messages, "bytes", at_most=200,
                    beside=f"growth of RSS by loading the queue; of RssAnon alone "
                           f"{(memory_mib(root, 'RssAnon') - anonymous) * 2**20 / messages:.0f}")
    for connections in (1, 64):
        compare(figures, folder, "sqs-receive-return", "receive", connections, seconds, repeats)
    compare(figures, folder, "sqs-cycle", "send, receive, delete", 64, seconds, repeats)


def polls(figures, folder, _quick):
    figures.title("SQS, long polls of 20 s on one queue")
    count = 10_000
    with server("cumulite", folder) as root:
        found = run_driver("polls", "--connections", count, root=root)
    growth = found["resident_growth_kib"]
    figures.row(f"{count} waiting: growth of RSS", growth / 1024, "MiB", at_most=100,
                beside=f"{growth * 1024 / count:.0f} bytes a connection")
    figures.row("server CPU while they wait", found["cpu_ms_per_second"], "ms/s", at_most=1)
    figures.row("answers within 1 s of one send", found["answers"], "", at_most=1,
                beside=f"{found['messages']} with the message, {found['wake_us']:.0f} us after the send")
    figures.row("of them with the message", found["messages"], "", at_least=1)


def fifo(figures, folder, quick):
    messages = 10_000 if quick else 100_000
    figures.title(f"SQS FIFO, {FIFO_GROUPS} groups, {messages} messages of 1 KiB, 16 consumers by batches of 10")
    with server("cumulite", folder) as root:
        found = run_driver("load", "sqs-fifo-drain", "--backlog", messages, "--connections", 16, "--seconds", 60,
                           root=root)
    figures.row("drained", found["units"], "messages", at_least=messages)
    figures.row("out of order, lost, doubled or refused", found["failures"], "", at_most=0)
    figures.row("received and deleted", found["units_per_second"], "messages/s",
                beside=f"{found['cpu_us'] * found['answers'] / max(found['units'], 1):.1f} us of server CPU a message")


def batches(figures, folder, quick):
    figures.title("SQS, batches of 10 against single calls, 64 connections, 1 KiB")
    seconds, repeats, backlog_size = (1, 1, 40_000) if quick else (3, 3, 300_000)
    for what, scenario, prepared in [("send", "sqs-send", 0), ("receive and delete", "sqs-receive-delete", backlog_size)]:
        results = {scenario: [], f"{scenario}-batch": []}
        for repeat in range(repeats):
            for name, found in results.items():
                with server("cumulite", folder / f"{name}-{repeat}") as root:
                    found.append(run_driver("load", name, "--seconds", seconds, "--units", prepared or 2**63,
                                            "--backlog", prepared, root=root))
        single, batch = (statistics.median(result["units_per_second"] for result in found) for found in results.values())
        cpu = [statistics.median(result["cpu_us"] * result["answers"] / result["units"] for result in found)
               for found in results.values()]
        figures.row(f"{what}: messages/s of batches, ratio", batch / single, "x", at_least=4,
                    beside=f"{batch:.0f} against {single:.0f} messages/s, server CPU a message "
                           f"{cpu[1]:.1f} against {cpu[0]:.1f} us")
