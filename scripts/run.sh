#!/bin/bash
# Builds Cumulite and runs it: scripts/run.sh [flags of cumulite]
# Installs the Debian packages that are missing, asking for root only then.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install_packages "${BUILD_PACKAGES[@]}"
make_static_libraries
build release cumulite
say "running build/release/cumulite $*"
exec "$ROOT/build/release/cumulite" "$@"
