#!/usr/bin/env bash
# The testbed: a real gateway (Asterisk 22), a second Asterisk as the telephone switch, MySQL 9,
# and SIPp phones, all on loopback addresses. See testbed/README.md.
#
# Exit codes: 0 done (status: all up), 1 failed or not all up, 2 wrong use, 3 cannot run here.
set -u -o pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
PROJECT="$(dirname "$HERE")"
STATE="${CTI_TESTBED_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/cti-testbed}"
ROOT="$STATE/root"
RUN="$STATE/run"

die() { echo "testbed: $*" >&2; exit 1; }

cannot_run() {
  echo "testbed: cannot run here: $*. What still works: the server itself and all tests without the testbed; point conf/cti.yaml at a gateway of your own (conf/asterisk/README.md) and start ./cti run." >&2
  exit 3
}

. "$HERE/lib/root.sh"
. "$HERE/lib/processes.sh"
. "$HERE/lib/parts.sh"
. "$HERE/lib/lanes.sh"

usage() {
  cat <<'TEXT'
testbed.sh up                     start what is not running; the first time makes the root (minutes)
testbed.sh down                   end what `up` started
testbed.sh status                 a line per part; exit code 0 only if all are up
testbed.sh start|stop|restart|kill|freeze|thaw PART
                                  one part: mysql, gateway, switch, phone-answer, phone-noanswer,
                                  phone-busy, phone-reject, phone-hold, ldap,
                                  softphone, relay, relay-tcp, proxy (start proxy PORT, that of
                                  the cti-server behind it); kill ends it without a farewell;
                                  freeze stops it where it is, thaw lets it go on
testbed.sh phone NUMBER [answer S [hangup S] | tone S [hangup S] | hold S AFTER FOR | keys S AFTER KEYS
                  | refer S AFTER NUMBER | noanswer | busy | reject | default]
                                  how a phone of the switch behaves from its next call on
testbed.sh ldap <CHANGES.LDIF     changes to the directory server (start ldap makes it, empty)
testbed.sh asterisk gateway|switch COMMAND…
                                  a command of the Asterisk console
testbed.sh browser                the path of Chromium, which it installs where it is not there
testbed.sh desktop                what a desktop without a screen needs (Xvfb, trayer, xdg-utils), installed where it is not there
testbed.sh programs               all that suites need of this machine, installed where it is not there
testbed.sh lane NAME COMMAND…     the command with a testbed and a network of its own, beside this one
testbed.sh env                    print testbed.env: addresses, accounts, files
TEXT
}

lock() {
  mkdir -p "$RUN/log" "$RUN/pid" || die "cannot write below $STATE"
  chmod 755 "$STATE" "$RUN"
  exec 9>"$RUN/lock"
  flock -w 300 9 || die "another testbed.sh holds $RUN/lock for 5 minutes"
}

command="${1:-}"
[ $# -gt 0 ] && shift
case "$command" in
  up) needs_root; lock; bring_up ;;
  down) needs_root; lock; bring_down ;;
  status) show_status ;;
  start | stop | restart | kill | freeze | thaw) needs_root; lock; one_part "$command" "$@" ;;
  phone) needs_root; set_phone "$@" ;;
  ldap) needs_root; change_ldap ;;
  asterisk) needs_root; console "$@" ;;
  browser) needs_root; lock; browser ;;
  desktop) needs_root; lock; desktop ;;
  programs) needs_root; lock; programs ;;
  lane) needs_root; run_lane "$@" ;;
  env) cat "$RUN/testbed.env" 2>/dev/null || die "no testbed was made yet: testbed.sh up" ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 2 ;;
esac
