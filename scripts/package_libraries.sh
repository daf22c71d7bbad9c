#!/bin/bash
# Makes what the portable binaries are linked with and Debian 12 has no archives of: fmt, spdlog, simdjson and
# mimalloc from Debian's own sources of the versions installed, and glibc 2.31 of Debian 11 to link against.
#   scripts/package_libraries.sh FOLDER
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

out=$1
[ -f "$out/complete" ] && exit 0
rm -rf "$out"
mkdir -p "$out"/{apt/lists/partial,apt/cache/archives/partial,source,glibc,licences}
out=$(cd "$out" && pwd)

# The machine's own mirror, by a list of our own: its package lists stay as they are.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
keys=/usr/share/keyrings/debian-archive-keyring.gpg
sources() { printf 'Types: deb deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$mirror" "$2" "$keys" >"$out/apt/$1.sources"; }
apt() {
  apt-get -qq -o Dir::Etc::sourceparts=- -o Dir::Etc::sourcelist="$out/apt/$1.sources" -o Dir::State::lists="$out/apt/lists" \
    -o Dir::Cache="$out/apt/cache" -o APT::Sandbox::User=root "${@:2}" >&2
}

say "fetching the sources of fmt, spdlog, simdjson and mimalloc, and glibc 2.31"
sources sources bookworm
apt sources update
(cd "$out/source" && apt sources source --download-only fmtlib spdlog simdjson mimalloc
 for package in fmtlib spdlog simdjson mimalloc; do
   dpkg-source --no-check -x "$package"_*.dsc "$package" >/dev/null
   cp "$package/debian/copyright" "$out/licences/$package"
 done)
for package in libssl-dev libsqlite3-dev libnghttp2-dev libpugixml-dev libre2-dev zlib1g-dev libbz2-dev libstdc++-12-dev libboost1.81-dev; do
  cp "/usr/share/doc/$package/copyright" "$out/licences/$package" 2>/dev/null || true
done

sources glibc bullseye
rm -rf "$out/apt/lists" && mkdir -p "$out/apt/lists/partial"
apt glibc -o Dir::State::status=/dev/null update
(cd "$out/glibc" && apt glibc -o Dir::State::status=/dev/null download libc6 libc6-dev
 for package in libc6_* libc6-dev_*; do dpkg -x "$package" root; done
 cp root/lib/x86_64-linux-gnu/{libc.so.6,libm.so.6,libpthread.so.0,libdl.so.2,ld-linux-x86-64.so.2} .
 cp root/usr/lib/x86_64-linux-gnu/{Scrt1.o,crti.o,crtn.o,libc_nonshared.a} .)

say "building fmt, spdlog, simdjson and mimalloc"
cd "$out/source"
flags=(-O2 -DNDEBUG -ffunction-sections -fdata-sections -fPIC)
compile() { g++ -std=c++20 "${flags[@]}" "$@"; }
gcc "${flags[@]}" -DMI_MALLOC_OVERRIDE -ftls-model=initial-exec -fno-builtin-malloc -Imimalloc/include \
  -c mimalloc/src/static.c -o "$out/mimalloc.o"
compile -DSIMDJSON_THREADS_ENABLED=1 -c simdjson/singleheader/simdjson.cpp -o simdjson.o
for file in format os; do compile -Ifmtlib/include -c "fmtlib/src/$file.cc" -o "fmt_$file.o"; done
for file in spdlog/src/*.cpp; do
  compile -DSPDLOG_COMPILED_LIB -DSPDLOG_FMT_EXTERNAL -Ispdlog/include -Ifmtlib/include -c "$file" \
    -o "spdlog_$(basename "$file" .cpp).o"
done
ar rcs "$out/libsimdjson.a" simdjson.o
ar rcs "$out/libfmt.a" fmt_*.o
ar rcs "$out/libspdlog.a" spdlog_*.o
touch "$out/complete"
