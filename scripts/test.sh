#!/bin/bash
# Builds Cumulite twice, optimised and with AddressSanitizer + UndefinedBehaviorSanitizer, and runs every test. SDK and
# crash tests run on both builds; the C++ tests with the sanitizers, and with --all on the optimised build, too, which
# takes some ten minutes more of compiling. The last line counts: "N passed, M failed"; the exit status is 0 only if M is 0.
# Installs the Debian and npm packages that are missing, asking for root only then.
#   scripts/test.sh [--all]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

RESULTS="$ROOT/build/results"
PYTEST=(/usr/bin/python3 -m pytest -q --tb=short -p no:cacheprovider)
export PYTHONDONTWRITEBYTECODE=1
unset PYTHONPATH PYTHONHOME
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1

# Debian 12 has Node.js 18, the JavaScript SDK wants 20: then an npm package brings one.
install_node() {
  is_installed nodejs && [ -x /usr/bin/npm ] || install_packages nodejs npm
  install_npm "$ROOT/tests/sdk/js"
  export CUMULITE_NODE=/usr/bin/node
  if [ "$(/usr/bin/node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
    install_npm "$ROOT/tests/sdk/node"
    CUMULITE_NODE=$(echo "$ROOT"/tests/sdk/node/node_modules/node-linux-*/bin/node)
  fi
}

# Installs what the lock file of a folder says, unless that has been done.
install_npm() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "installing the npm packages of ${1#"$ROOT"/}"
  (cd "$1" && /usr/bin/npm ci --no-progress --loglevel=error >&2)
}

# What fails in the three below is counted at the end, so that one does not hide the others.
cpp_tests() {
  local results="$RESULTS/$1"
  mkdir -p "$results"
  say "C++ tests ($1)"
  GTEST_OUTPUT="xml:$results/gtest/" ctest --test-dir "$ROOT/build/$1" -j "$(nproc)" --output-on-failure \
    --no-tests=error --output-junit "$results/ctest.xml" >"$results/ctest.log" 2>&1 || tail -n 100 "$results/ctest.log" >&2
}

sdk_tests() {
  local results="$RESULTS/$1"
  mkdir -p "$results"
  CUMULITE_BINARY="$ROOT/build/$1/cumulite" "${PYTEST[@]}" --junit-xml="$results/pytest-sdk.xml" \
    "$ROOT/tests/sdk" "$ROOT/tests/crash" >"$results/pytest-sdk.log" 2>&1 || tail -n 100 "$results/pytest-sdk.log" >&2
}

tree_tests() {
  "${PYTEST[@]}" --junit-xml="$RESULTS/tree/pytest.xml" "$ROOT/tests/architecture_test.py" >&2 || true
}

# Building packages takes a portable and a static build more, so that is left to scripts/package.sh; what it made
# is tested here as long as it is of this tree.
packages_are_current() {
  local sums="$ROOT/build/packages/SHA256SUMS" newer
  [ -f "$sums" ] || return 1
  newer=$(cd "$ROOT" && git ls-files -z | xargs -0 sh -c 'find "$@" -newer "$0" -print -quit' "$sums" 2>/dev/null) || true
  [ -z "$newer" ]
}

package_tests() {
  mkdir -p "$RESULTS/packages"
  timeout 600 "${PYTEST[@]}" --junit-xml="$RESULTS/packages/pytest.xml" "$ROOT/tests/packages" >&2 || true
}

optimised=cumulite
[ "${1:-}" = --all ] && optimised=all
install_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
make_static_libraries
install_node
rm -rf "$RESULTS"
mkdir -p "$RESULTS/tree"
if ! { build release "$optimised" -DCUMULITE_TESTS=ON && build asan all; }; then
  echo "0 passed, 1 failed"
  exit 1
fi

say "tests of the source tree"
tree_tests
cpp=(asan/ctest.xml)
if [ "$optimised" = all ]; then
  cpp_tests release
  cpp+=(release/ctest.xml)
fi
cpp_tests asan
say "SDK and crash tests (both builds at once: most of their time is that of the clients)"
sdk_tests release &
sdk_tests asan &
wait
packages=()
if packages_are_current; then
  say "tests of the packages"
  package_tests
  packages=(packages/pytest.xml)
else
  say "no packages of this tree in build/packages (scripts/package.sh makes them): not tested"
fi
/usr/bin/python3 "$ROOT/tests/count_results.py" "$RESULTS" \
  tree/pytest.xml "${packages[@]}" "${cpp[@]}" {release,asan}/pytest-sdk.xml
