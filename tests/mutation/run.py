"""Mutation test: which defects would the C++ tests see? Run it by scripts/mutate.sh; docs/testing.md tells how."""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mutants as lists

ROOT = Path(__file__).resolve().parent.parent.parent
TREE = ROOT / "build" / "mutation"  # a copy, so that its build directory lies as deep as the tree's own (ccache)
BUILD = TREE / "build" / "release"
RESULTS = TREE / "build" / "mutants.json"
ADDRESS_SPACE = 16 << 30  # what a mutant may take before it counts as killed


def say(*words):
    print(*words, flush=True)


def chosen(mutants, names):
    """Those that a file, the beginning of a path, an area or an id on the command line names; all if there is none."""
    if not names:
        return mutants
    names = [name.removesuffix(".toml").split("tests/mutation/mutants/")[-1] for name in names]
    for name in names:
        if not any(is_named(one, name) for one in mutants):
            sys.exit(f"no mutant in {name}")
    return [one for one in mutants if any(is_named(one, name) for name in names)]


def is_named(mutant, name):
    return mutant.id == name or mutant.id.split("/")[0] == name or mutant.file.startswith(name)


def copy_tree(mutants):
    """Brings the copy up to date, leaving alone what did not change. Answers what could not be entered: {id: why}."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True,
                            capture_output=True, text=True)
    wanted = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    wrong = {}
    instrumented = []
    for name in wanted:
        data = (ROOT / name).read_bytes()
        if here := [one for one in mutants if one.file == name]:
            text, wrong_here = lists.instrument(data.decode(), here)
            wrong |= wrong_here
            if text.encode() != data:
                instrumented.append(name)
            data = text.encode()
        elif name == "CMakeLists.txt":
            continue
        write(TREE / name, data)
    # A mutated expression need not be warning-free.
    off = f"\nset_source_files_properties({' '.join(sorted(instrumented))} PROPERTIES COMPILE_OPTIONS -w)\n"
    write(TREE / "CMakeLists.txt", (ROOT / "CMakeLists.txt").read_bytes() + off.encode())
    for path in [path for path in TREE.rglob("*") if path.is_file() and BUILD.parent not in path.parents]:
        if str(path.relative_to(TREE)) not in wanted:
            path.unlink()
    return wrong | {one.id: "its file is gone" for one in mutants if one.file not in wanted}


def write(path, data):
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def build():
    log = BUILD.parent / "build.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        for command in (["cmake", "--preset", "release", "-DCUMULITE_TESTS=ON"], ["ninja", "-C", str(BUILD)]):
            if subprocess.run(command, cwd=TREE, stdout=out, stderr=subprocess.STDOUT).returncode != 0:
                out.flush()
                sys.exit("\n".join(re.findall(r".*(?:error|FAILED|Error).*", log.read_text())[:30]) + f"\nsee {log}")


def programs():
    return sorted(path for path in (BUILD / "tests").glob("*") if re.match(r"(unit|wire)_\w+$", path.name))


def order(file, seconds):
    """The test programs, those of the file first, then the quick ones."""
    folder = file.split("/")[1] if file.startswith("services/") else file.split("/")[0]
    own = [f"unit_{folder}", f"wire_{'server' if folder == 'net' else folder}"]
    return sorted(seconds, key=lambda path: (path.name not in own, seconds[path]))


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(program, mutant, timeout):
    """How the program noticed the mutant: the name of a test, "crash", "time-out"; "" if it passed."""
    environment = os.environ | {"CUMULITE_MUTANT": mutant, "TMPDIR": str(BUILD.parent / "tmp")}
    process = subprocess.Popen([program, "--gtest_fail_fast", "--gtest_brief=1"], env=environment, cwd=BUILD,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                               start_new_session=True, preexec_fn=limits)
    try:
        output = process.communicate(timeout=timeout)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "time-out"
    if process.returncode == 0:
        return ""
    failed = re.search(r"\[  FAILED  \] ([\w./]+)", output)
    return failed[1] if failed else "crash"


def baseline():
    """Seconds of each program without a mutant. All must pass."""
    seconds = {}
    for program in programs():
        start = time.monotonic()
        if failed := run(program, "", timeout=600):
            sys.exit(f"{program.name} fails without any mutant: {failed}")
        seconds[program] = time.monotonic() - start
    return seconds


def try_mutant(mutant, seconds):
    for program in order(mutant.file, seconds):
        if noticed := run(program, mutant.id, timeout=30 + 5 * seconds[program]):
            say(f"killed    {mutant.id:<22} {program.name}: {noticed}")
            return f"{program.name}: {noticed}"
    say(f"SURVIVED  {mutant.id:<22} {mutant.file}: {mutant.name}")
    return ""


def tell(mutants, wrong):
    for one in mutants:
        if one.id in wrong:
            say(f"NOT TRIED {one.id} {one.file}: {wrong[one.id]}\n-{one.text}\n")


def report(mutants, wrong, results):
    tried = [one for one in mutants if one.id in results]
    survivors = [one for one in tried if not results[one.id]]
    say()
    for one in survivors:
        say(f"SURVIVED {one.id} {one.file}: {one.name}\n-{one.text}\n+{one.mutant}\n")
    tell(mutants, wrong)
    equivalent = sum(1 for one in mutants if one.equivalent)
    killed = len(tried) - len(survivors)
    score = f" ({100 * killed / len(tried):.1f} %)" if tried else ""
    say(f"{killed} of {len(tried)} killed{score}, {len(survivors)} survived, "
        f"{equivalent} equivalent, {len(wrong)} not tried")


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutate.sh", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="FILE", help="a file or folder of the tree, an area, or area/number")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="mutants at a time")
    parser.add_argument("--check", action="store_true", help="only tell the mutants whose text is gone")
    parser.add_argument("--survivors", action="store_true", help="only those that survived the last run")
    options = parser.parse_args()

    everything = lists.read_lists()
    mutants = chosen(everything, options.only)
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if options.survivors:
        mutants = [one for one in mutants if before.get(one.id, "") == ""]
    wrong = copy_tree(everything)
    wrong = {one.id: wrong[one.id] for one in mutants if one.id in wrong}
    to_try = [one for one in mutants if one.id not in wrong and not one.equivalent]
    if options.check:
        tell(mutants, wrong)
        say(f"{len(to_try)} in place, {len(wrong)} not")
        return 1 if wrong else 0

    say(f"building {TREE.relative_to(ROOT)} with {len(to_try)} mutants to try")
    build()
    shutil.rmtree(BUILD.parent / "tmp", ignore_errors=True)
    (BUILD.parent / "tmp").mkdir()
    seconds = baseline()
    with ThreadPoolExecutor(options.jobs) as pool:
        results = dict(zip([one.id for one in to_try], pool.map(lambda one: try_mutant(one, seconds), to_try)))
    RESULTS.write_text(json.dumps(before | results, indent=1))
    shutil.rmtree(BUILD.parent / "tmp", ignore_errors=True)
    report(mutants, wrong, results)
    return 1 if wrong or not all(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
