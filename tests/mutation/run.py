"""Mutation test: which defects would the tests see? Run it by scripts/mutate.sh; docs/testing.md tells how."""

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
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import mutants as lists

ROOT = Path(__file__).resolve().parent.parent.parent
TREE = ROOT / "build" / "mutation"  # a copy, so that its build directory lies as deep as the tree's own (ccache)
BUILD = TREE / "build" / "release"
RESULTS = TREE / "build" / "mutants.json"
MAX_FILTER = 100_000  # bytes of test names in a command line
PYTEST_SECONDS = 300
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
    write(TREE / "CMakeLists.txt", (ROOT / "CMakeLists.txt").read_bytes() + cmake_additions(instrumented).encode())
    for path in [path for path in TREE.rglob("*") if path.is_file() and BUILD.parent not in path.parents]:
        if str(path.relative_to(TREE)) not in wanted:
            path.unlink()
    return wrong | {one.id: "its file is gone" for one in mutants if one.file not in wanted}


def cmake_additions(instrumented):
    # A mutated expression need not be warning-free, nor fast; a precompiled header wants the flags it was made with.
    precompiled = {name for name in instrumented if name.startswith(("net/", "server/"))}
    listed = [(sorted(precompiled), "-w"), (sorted(set(instrumented) - precompiled), "-w -O1")]
    return "".join(f"\nset_source_files_properties({' '.join(names)} PROPERTIES COMPILE_FLAGS \"{flags}\")"
                   for names, flags in listed if names) + """
add_library(mutation_test_names OBJECT tests/mutation/test_names.cc)
target_include_directories(mutation_test_names PRIVATE ${PROJECT_SOURCE_DIR})
get_property(programs DIRECTORY tests PROPERTY BUILDSYSTEM_TARGETS)
list(FILTER programs INCLUDE REGEX "^(unit|wire)_")
foreach(program ${programs})
  target_link_libraries(${program} PRIVATE mutation_test_names)
endforeach()
"""


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


def order(file, programs_of):
    """The test programs that pass a mutant of the file, its own first, then those with few tests to run."""
    folder = file.split("/")[1] if file.startswith("services/") else file.split("/")[0]
    folder = "elb_proxy" if file.startswith("services/elb/proxy/") else folder
    own = [f"unit_{folder}", f"wire_{'server' if folder == 'net' else folder}"]
    return sorted(programs_of, key=lambda path: (path.name not in own, len(programs_of[path])))


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def execute(command, environment, timeout):
    """Exit code (None if it took longer) and output of a test program."""
    environment = os.environ | environment | {"TMPDIR": str(BUILD.parent / "tmp")}
    process = subprocess.Popen(command, env=environment, cwd=BUILD, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                               preexec_fn=limits)
    try:
        output = process.communicate(timeout=timeout)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""
    return process.returncode, output


def run(program, environment, timeout, tests=()):
    """How the program noticed the mutant: the name of a test, "crash", "time-out"; "" if it passed."""
    command = [program, "--gtest_fail_fast", "--gtest_brief=1"]
    if sum(map(len, tests)) < MAX_FILTER and tests:
        command.append("--gtest_filter=" + ":".join(tests))
    code, output = execute(command, environment, timeout)
    if code == 0:
        return ""
    failed = re.search(r"\[  FAILED  \] ([\w./]+)", output)
    return failed[1] if failed else "time-out" if code is None else "crash"


def run_twice(program, environment, timeout, tests):
    """As run(), but a test that fails once only, as one may on a busy machine, notices nothing."""
    noticed = run(program, environment, timeout, tests)
    if noticed in ("", "crash", "time-out") or run(program, environment, timeout, [noticed]):
        return noticed
    return run(program, environment, timeout, tests)


def run_pytest(test, environment):
    """As run(), for a test of the binary."""
    environment = environment | {"CUMULITE_BINARY": str(BUILD / "cumulite"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["/usr/bin/python3", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", str(ROOT / test)]
    code, output = execute(command, environment, PYTEST_SECONDS)
    if code in (None, 1):  # 1: a test failed
        return "time-out" if code is None else "failed"
    return "" if code == 0 else sys.exit(f"{test}:\n{output}")


def read_reached(record):
    """Which tests passed which mutant: {hash: [test]}."""
    reached = {}
    test = ""
    for line in record.read_text().splitlines() if record.exists() else []:
        if line.startswith("T "):
            test = line[2:]
        else:
            reached.setdefault(int(line, 16), []).append(test)
    return reached


def baseline(program):
    """The program without a mutant, which must pass: its seconds, and which tests pass which mutant. Kept until the
    program is linked anew."""
    record = BUILD.parent / "reached" / program.name
    done = record.with_suffix(".seconds")
    if not done.exists() or done.stat().st_mtime < program.stat().st_mtime:
        record.parent.mkdir(exist_ok=True)
        record.unlink(missing_ok=True)
        start = time.monotonic()
        environment = {"CUMULITE_MUTANT": "", "CUMULITE_MUTANTS_REACHED": str(record)}
        if failed := run(program, environment, 1200) and run(program, environment, 1200):
            sys.exit(f"{program.name} fails without any mutant: {failed}")
        done.write_text(str(time.monotonic() - start))
    return float(done.read_text()), read_reached(record)


def try_mutant(mutant, last, seconds, reached):
    """Runs the test that noticed the mutant last time, the tests that pass it, then, as tests may see what an earlier
    one left, their whole programs, and at last the row's own test of the binary."""
    tests = {program: by_mutant[lists.hash_of(mutant.id)] for program, by_mutant in reached.items()
             if lists.hash_of(mutant.id) in by_mutant}
    programs_of = order(mutant.file, tests)
    runs = [(program, [last.removeprefix(program.name + ": ")]) for program in programs_of
            if re.match(program.name + r": [\w/]+\.", last)]
    runs += [(program, sorted(set(tests[program]) - {""})) for program in programs_of]
    runs = [one for one in runs if one[1]] + [(program, []) for program in programs_of[:2]]
    environment = {"CUMULITE_MUTANT": mutant.id}
    for program, some in runs:
        if noticed := run_twice(program, environment, 30 + 5 * seconds[program], some):
            say(f"killed    {mutant.id:<22} {program.name}: {noticed}")
            return f"{program.name}: {noticed}"
    if mutant.pytest and (noticed := run_pytest(mutant.pytest, environment)):
        say(f"killed    {mutant.id:<22} {mutant.pytest}: {noticed}")
        return f"{mutant.pytest}: {noticed}"
    say(f"SURVIVED  {mutant.id:<22} {mutant.file}: {mutant.name}" + ("" if tests else " (no test passes it)"))
    return ""


def tell(mutants, wrong):
    for one in mutants:
        if one.id in wrong:
            say(f"NOT TRIED {one.id} {one.file}: {wrong[one.id]}\n-{one.text}\n")


def report(mutants, wrong, results):
    results = {one.id: results[one.id] for one in mutants if one.id in results and not one.equivalent}
    tried = [one for one in mutants if one.id in results]
    survivors = [one for one in tried if not results[one.id]]
    say()
    for one in survivors:
        say(f"SURVIVED {one.id} {one.file}: {one.name}\n-{one.text}\n+{one.mutant}\n")
    tell(mutants, wrong)
    for area in sorted({one.id.split("/")[0] for one in mutants}) + ["all"]:
        score(area, [one for one in mutants if area in ("all", one.id.split("/")[0])], wrong, results)


def score(area, mutants, wrong, results):
    tried = [one for one in mutants if one.id in results]
    killed = sum(1 for one in tried if results[one.id])
    percent = f" ({100 * killed / len(tried):.1f} %)" if tried else ""
    say(f"{area:<16} {killed} of {len(tried)} killed{percent}, {len(tried) - killed} survived, "
        f"{sum(1 for one in mutants if one.equivalent)} equivalent, "
        f"{sum(1 for one in mutants if one.id in wrong)} not in place")


def try_all(mutants, before, jobs):
    """{id: how it was noticed}, written down after each, so that --go-on can."""
    results = {}
    with ThreadPoolExecutor(jobs) as pool:
        # The longest first: the others then go beside it.
        largest_first = sorted(programs(), key=lambda path: -path.stat().st_size)
        baselines = dict(zip(largest_first, pool.map(baseline, largest_first)))
        seconds = {program: one[0] for program, one in baselines.items()}
        reached = {program: one[1] for program, one in baselines.items()}
        tries = {pool.submit(try_mutant, one, before.get(one.id, ""), seconds, reached): one for one in mutants}
        for tried in as_completed(tries):
            results[tries[tried].id] = tried.result()
            RESULTS.write_text(json.dumps(before | results, indent=1))
    return results


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutate.sh", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="FILE", help="a file or folder of the tree, an area, or area/number")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="mutants at a time")
    parser.add_argument("--check", action="store_true", help="only tell the mutants whose text is gone")
    parser.add_argument("--survivors", action="store_true", help="only those that survived the last run")
    parser.add_argument("--go-on", action="store_true", help="only those that have not been tried yet")
    parser.add_argument("--built", action="store_true", help="with the programs as they are: builds nothing")
    options = parser.parse_args()

    everything = lists.read_lists()
    mutants = chosen(everything, options.only)
    before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if options.survivors:
        mutants = [one for one in mutants if before.get(one.id, "") == ""]
    if options.go_on:
        mutants = [one for one in mutants if one.id not in before]
    wrong = copy_tree(everything)
    wrong = {one.id: wrong[one.id] for one in mutants if one.id in wrong}
    to_try = [one for one in mutants if one.id not in wrong and not one.equivalent]
    if options.check:
        tell(mutants, wrong)
        say(f"{len(to_try)} in place, {len(wrong)} not")
        return 1 if wrong else 0

    if not options.built:
        say(f"building {TREE.relative_to(ROOT)} with {len(to_try)} mutants to try")
        build()
    shutil.rmtree(BUILD.parent / "tmp", ignore_errors=True)
    (BUILD.parent / "tmp").mkdir()
    results = try_all(to_try, before, options.jobs)
    shutil.rmtree(BUILD.parent / "tmp", ignore_errors=True)
    report(chosen(everything, options.only), wrong, before | results)
    return 1 if wrong or not all(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
