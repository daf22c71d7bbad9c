#!/bin/bash
# Measures Cumulite beside nginx and a bare Beast server, then at scale, and prints one table:
#   bench/run.sh [--quick] [--scale] [--only REGEX]
# Installs the Debian packages that are missing. See bench/run.py for what the columns mean.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

install_packages "${BUILD_PACKAGES[@]}" nginx-light wrk binutils openssl
build release all -DCUMULITE_BENCH=ON
exec /usr/bin/python3 "$ROOT/bench/run.py" "$@"
