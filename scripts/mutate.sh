#!/bin/bash
# Tries each mutant of tests/mutation/mutants against the C++ tests: scripts/mutate.sh [FILE…]; see docs/testing.md.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export PYTHONDONTWRITEBYTECODE=1
install_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
exec /usr/bin/python3 "$ROOT/tests/mutation/run.py" "$@"
