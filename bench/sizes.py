"""How small the server is, and how soon it is there."""

import os
import statistics
import subprocess

from servers import BUILD, memory_mib, server, start_time_ms


def empty(figures, folder, quick):
    figures.title("Start and size")
    os.sync()  # else the disk still works for the scenarios before
    starts = [start_time_ms(folder / f"start-{i}") for i in range(3 if quick else 11)]
    figures.row("start to first 200, empty directory", statistics.median(starts), "ms", at_most=10,
                beside=f"median of {len(starts)}, best {min(starts):.1f} ms")
    again = [start_time_ms(folder / "start-0") for _ in range(3 if quick else 11)]
    figures.row("start to first 200, its own directory again", statistics.median(again), "ms", at_most=10)
    with server("cumulite", folder / "idle") as pid:
        figures.row("idle RSS", memory_mib(pid), "MiB", at_most=12, beside=f"anonymous {memory_mib(pid, 'RssAnon'):.1f}")
    stripped = folder / "stripped"
    subprocess.run(["strip", "-o", stripped, BUILD / "cumulite"], check=True)
    figures.row("stripped binary", stripped.stat().st_size / 2**20, "MiB", at_most=12)
