#!/usr/bin/env bash
# suites.sh [--again] SUITE…: end-to-end suites, one after the other, on the testbed that
# CTI_TESTBED_HOME names, the faults in their short form; with --again only what failed in each. What a
# suite prints comes in one piece, once it is through: others may run beside it.
#
# testbed/target/failed-suites gets the name of each that failed, a line each;
# testbed/target/failed-scenarios what failed in it.
#
# Exit code: 0 where each suite passed, 3 where those failed that are named there, 1 for any other fault.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

output="$(mktemp)"
status=0
was_up=0
again=0
if [ "${1:-}" = --again ]; then again=1; shift; fi
bash testbed/testbed.sh status >/dev/null 2>&1 && was_up=1

say() { flock target/.lanes.lock "$@"; }

# The testbed is left as it was found, also by who is interrupted.
leave() {
  [ "$was_up" -eq 1 ] || bash testbed/testbed.sh down >"$output" 2>&1 || { say cat "$output"; status=1; }
  rm -f "$output"
}
trap 'leave; exit 143' TERM INT

if [ "$was_up" -eq 0 ] && ! bash testbed/testbed.sh up >"$output" 2>&1; then
  say cat "$output"
  printf '%s\n' "$@" >>testbed/target/failed-suites
  printf '  %s: the testbed did not come up\n' "$@" >>testbed/target/failed-scenarios
  leave
  exit 3
fi

failed_faults() { sed -n 's/.*"fault":"\([^"]*\)".*"ok":false.*/\1/p' testbed/target/faults.jsonl 2>/dev/null; }

# The names of the scenarios of a suite that failed at the first time; none where more than
# scenarios did (a server did not start, something was left behind), so that all is played.
failed_scenarios() { # suite
  local lines
  lines="$(sed -n "s/^  $1: //p" testbed/target/failed-scenarios.once)"
  ! grep -qv '^FAIL ' <<<"$lines" && ! grep -qE '^FAIL (suite |cti-server starts|nothing is left)' <<<"$lines" || return 0
  sed 's/^FAIL //; s/ … .*//' <<<"$lines"
}

options_of() { # suite
  local name
  if [ "$1" = faults ]; then
    echo --quick
    # All of them where none was played to its end.
    [ "$again" -eq 0 ] || for name in $(failed_faults); do printf '%s\n' --fault "$name"; done
  elif [ "$again" -eq 1 ]; then
    failed_scenarios "$1" | while IFS= read -r name; do printf '%s\n' --only "$name"; done
  fi
}

play() { # suite
  local begin=$SECONDS code=0 options
  mapfile -t options < <(options_of "$1")
  [ "$1" != faults ] || rm -f testbed/target/faults.jsonl
  ./cti e2e "$1" "${options[@]}" >"$output" 2>&1 || code=$?
  echo "Suite $1 took $((SECONDS - begin)) s" >>"$output"
  say cat "$output"
  [ "$code" -ne 0 ] || return 0
  echo "$1" >>testbed/target/failed-suites
  { grep -a '^FAIL' "$output" || echo "exit code $code"; } | cut -c1-300 | sed "s/^/  $1: /" >>testbed/target/failed-scenarios
  return "$code"
}

for suite in "$@"; do play "$suite" || status=3; done
leave
exit "$status"
