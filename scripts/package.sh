#!/bin/bash
# Makes everything that is handed out, in build/packages: archives of the portable and the static program, a Debian
# package, an npm package, a Python wheel, the list of what is linked in (SPDX) with its licences, SHA-256 sums.
# Installs the Debian packages that are missing, asking for root only then.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

OUT="$ROOT/build/packages"
STAGE="$ROOT/build/package-stage"
LIBRARIES="$ROOT/build/package-libraries"
VERSION=$(sed -n 's/^project(cumulite VERSION \([0-9.]*\).*/\1/p' "$ROOT/CMakeLists.txt")
ARCH=$(uname -m)

# archive NAME PROGRAM: the program with its licence and those of what is in it.
archive() {
  local folder="$STAGE/$1"
  mkdir -p "$folder"
  cp "$2" "$folder/cumulite"
  cp "$ROOT/LICENSE" "$ROOT/README.md" "$folder/"
  cp -r "$LIBRARIES/licences" "$folder/licences"
  tar -C "$STAGE" --sort=name --owner=0 --group=0 --numeric-owner -czf "$OUT/$1.tar.gz" "$1"
}

debian_package() {
  (cd "$ROOT/build/package" && cpack -G DEB -B "$STAGE/deb" >"$ROOT/build/cpack.log" 2>&1) || { tail "$ROOT/build/cpack.log" >&2; return 1; }
  cp "$STAGE"/deb/*.deb "$OUT/"
}

npm_package() {
  cp -r "$ROOT/packaging/npm" "$STAGE/npm"
  cp "$STAGE/portable" "$STAGE/npm/bin/cumulite"
  cp "$ROOT/LICENSE" "$STAGE/npm/"
  sed -i "s/\"version\": \".*\"/\"version\": \"$VERSION\"/" "$STAGE/npm/package.json"
  (cd "$STAGE/npm" && npm pack --silent --pack-destination "$OUT" >/dev/null)
}

python_wheel() {
  cp -r "$ROOT/packaging/python" "$STAGE/python"
  cp "$STAGE/portable" "$STAGE/python/cumulite/cumulite"
  cp "$ROOT/LICENSE" "$STAGE/python/"
  sed -i "s/^version = .*/version = \"$VERSION\"/" "$STAGE/python/pyproject.toml"
  (cd "$STAGE/python" && /usr/bin/python3 setup.py -q bdist_wheel --plat-name "manylinux_2_31_$ARCH" -d "$OUT" \
    >"$ROOT/build/wheel.log" 2>&1) || { tail "$ROOT/build/wheel.log" >&2; return 1; }
}

install_packages "${BUILD_PACKAGES[@]}" "${PACKAGE_PACKAGES[@]}"
"$ROOT/scripts/package_libraries.sh" "$LIBRARIES"
build package cumulite_portable
build package cumulite_static

say "packing version $VERSION into build/packages"
rm -rf "$OUT" "$STAGE"
mkdir -p "$OUT" "$STAGE"
for kind in portable static; do
  strip -o "$STAGE/$kind" "$ROOT/build/package/packaging/cumulite_$kind"
done
archive "cumulite-$VERSION-linux-$ARCH" "$STAGE/portable"
archive "cumulite-$VERSION-linux-$ARCH-static" "$STAGE/static"
debian_package
npm_package
python_wheel
/usr/bin/python3 "$ROOT/packaging/sbom.py" "$VERSION" "$LIBRARIES/source" >"$OUT/cumulite-$VERSION.spdx.json"
(cd "$OUT" && sha256sum -- *.* >SHA256SUMS && ls -l >&2)
