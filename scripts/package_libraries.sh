#!/bin/bash
# Makes what the portable binaries are linked with and Debian 12 does not have: the archives of static_libraries.sh, and
# glibc 2.31 of Debian 11 to link against.
#   scripts/package_libraries.sh FOLDER
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

out=$1
[ -f "$out/glibc/complete" ] && exit 0
"$ROOT/scripts/static_libraries.sh" "$out"
mkdir -p "$out/glibc"
out=$(cd "$out" && pwd)

say "fetching glibc 2.31"
debian "$out/apt" bullseye -o Dir::State::status=/dev/null update
(cd "$out/glibc" && debian "$out/apt" bullseye -o Dir::State::status=/dev/null download libc6 libc6-dev
 for package in libc6_* libc6-dev_*; do dpkg -x "$package" root; done
 cp root/lib/x86_64-linux-gnu/{libc.so.6,libm.so.6,libpthread.so.0,libdl.so.2,ld-linux-x86-64.so.2} .
 cp root/usr/lib/x86_64-linux-gnu/{Scrt1.o,crti.o,crtn.o,libc_nonshared.a} .)
touch "$out/glibc/complete"
