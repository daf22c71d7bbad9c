"""Holds the source tree to the rules of dependence in docs/architecture.md, by reading its #include lines."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("base", "config", "runtime", "protocol", "net", "services", "server")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)

# What a layer may include of ours. A service is a layer of its own, and so is what lies directly in services/.
ALLOWED = {
    "base": {"base"},
    "config": {"base", "config"},
    "runtime": {"base", "runtime"},
    "protocol": {"base", "runtime", "protocol"},
    "storage": {"base", "runtime", "storage"},
    "net": {"base", "config", "runtime", "protocol", "net"},
    "resource": {"base", "runtime", "protocol", "resource"},
    "messaging": {"base", "runtime", "protocol", "resource", "messaging"},
    "services": {"base", "runtime", "protocol", "net", "storage", "resource", "messaging", "services"},
    "server": {"base", "config", "runtime", "protocol", "net", "storage", "resource", "services", "server"},
}

# Libraries that only some places may include: (pattern, where, why).
CONFINED = [
    (r"boost/(asio|beast)|^(asio|beast)\b", r"^(net|server|services/elb/proxy)/", "a unit with Asio costs 20 s to compile"),
    (r"^sqlite3\.h$", r"^services/storage/.*\.cc$|^services/storage/connection\.h$", "SQLite stays in the storage layer"),
    (r"^nlohmann/json\.hpp$", r"\.cc$", "headers stay cheap: json_fwd.hpp, or a class Impl"),
    (r"^spdlog/", r"^base/.*\.cc$", "log through base/log.h"),
    (r"^CLI/", r"^config/command_line\.cc$", "compiled once"),
    (r"^toml\+\+/", r"^(config/settings_file|server/startup/seed_file)\.cc$", "compiled once each"),
    (r"^(gtest|gmock)/", r"^tests/", "tests only"),
]


def sources():
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(str(path.relative_to(ROOT)) for path in found if path.suffix in (".h", ".cc"))


def text_of(path):
    return (ROOT / path).read_text()


def layer_of(path):
    """"config", ..., "storage", "sqs", ..., or "services" for a header directly in services/."""
    parts = path.split("/")
    if parts[0] != "services":
        return parts[0]
    return parts[1] if len(parts) > 2 else "services"


def is_service(layer):
    return layer not in ALLOWED


def may_include(layer, target):
    if is_service(layer):
        return target in ALLOWED["services"] | {layer}
    return target in ALLOWED[layer] or (layer == "server" and is_service(target))


def own_includes(path):
    return [name for kind, name in INCLUDE.findall(text_of(path)) if name.split("/")[0] in FOLDERS]


def test_there_are_sources():
    assert len(sources()) > 20


def test_arrows_point_one_way():
    wrong = [
        f"{path} includes {name}"
        for path in sources()
        for name in own_includes(path)
        if not may_include(layer_of(path), layer_of(name))
    ]
    assert wrong == []


def test_included_files_exist():
    generated = {"config/version.h"}
    wrong = [
        f"{path} includes {name}"
        for path in sources()
        for name in own_includes(path)
        if name not in generated and not (ROOT / name).exists()
    ]
    assert wrong == []


@pytest.mark.parametrize("library, where, why", CONFINED)
def test_library_is_confined(library, where, why):
    wrong = [
        f"{path} includes {name}"
        for path in sources()
        if not re.search(where, path)
        for _, name in INCLUDE.findall(text_of(path))
        if re.search(library, name)
    ]
    assert wrong == [], why


def test_only_the_clock_asks_for_the_time_of_day():
    wrong = [path for path in sources() if not path.startswith("base/") and "system_clock::now" in text_of(path)]
    assert wrong == []


def test_only_config_reads_the_environment():
    wrong = [
        path for path in sources() if not path.startswith("config/") and re.search(r"\b(secure_)?getenv\b", text_of(path))
    ]
    assert wrong == []


def test_no_file_is_too_long():
    paths = sources() + [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.cc")]
    wrong = [path for path in paths if text_of(path).count("\n") > 600]
    assert wrong == []


def test_no_file_is_a_rag_bag():
    wrong = [path for path in sources() if re.search(r"(^|/)(utils?|common|misc|helpers?)\.", path)]
    assert wrong == []


def test_headers_are_guarded_and_sources_begin_with_their_own():
    wrong = [path for path in sources() if path.endswith(".h") and "#pragma once" not in text_of(path)]
    for path in sources():
        header = path[:-3] + ".h"
        if path.endswith(".cc") and (ROOT / header).exists():
            first = INCLUDE.search(text_of(path))
            if first is None or first.group(2) != header:
                wrong.append(path)
    assert wrong == []
