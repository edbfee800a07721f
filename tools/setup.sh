#!/usr/bin/env bash
# Checks what the build needs, and installs what is missing where it knows how.
# Quick and silent when nothing is missing; never asks anything.
set -euo pipefail

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

has_libedit() {
  local compiler
  for compiler in clang cc gcc; do
    if command -v "$compiler" >/dev/null 2>&1; then
      printf '#include <histedit.h>\n' | "$compiler" -E -x c - >/dev/null 2>&1
      return
    fi
  done
  [ -e /usr/include/histedit.h ] || [ -e /usr/local/include/histedit.h ]
}

install_with_apt() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  # `env` sets the variable on the far side of sudo, which drops it otherwise.
  local apt=(${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  echo "setup: installing $*"
  "${apt[@]}" update
  "${apt[@]}" install --yes --no-install-recommends "$@" >/dev/null
}

command -v swift >/dev/null 2>&1 ||
  fail "no 'swift' on the PATH. Drey needs Swift 6.2 or later: see https://www.swift.org/install"

# macOS brings its own libedit.
[ "$(uname -s)" != Darwin ] || exit 0

if ! has_libedit; then
  if command -v apt-get >/dev/null 2>&1 && install_with_apt libedit-dev; then
    has_libedit || fail "libedit-dev is installed, but <histedit.h> is still not found"
  else
    fail "libedit's header <histedit.h> is missing and could not be installed here.
  Debian, Ubuntu:  sudo apt-get install libedit-dev
  Fedora, RHEL:    sudo dnf install libedit-devel
  Arch:            sudo pacman -S libedit
  Alpine:          sudo apk add libedit-dev"
  fi
fi
