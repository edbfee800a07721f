#!/usr/bin/env bash
# Ranks the tests by their own time: runs what is built one test at a time, so that none waits for
# another, and pairs the events of each.
#
#   tools/test-times.sh              the ten slowest, and the sum of all
#   tools/test-times.sh --top 30     so many of them
#   tools/test-times.sh --limit 2    exit code 1, with their names, where tests take over 2 s
#   tools/test-times.sh --filter X   only tests that X matches, as for `swift test`
#   tools/test-times.sh --events F   reads a recorded stream of events instead of running tests
#
# The limit is for the machine that it was set on. What another one makes of it is measured in the
# same run: by the time of a test of fixed work, which took REFERENCE seconds there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

REFERENCE=0.11
MEASURE='TestSupportTests.MachineTests/doesAFixedAmountOfWork'

top=10
limit=
filter=
events=
while [ $# -gt 0 ]; do
  case $1 in
  --top) top=$2 ;;
  --limit) limit=$2 ;;
  --filter) filter=$2 ;;
  --events) events=$2 ;;
  *)
    printf 'test-times: unknown option %s\n' "$1" >&2
    exit 2
    ;;
  esac
  shift 2
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Runs the tests that match one by one, and writes their events to a file.
record() {
  local file=$1 expression=$2
  local arguments=(--skip-build --disable-xctest --no-parallel)
  [ -z "$expression" ] || arguments+=(--filter "$expression")
  "${SWIFT:-swift}" test "${arguments[@]}" --event-stream-output-path "$file" \
    --event-stream-version 0 >"$scratch/log" 2>&1 || {
    grep '✘' "$scratch/log" || tail -n 20 "$scratch/log"
    printf 'test-times: the tests fail; their times say nothing\n' >&2
    exit 1
  }
}

# Prints seconds and names, the slowest first. A test of several cases takes what they take.
times() {
  awk '
    # The value of a field: what stands in quotes within a message has them escaped.
    function field(name,    value) {
      if (!match($0, "\"" name "\":\"?[^\",}]*")) return ""
      value = substr($0, RSTART, RLENGTH)
      sub(/^[^:]*:"?/, "", value)
      gsub(/\\/, "", value)
      return value
    }
    # Suites have events of their own; only the tests in them have a place in a file.
    function test(    id) {
      id = field("testID")
      return id ~ /\.swift:[0-9]+:[0-9]+$/ ? id : ""
    }
    /"kind":"testStarted"/ { if ((id = test()) != "") begun[id] = field("absolute") }
    /"kind":"testEnded"/ {
      if ((id = test()) != "" && !(id in own)) own[id] = field("absolute") - begun[id]
    }
    /"kind":"testCaseStarted"/ { case_begun[test()] = field("absolute") }
    /"kind":"testCaseEnded"/ { id = test(); own[id] += field("absolute") - case_begun[id] }
    END {
      for (id in own) {
        name = id
        sub(/\/[^\/]*$/, "", name)
        printf "%.3f %s\n", own[id], name
      }
    }
  ' "$1" | sort -rn
}

if [ -z "$events" ]; then
  events=$scratch/events
  # A filter leaves the measure in.
  record "$events" "${filter:+($filter)|$MEASURE}"
fi
times "$events" >"$scratch/times"
[ -s "$scratch/times" ] || {
  printf 'test-times: no test has run\n' >&2
  exit 1
}

head -n "$top" "$scratch/times" | sed 's/ /  /'
awk '{ sum += $1 } END { printf "%.1f s for %d tests, one at a time\n", sum, NR }' "$scratch/times"
[ -n "$limit" ] || exit 0

measure=$(awk -v name="$MEASURE" 'index($2, name) == 1 { print $1; exit }' "$scratch/times")
[ -n "$measure" ] || {
  printf 'test-times: %s has not run, so that the limit has no measure\n' "$MEASURE" >&2
  exit 1
}
# A machine that is faster than the one of the limit is given no less.
scaled=$(awk -v limit="$limit" -v measure="$measure" -v reference="$REFERENCE" '
  BEGIN { factor = measure / reference; printf "%.2f", limit * (factor > 1 ? factor : 1) }')
printf 'The fixed work takes %s s here and %s s where the limit is %s s: it is %s s here.\n' \
  "$measure" "$REFERENCE" "$limit" "$scaled"

offenders() {
  awk -v limit="$scaled" '$1 > limit' "$1"
}
offenders "$scratch/times" >"$scratch/offenders"
if [ -s "$scratch/offenders" ] && [ "$events" = "$scratch/events" ]; then
  # Something else may have kept the machine busy: only who is too slow twice is named.
  record "$scratch/again" "$(awk '{ sub(/\(.*/, "", $2); gsub(/[.]/, "[.]", $2); print $2 }' \
    "$scratch/offenders" | sort -u | paste -sd '|' -)"
  times "$scratch/again" >"$scratch/times"
  offenders "$scratch/times" >"$scratch/offenders"
fi
[ -s "$scratch/offenders" ] || exit 0
awk -v limit="$scaled" '{ printf "over %s s: %s takes %s s\n", limit, $2, $1 }' \
  "$scratch/offenders"
exit 1
