# A testbed beside the first: suites that do not hear of each other run at the same time. Sourced by
# testbed.sh.

LANES="$STATE/lanes"

# lane NAME COMMAND…: the command with a testbed of its own, a copy of the root in a folder of its
# own, and a network of its own in which there is nothing but loopback: the same addresses and ports
# are free in it. Nothing can be installed from within. The testbed is not brought up by this.
run_lane() {
  local name="$1" home
  shift
  [[ "$name" =~ ^[a-z0-9-]{1,20}$ ]] || { echo "testbed: a lane's name is '$name', expected 1 to 20 of a-z, 0-9 and -" >&2; exit 2; }
  [ $# -gt 0 ] || { echo "testbed: lane $name has no command, expected: lane NAME COMMAND…" >&2; exit 2; }
  unshare --net true 2>/dev/null || cannot_run "no network of its own for a lane (unshare --net needs CAP_SYS_ADMIN)"
  command -v ip >/dev/null || cannot_run "no program ip (Debian: apt-get install iproute2)"
  home="$LANES/$name"
  copy_root "$home" || die "cannot copy $ROOT to $home"
  # Asterisk says with each command of its console that it finds no network card, where none has an address.
  CTI_TESTBED_HOME="$home" exec unshare --net bash -c 'ip link set lo up && ip link add eth0 type veth peer name eth1 &&
    ip addr add 127.99.0.1/32 dev eth0 && ip link set eth0 up && exec "$@"' lane "$@"
}

# What a copy was made from: the recipe, and the packages that were installed since.
root_stamp() { echo "$ROOT_RECIPE $(cksum <"$ROOT/var/lib/dpkg/status")"; }

# What runs in the first testbed, below srv, is none of the copy's.
copy_root() {
  local home="$1" stamp point
  [ "$(cat "$ROOT/.cti-testbed-recipe" 2>/dev/null)" = "$ROOT_RECIPE" ] || die "no root yet: testbed.sh up"
  stamp="$(root_stamp)"
  [ "$(cat "$home/copied-from" 2>/dev/null)" != "$stamp" ] || return 0
  for point in dev proc; do
    if mountpoint -q "$home/root/$point"; then umount "$home/root/$point" || die "lane $name is in use and older than the root it was copied from"; fi
  done
  rm -rf --one-file-system "$home" && mkdir -p "$home/root" || return 1
  tar -C "$ROOT" --one-file-system --exclude=./srv -cf - . | tar -C "$home/root" -xpf - || return 1
  mkdir -p "$home/root/srv"
  echo "$stamp" >"$home/copied-from"
}
