#!/bin/bash
# Measures Cumulite beside nginx, a bare Beast server and s3rver, then at scale, and prints one table:
#   bench/run.sh [--quick] [--scale] [--only REGEX]
# Installs the Debian packages that are missing. See bench/run.py for what the columns mean.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

install_packages "${BUILD_PACKAGES[@]}" nginx-light wrk binutils openssl
is_installed nodejs && [ -x /usr/bin/npm ] || install_packages nodejs npm
[ -d "$ROOT/bench/peers/node_modules" ] ||
  (cd "$ROOT/bench/peers" && /usr/bin/npm ci --ignore-scripts --no-progress --loglevel=error >&2)
build release bench_programs -DCUMULITE_BENCH=ON
exec /usr/bin/python3 "$ROOT/bench/run.py" "$@"
