# Processes that are known by what they are, not only by a number: a pid file holds the pid and the
# time at which that process started. Sourced by testbed.sh.

# Field 22 of /proc/<pid>/stat, counted behind the name in brackets (which may hold blanks).
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# The pid of a part if it is still the process that we started, and not a zombie.
pid_of() {
  local pid started state
  { read -r pid started <"$RUN/pid/$1"; } 2>/dev/null || return 1
  [ -n "$pid" ] && [ "$(started_at "$pid")" = "$started" ] || return 1
  state="$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -c1)"
  [ "$state" != Z ] || return 1
  echo "$pid"
}

# launch NAME COMMAND…: in the background, in a session of its own, without our lock and without
# whatever else whoever called us has open: a lock of theirs would be held until the testbed ends.
launch() {
  local name="$1" pid
  shift
  (
    for open in /proc/"$BASHPID"/fd/*; do
      open="${open##*/}"
      [ "$open" -le 2 ] || eval "exec $open>&-"
    done
    exec setsid "$@" </dev/null >"${LAUNCH_OUTPUT:-$RUN/log/$name.out}" 2>"$RUN/log/$name.out"
  ) &
  pid=$!
  disown "$pid"
  echo "$pid $(started_at "$pid")" >"$RUN/pid/$name"
}

# end_process NAME [SIGNAL]: asks, waits up to 10 s, then forces.
end_process() {
  local name="$1" signal="${2:-TERM}" pid tick
  if pid="$(pid_of "$name")"; then
    # A stopped process hears nothing but KILL.
    kill -CONT "$pid" 2>/dev/null
    kill "-$signal" "$pid"
    for ((tick = 0; tick < 100; tick++)); do
      pid_of "$name" >/dev/null || break
      sleep 0.1
    done
    if pid="$(pid_of "$name")"; then kill -KILL "$pid"; fi
  fi
  rm -f "$RUN/pid/$name"
}

now_ms() { echo "$(($(date +%s%N) / 1000000))"; }

# ready NAME SECONDS PROBE…: asks the probe until it holds; fails at once when the process is gone.
ready() {
  local name="$1" limit="$2" end
  shift 2
  end=$(($(now_ms) + limit * 1000))
  until "$@"; do
    pid_of "$name" >/dev/null || { echo "testbed: $name ended while starting; the end of its log:" >&2; tail -n 5 "$RUN/log/$name.out" >&2; return 1; }
    [ "$(now_ms)" -lt "$end" ] || { echo "testbed: $name is not ready after $limit s (see $RUN/log/$name.out)" >&2; return 1; }
    sleep 0.1
  done
}
