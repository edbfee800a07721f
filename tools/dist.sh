#!/usr/bin/env bash
# Makes one archive of the built program, with all that it needs: dist/drey-VERSION-SYSTEM-ARCH.tar.gz
#
# The version is what the program says. The same program and files make the same archive, byte for
# byte. DREY_PROGRAM names another program, DREY_DIST another folder for the archive.
set -euo pipefail
umask 022

fail() {
  printf 'dist: %s\n' "$*" >&2
  exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DREY_PROGRAM=${DREY_PROGRAM:-$root/.build-full/release/drey}
folder=${DREY_DIST:-$root/dist}
[ -x "$DREY_PROGRAM" ] || fail "$DREY_PROGRAM is not there; make dist builds it first"
version=$("$DREY_PROGRAM" --version)
name=drey-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
mkdir -p "$folder"
work=$(mktemp -d "$folder/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

bash "$root/tools/install.sh" "$work/$name" >/dev/null

# The newest version of a library's symbols that the program asks for; nothing where that is
# not known.
newest() {
  { objdump -T "$work/$name/bin/drey" 2>/dev/null || true; } |
    sed -n "s/.*(*$1_\([0-9.]*\))* .*/\1/p" | sort -uV | tail -n 1
}

glibc=$(newest GLIBC)
libstdcxx=$(newest GLIBCXX)
needs=
if [ -n "$glibc" ]; then
  needs="
Of the system it takes glibc $glibc and the libstdc++ of GLIBCXX_$libstdcxx, or later ones.
What yours has, the first line of ldd --version tells.
"
fi

cat >"$work/$name/START.txt" <<TEXT
Drey $version, a stream-processing cluster in one process, to learn with.

This folder may lie anywhere; keep what is in it together. Nothing has to be installed, and nobody
has to be root.
$needs
  bin/drey lesson                 begin with the guided word count, or go on with it
  bin/drey lesson --list          all lessons
  bin/drey run word-count --parallelism 2 --rate 20/s --fail "kill tm-1 at 3s"
  bin/drey datasets list          the data that comes along
  bin/drey --help                 everything else

To call it from anywhere as drey, put the folder bin on your PATH, or link to it:

  ln -s "\$PWD/bin/drey" ~/.local/bin/drey

Several people can use one folder at the same time: nothing is written into it. Your place in a
lesson is kept in \$XDG_STATE_HOME/drey, or in ~/.local/state/drey.

The licence is in LICENSE; what the program is built from has its own in share/drey/licences.
TEXT
cp "$root/LICENSE" "$work/$name/LICENSE"
chmod 644 "$work/$name/START.txt" "$work/$name/LICENSE"

options=()
if tar --version 2>/dev/null | grep -q GNU; then
  options=(--sort=name --owner=0 --group=0 --numeric-owner --mtime=@0)
fi
tar -C "$work" ${options[@]+"${options[@]}"} -cf - "$name" | gzip -9n >"$work/archive"
mv -f "$work/archive" "$folder/$name.tar.gz"
chmod 644 "$folder/$name.tar.gz"
size=$(($(wc -c <"$folder/$name.tar.gz") / 1000000))
echo "Wrote $folder/$name.tar.gz, $size MB."
