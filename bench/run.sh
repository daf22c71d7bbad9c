#!/bin/bash
# Measures Cumulite beside nginx, a bare Beast server and s3rver, then at scale, and prints one table:
#   bench/run.sh [--quick] [--scale] [--only REGEX]
# Installs the Debian and npm packages that are missing; ends with 1 when a bound is missed. See bench/run.py.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"

install_packages "${BUILD_PACKAGES[@]}" nginx-light haproxy wrk binutils openssl
is_installed nodejs && [ -x /usr/bin/npm ] || install_packages nodejs npm
[ -d "$ROOT/bench/peers/node_modules" ] ||
  (cd "$ROOT/bench/peers" && /usr/bin/npm ci --ignore-scripts --no-progress --loglevel=error >&2)
make_static_libraries
build release bench_programs -DCUMULITE_BENCH=ON
exec /usr/bin/python3 "$ROOT/bench/run.py" "$@"
