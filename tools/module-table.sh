#!/usr/bin/env bash
# Prints the table of modules as Markdown, from Package.swift (or the file given; - for stdin).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

awk '
  # The text between the parenthesis that opens at `start` and the one that closes it.
  function inside(start,    depth, i, c) {
    for (i = start; i <= length(text); i++) {
      c = substr(text, i, 1)
      if (c == "(") depth++
      if (c == ")" && --depth == 0) return substr(text, start + 1, i - start - 1)
    }
    return ""
  }

  # The value after a label, up to the comma or the end: only for plain strings.
  function labelled(call, label,    value) {
    if (!match(call, label ": *\"[^\"]*\"")) return ""
    value = substr(call, RSTART, RLENGTH)
    gsub(/^[^"]*"|"$/, "", value)
    return value
  }

  # The names in an expression of strings and of the lists declared before, separated by spaces.
  function names(expression,    found, word) {
    gsub(/package: *"[^"]*"/, "", expression)
    while (match(expression, /"[^"]*"|[A-Za-z_][A-Za-z_0-9]*/)) {
      word = substr(expression, RSTART, RLENGTH)
      expression = substr(expression, RSTART + RLENGTH)
      if (word ~ /^"/) found = found " " substr(word, 2, length(word) - 2)
      else if (word in list) found = found " " list[word]
    }
    return found
  }

  function add(plane, module, expression) {
    count++
    planes[count] = plane
    modules[count] = module
    uses[count] = names(expression)
    known[module] = 1
  }

  # The words once each, in order, that are modules of ours (or that are not), set as code.
  function cell(words, ours,    n, i, word, seen, result) {
    n = split(words, word, " ")
    for (i = 1; i <= n; i++) {
      if ((word[i] in known) != ours || (word[i] in seen)) continue
      seen[word[i]] = 1
      result = result (result == "" ? "" : ", ") "`" word[i] "`"
    }
    return result
  }

  { sub(/^[ \t]*\/\/.*/, ""); text = text $0 " " }

  END {
    rest = text
    while (match(rest, /let [A-Za-z_0-9]+(: \[Target\.Dependency\])? = *(\[|[a-z]|Target\.Dependency)/)) {
      head = substr(rest, RSTART, RLENGTH)
      rest = substr(rest, RSTART + RLENGTH)
      split(head, word, /[ :]+/)
      if (word[2] == "package") break
      # A declaration ends where the next one begins.
      expression = substr(head, length(head)) rest
      if (match(expression, / (let|func) /)) expression = substr(expression, 1, RSTART)
      if (head ~ /Target\.Dependency/) list[word[2]] = names(expression)
    }

    at = index(text, "targets: [ ")
    while (match(substr(text, at), /(role|\.executableTarget|\.systemLibrary)\(/)) {
      isRole = substr(text, at + RSTART - 1, 5) == "role("
      at += RSTART + RLENGTH - 2
      call = inside(at)
      if (isRole) {
        split(call, word, "\"")
        plane = word[2]
        module = word[4]
        sub(/^[^"]*"[^"]*"[^"]*"[^"]*"/, "", call)
        add(plane, module, call)
      } else {
        split(labelled(call, "path"), word, "/")
        module = labelled(call, "name")
        sub(/path:.*/, "", call)
        if (match(call, /dependencies:/)) call = substr(call, RSTART + RLENGTH); else call = ""
        add(word[2], module, call)
      }
    }

    print "<!-- Written by `make docs` from Package.swift; do not edit. -->"
    print ""
    print "# Modules"
    print ""
    print "Folders of `Sources/` are planes, and the targets in them are roles. A module uses"
    print "only modules that come before it here."
    print ""
    print "| plane | module | uses | from packages |"
    print "|---|---|---|---|"
    for (i = 1; i <= count; i++) {
      plane = planes[i] == planes[i - 1] ? "" : planes[i]
      print "| " plane " | `" modules[i] "` | " cell(uses[i], 1) " | " cell(uses[i], 0) " |"
    }
  }
' "${1:-Package.swift}"
