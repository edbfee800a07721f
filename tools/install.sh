#!/usr/bin/env bash
# Puts the built program into a folder, with its lessons and datasets:
#
#   install.sh PREFIX    PREFIX/bin/drey, PREFIX/share/drey/{lessons,datasets,licences,LICENSE}
#
# A second time replaces the first. Whoever runs drey meanwhile is not disturbed: what is replaced
# is moved away at once, never written over. All that is installed can be read by everybody, and
# drey writes nothing into PREFIX. DREY_PROGRAM names another program, DREY_PACKAGES the folder of
# the packages that it is built from.
set -euo pipefail
umask 022

fail() {
  printf 'install: %s\n' "$*" >&2
  exit 1
}

[ "$#" -eq 1 ] && [ -n "$1" ] || fail "usage: install.sh PREFIX"
here=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${DREY_PROGRAM:-$root/.build-full/release/drey}
packages=${DREY_PACKAGES:-$root/.build-full/checkouts}
[ -x "$program" ] || fail "$program is not there; make install builds it first"
case $1 in
  /*) prefix=$1 ;;
  *) prefix=$here/$1 ;;
esac
mkdir -p "$prefix/bin" "$prefix/share/drey" || fail "cannot write into $prefix"
prefix=$(cd "$prefix" && pwd)
share=$prefix/share/drey

# Symbols are half of the program's size, and nothing at run time asks for them.
cp "$program" "$prefix/bin/drey.partial"
if [ "$(head -c 4 "$program" | tail -c 3)" = ELF ] && command -v strip >/dev/null 2>&1; then
  strip "$prefix/bin/drey.partial"
fi
chmod 755 "$prefix/bin/drey.partial"

rm -rf "$share.partial"
mkdir "$share.partial" "$share.partial/licences"
cp -R "$root/lessons" "$root/datasets" "$root/LICENSE" "$share.partial/"
# What the program is built from is in it, so that its licences come along.
for package in "$packages"/*/; do
  for text in "$package"LICENSE*; do
    [ -f "$text" ] && cp "$text" "$share.partial/licences/$(basename "$package").txt"
  done
done
compiler=$(command -v swift || true)
for text in "${compiler:+$(dirname "$(readlink -f "$compiler")")/../share/swift/LICENSE.txt}"; do
  [ -f "$text" ] && cp "$text" "$share.partial/licences/swift.txt"
done
chmod -R u=rwX,go=rX "$share.partial"

rm -rf "$share.replaced"
mv "$share" "$share.replaced"
mv "$share.partial" "$share"
mv -f "$prefix/bin/drey.partial" "$prefix/bin/drey"
rm -rf "$share.replaced"
echo "Installed drey $("$prefix/bin/drey" --version): $prefix/bin/drey"
