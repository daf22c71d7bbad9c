# What run.sh and test.sh share. Sourced with bash, by a script that has set -euo pipefail.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# The system's own tools only: a pyenv, nvm or conda in front of them would not have what we install.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

BUILD_PACKAGES=(
  g++ cmake ninja-build ccache mold pkg-config dpkg-dev
  libboost1.81-dev libbz2-dev libcli11-dev libfmt-dev libmimalloc-dev libnghttp2-dev libpugixml-dev libre2-dev libsimdjson-dev
  libspdlog-dev libsqlite3-dev libssl-dev libtomlplusplus-dev nlohmann-json3-dev zlib1g-dev
)
# For scripts/package.sh alone.
PACKAGE_PACKAGES=(file python3-setuptools python3-wheel python3-pip)
TEST_PACKAGES=(libgtest-dev libgmock-dev awscli python3-boto3 python3-pytest ca-certificates rclone s3cmd restic s3fs)

say() { printf '==> %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "root is needed for: $*"
    return 1
  fi
}

is_installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# Installs those of the Debian packages that are missing; asks for root only then.
install_packages() {
  local missing=() package
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return
  say "installing ${missing[*]}"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# debian FOLDER SUITE ...: apt-get with a suite's packages and sources, by lists of its own in FOLDER; the machine's stay
# as they are. Its mirror is the machine's.
debian() {
  local folder=$1 suite=$2 mirror
  shift 2
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  mkdir -p "$folder/$suite"/{lists,archives}/partial
  printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$mirror" "$suite" \
    /usr/share/keyrings/debian-archive-keyring.gpg >"$folder/$suite.sources"
  apt-get -qq -o Dir::Etc::sourceparts=- -o Dir::Etc::sourcelist="$folder/$suite.sources" \
    -o Dir::State::lists="$folder/$suite/lists" -o Dir::Cache="$folder/$suite" -o APT::Sandbox::User=root "$@" >&2
}

# The archives with which the release build is linked; without the sources of Debian's mirror the shared libraries serve.
make_static_libraries() {
  "$ROOT/scripts/static_libraries.sh" "$ROOT/build/static-libraries" ||
    say "no static libraries: the program starts slower and takes more memory"
}

# build PRESET TARGET [cmake options]: configures when needed and builds, quiet unless it fails.
build() {
  local preset=$1 target=$2
  shift 2
  say "building $target (build/$preset)"
  local log="$ROOT/build/$preset.log"
  mkdir -p "$ROOT/build"
  if ! (cd "$ROOT" && cmake --preset "$preset" "$@" && cmake --build --preset "$preset" --target "$target") >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    say "the build failed; all of its output is in $log"
    return 1
  fi
}
