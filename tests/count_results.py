"""Counts the test cases in the result files below a folder and prints "N passed, M failed" as its last line.

Usage: count_results.py FOLDER EXPECTED_FILE...

The folder holds, for each build, ctest.xml (one entry a test program), gtest/PROGRAM.xml (one entry a case)
and pytest*.xml. A program that crashed or timed out has left no file of cases: it counts as one failure. So
does each of the expected files (paths in the folder) that is missing.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def outcomes(path):
    """(name, "passed" | "failed" | "skipped") of every case in a JUnit file."""
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            yield name, "failed"
        elif case.find("skipped") is not None or case.get("status") in ("notrun", "disabled"):
            yield name, "skipped"
        else:
            yield name, "passed"


def cases(path):
    """(name, passed) of every case that was run."""
    return [(name, outcome == "passed") for name, outcome in outcomes(path) if outcome != "skipped"]


def results_of_build(folder):
    """(name, passed) of every case of one build."""
    for path in sorted(folder.glob("pytest*.xml")):
        yield from cases(path)
    if not (folder / "ctest.xml").exists():
        return
    for program, outcome in outcomes(folder / "ctest.xml"):
        name = program.rsplit(".", 1)[-1]
        details = folder / "gtest" / f"{name}.xml"
        counted = cases(details) if details.exists() else []
        yield from counted
        # A program that could not be started is "skipped" to ctest.
        if outcome != "passed" and all(ok for _, ok in counted):
            yield f"{name} (not started, crashed, timed out or leaked)", False


def main(root, *expected):
    passed = 0
    failed = [f"{path}: no results" for path in expected if not (Path(root) / path).exists()]
    for folder in sorted(path for path in Path(root).iterdir() if path.is_dir()):
        results = list(results_of_build(folder))
        passed += sum(ok for _, ok in results)
        failed += [f"{folder.name}: {name}" for name, ok in results if not ok]
    for name in failed:
        print(f"FAILED {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
