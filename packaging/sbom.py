"""Prints what is linked into the portable programs as an SPDX 2.3 document: sbom.py VERSION FOLDER-OF-SOURCES."""

import datetime
import json
import re
import subprocess
import sys
import uuid
from pathlib import Path

# Debian package whose archive is linked in -> what it is called, its licence.
FROM_PACKAGES = {
    "libssl-dev": ("OpenSSL", "Apache-2.0"),
    "libsqlite3-dev": ("SQLite", "blessing"),
    "libpugixml-dev": ("pugixml", "MIT"),
    "libnghttp2-dev": ("nghttp2", "MIT"),
    "zlib1g-dev": ("zlib", "Zlib"),
    "libbz2-dev": ("bzip2", "bzip2-1.0.6"),
    "libboost1.81-dev": ("Boost", "BSL-1.0"),
    "libcli11-dev": ("CLI11", "BSD-3-Clause"),
    "libtomlplusplus-dev": ("toml++", "MIT"),
    "nlohmann-json3-dev": ("JSON for Modern C++", "MIT"),
    "libstdc++-12-dev": ("libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "libc6-dev": ("glibc (static program)", "LGPL-2.1-or-later"),
}
# Debian source package that scripts/static_libraries.sh builds -> the same.
FROM_SOURCES = {
    "fmtlib": ("fmt", "MIT"),
    "spdlog": ("spdlog", "MIT"),
    "simdjson": ("simdjson", "Apache-2.0"),
    "mimalloc": ("mimalloc", "MIT"),
}


def installed_version(package):
    query = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(query, capture_output=True, text=True, check=True).stdout


def source_version(folder, package):
    description = next(Path(folder).glob(f"{package}_*.dsc")).read_text()
    return re.search(r"^Version: (.*)$", description, re.MULTILINE).group(1)


def entry(identifier, name, version, licence):
    return {
        "SPDXID": f"SPDXRef-{identifier}",
        "name": name,
        "versionInfo": version,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
    }


def main(version, folder):
    packages = [entry("cumulite", "cumulite", version, "Apache-2.0")]
    for package, (name, licence) in FROM_PACKAGES.items():
        packages.append(entry(re.sub("[^A-Za-z0-9.-]", "-", package), name, installed_version(package), licence))
    for package, (name, licence) in FROM_SOURCES.items():
        packages.append(entry(package, name, source_version(folder, package), licence))
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"cumulite-{version}",
        "documentNamespace": f"urn:uuid:{uuid.uuid4()}",
        "creationInfo": {
            "created": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: packaging/sbom.py"],
        },
        "packages": packages,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-cumulite"},
            *(
                {
                    "spdxElementId": "SPDXRef-cumulite",
                    "relationshipType": "STATIC_LINK",
                    "relatedSpdxElement": package["SPDXID"],
                }
                for package in packages[1:]
            ),
        ],
    }
    json.dump(document, sys.stdout, indent=2)
    print()


main(*sys.argv[1:])
