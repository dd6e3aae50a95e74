#!/usr/bin/env bash
# tests.sh [--no-faults | --unit]: all tests (./cti test): format, unit and contract tests on every
# database, the real gateway, and what goes wrong under load, in its short form. The suites are played
# in lanes side by side; what fails is played once more when all others are through. Both runs are
# printed, and what fails twice fails: a machine that stood still for seconds is no fault of what is
# tested; a race that shows twice is.
#
# Exit code: 0 where all passed, at once or at the second time. What failed is told at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed_suites=testbed/target/failed-suites
failed_scenarios=testbed/target/failed-scenarios
unit_log=target/unit-tests.log
# A server, or a suite, that lives for a minute gains nothing by being compiled for hours.
quick_java=-XX:TieredStopAtLevel=1

say() { printf '%s\n' "$*"; }
fail() { printf 'cti: %s\n' "$*" >&2; exit 1; }

# One part of the tests: how long it took is printed, and again at the end.
parts=""
part() { # name command…
  local name="$1" begin=$SECONDS status=0
  shift
  "$@" || status=$?
  parts="$parts$(printf '  %-28s %4d s%s' "$name" $((SECONDS - begin)) "$([ "$status" -eq 0 ] || printf '  FAILED')")"$'\n'
  return "$status"
}

# Suites that are played side by side, one after the other in each lane: some as long as the others,
# the longest first. The first lane is this machine with its testbed; each other has a testbed and a
# network of its own.
all_lanes=(first second faults ivr third fourth)
with_faults=faults
lane_of() { # name
  case "$1" in
    first) echo console start ;;
    second) echo routing ;;
    faults) echo $with_faults directory ;;
    ivr) echo ivr supervisor ;;
    third) echo calls transfers bridge ;;
    fourth) echo recordings webrtc ;;
  esac
}

# Unit and contract tests; what they print comes in one piece, for suites may be played beside them.
unit_tests() {
  local begin=$SECONDS code=0
  mkdir -p target
  # A test that fails is run once more; one that passes then is told among the flakes. Pages and bridge
  # are tested beside what they do not need.
  mvn -B -T 2 test --fail-at-end -Dsurefire.rerunFailingTestsCount=1 >"$unit_log" 2>&1 || code=$?
  echo "Unit and contract tests took $((SECONDS - begin)) s" >>"$unit_log"
  flock target/.lanes.lock cat "$unit_log"
  return "$code"
}

pids=()
# In a session of its own, so that the system shares the processors among them; what one waits for
# costs the others nothing.
beside() { # command…
  setsid "$@" &
  pids+=("$!")
}

# Until all that runs beside this is through; suites that failed are named in their file.
all_through() {
  local pid status=0
  for pid in "${pids[@]}"; do wait "$pid" || [ $? -eq 3 ] || status=1; done
  pids=()
  return "$status"
}

# Plays suites in their lanes, side by side.
lanes_play() { # [--again] lane…
  local again=() lane suites
  if [ "$1" = --again ]; then again=(--again); shift; fi
  for lane in "$@"; do
    read -ra suites <<<"$(lane_of "$lane")"
    if [ "${#again[@]}" -gt 0 ]; then
      mapfile -t suites < <(printf '%s\n' "${suites[@]}" | grep -xF -f "$failed_suites.once" || true)
      [ "${#suites[@]}" -gt 0 ] || continue
    fi
    # One after the other: a testbed and a server that start take a processor each.
    [ "${#pids[@]}" -eq 0 ] || sleep 8
    if [ "$lane" = first ]; then
      beside bash testbed/suites.sh "${again[@]}" "${suites[@]}"
    else
      beside bash testbed/testbed.sh lane "$lane" bash testbed/suites.sh "${again[@]}" "${suites[@]}"
    fi
  done
}

# What failed is kept for the end, and tried once more: of the suites alone, for a unit test was.
once_more() { # command…
  [ -s "$failed_suites" ] || return 0
  mv "$failed_suites" "$failed_suites.once"
  mv "$failed_scenarios" "$failed_scenarios.once"
  say "Failed, and played once more: $(tr '\n' ' ' <"$failed_suites.once")"
  "$@" || return
  [ ! -s "$failed_suites" ]
}

tests_at_once() { # lane…
  local status=0
  export CTI_SERVER_OPTIONS="${CTI_SERVER_OPTIONS-$quick_java}"
  export CTI_JAVA_OPTIONS="${CTI_JAVA_OPTIONS-$quick_java}"
  trap 'for pid in "${pids[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done; wait; exit 130' INT TERM
  lanes_play "$@"
  # They take what the suites leave, which are judged by how soon a phone rings.
  beside bash -c '{ echo 19 >/proc/self/autogroup || renice 19 $$; } >/dev/null 2>&1; exec bash testbed/tests.sh --unit'
  all_through || status=1
  once_more lanes_again "$@" || status=1
  trap - INT TERM
  return "$status"
}

lanes_again() { lanes_play --again "$@"; all_through; }

# The same one after the other, where no lane is to be had.
tests_in_a_row() { # lane…
  local lane suites status=0
  unit_tests || status=1
  for lane in "$@"; do
    read -ra suites <<<"$(lane_of "$lane")"
    bash testbed/suites.sh "${suites[@]}" || [ $? -eq 3 ] || status=1
  done
  once_more in_a_row_again || status=1
  return "$status"
}

in_a_row_again() {
  local suites
  mapfile -t suites <"$failed_suites.once"
  bash testbed/suites.sh --again "${suites[@]}" || [ $? -eq 3 ]
}

# Each lane's testbed is made before the first suite begins: what is copied then changes under no hand.
lanes_ready() { # lane…
  local lane
  for lane in "$@"; do bash testbed/testbed.sh lane "$lane" true || return; done
}

# What failed, by name: whoever reads the end of a long print need not look for it.
told() { # heading file
  [ -s "$2" ] || return 0
  say "$1"
  cat "$2"
}

test_all() {
  local lanes=("${all_lanes[@]}") was_up=0 status=0 begin=$SECONDS
  rm -f "$failed_suites" "$failed_suites.once" "$failed_scenarios" "$failed_scenarios.once" "$unit_log"
  part format ./cti format --check
  say "Format: fine"
  if bash testbed/testbed.sh status >/dev/null 2>&1; then was_up=1; fi
  # Left as it was found, also by who is interrupted.
  [ "$was_up" -eq 1 ] || trap 'bash testbed/testbed.sh down' EXIT
  if part testbed bash -c 'bash testbed/testbed.sh up && bash testbed/testbed.sh programs'; then
    export CTI_TEST_MYSQL=required
  elif [ "${CI:-}" = true ]; then
    fail "the testbed does not run here, and CI must run the end-to-end suites"
  else
    say "The testbed does not run here: MySQL and the end-to-end suites are left out."
    mvn -B verify
    return
  fi
  part build mvn -B -q -Dmaven.test.skip=true package || status=$?
  if [ "$status" -eq 0 ]; then
    touch testbed/target/.built
    if lanes_ready "${lanes[@]:1}"; then
      part "all tests, side by side" tests_at_once "${lanes[@]}" || status=$?
    else
      say "No lanes here: one suite after the other."
      part "all tests, in a row" tests_in_a_row "${lanes[@]}" || status=$?
    fi
  fi
  if [ "$was_up" -eq 0 ]; then trap - EXIT; bash testbed/testbed.sh down || status=1; fi
  grep -s -A3 '^\[ERROR\] \(Failures\|Errors\):' "$unit_log" | cut -c1-300 || true
  told "Failed at the first time:" "$failed_scenarios.once"
  told "FAILED at the second time too:" "$failed_scenarios"
  say "Tests took:"
  say "$parts  $(printf '%-28s %4d s' 'in all' $((SECONDS - begin)))"
  return "$status"
}

case "${1:-}" in
  '') ;;
  --no-faults) with_faults="" ;;
  --unit) unit_tests; exit ;;
  *) fail "test knows no '$1', expected --no-faults, --unit or nothing" ;;
esac
test_all
