#!/usr/bin/env bash
# suites.sh SUITE…: end-to-end suites, one after the other, on the testbed that CTI_TESTBED_HOME
# names; the faults in their short form. One that fails is played once more, in the open: both runs
# are printed, and what fails twice fails; of the faults those that failed. A machine that stood still
# for seconds is no fault of what is tested; a race that shows twice is. What a suite prints comes in
# one piece, once it is through: others may run beside it.
#
# Exit code: 0 where each suite passed, at once or at the second time.
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

output="$(mktemp)"
status=0
was_up=0
bash testbed/testbed.sh status >/dev/null 2>&1 && was_up=1

say() { flock target/.lanes.lock "$@"; }

# The testbed is left as it was found, also by who is interrupted.
leave() {
  [ "$was_up" -eq 1 ] || bash testbed/testbed.sh down >"$output" 2>&1 || { say cat "$output"; status=1; }
  rm -f "$output"
}
trap 'leave; exit 143' TERM INT

[ "$was_up" -eq 1 ] || bash testbed/testbed.sh up >"$output" 2>&1 || { cat "$output"; leave; exit 1; }

play() { # suite option…
  local begin=$SECONDS code=0
  ./cti e2e "$@" >"$output" 2>&1 || code=$?
  echo "Suite $1 took $((SECONDS - begin)) s" >>"$output"
  say cat "$output"
  return "$code"
}

once_more() { # suite
  local faults
  say echo "Suite $1 failed: once more."
  [ "$1" = faults ] || { play "$1"; return; }
  faults="$(sed -n 's/.*"fault":"\([^"]*\)".*"ok":false.*/\1/p' testbed/target/faults.jsonl 2>/dev/null)"
  # One word each; all of them where none was played to its end.
  # shellcheck disable=SC2086
  play faults --quick ${faults:+--fault $faults}
}

for suite in "$@"; do
  quick=()
  [ "$suite" != faults ] || { quick=(--quick); rm -f testbed/target/faults.jsonl; }
  play "$suite" "${quick[@]}" || once_more "$suite" || status=1
done
leave
exit "$status"
