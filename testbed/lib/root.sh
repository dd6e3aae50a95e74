# Makes and checks the sid root in which Asterisk 22 and MySQL 9 run. Sourced by testbed.sh.
# Debian stable has neither; Debian sid has both. No container engine: a folder and chroot.

# Raise when the recipe below changes: an older root is then made anew.
ROOT_RECIPE=2
ROOT_PACKAGES="asterisk asterisk-config asterisk-core-sounds-en-wav mysql-server slapd ldap-utils openssl coturn"

# The machine's own mirror. apt reads its configuration itself (deb822 files and one-line lists
# alike), so we do not: the first archive labelled Debian (not Debian-Security). Empty as long as
# apt has not fetched its lists.
machine_mirror() {
  apt-get indextargets --format '$(REPO_URI)|$(LABEL)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$2 == "Debian" { sub(/\/$/, "", $1); print $1; exit }'
}

mount_root() {
  mountpoint -q "$ROOT/proc" || mount -t proc proc "$ROOT/proc" || return 1
  mountpoint -q "$ROOT/dev" || mount_dev || return 1
}

# Devices of its own: whoever deletes a root that is still mounted, or was left so, deletes none of the
# machine's.
mount_dev() {
  local node
  mount -t tmpfs -o mode=755,size=64m,nosuid tmpfs "$ROOT/dev" || return 1
  for node in null zero full random urandom tty; do
    cp -a "/dev/$node" "$ROOT/dev/$node" || return 1
  done
  ln -s /proc/self/fd "$ROOT/dev/fd" && ln -s fd/0 "$ROOT/dev/stdin" && ln -s fd/1 "$ROOT/dev/stdout" && ln -s fd/2 "$ROOT/dev/stderr" &&
    mkdir "$ROOT/dev/pts" && mkdir -m 1777 "$ROOT/dev/shm"
}

unmount_root() {
  local point
  for point in dev proc; do
    if mountpoint -q "$ROOT/$point"; then umount "$ROOT/$point" || return 1; fi
  done
}

in_root() { chroot "$ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root "$@"; }

# The same with processes of its own: the scripts of packages look for servers that run, and must
# find none of the machine's (MySQL's gives up where it cannot stop one).
in_root_alone() {
  unshare --mount --pid --fork --kill-child -- bash -c 'mount -t proc proc "$1/proc" && exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root "${@:2}"' bash "$ROOT" "$@"
}

# install_in_root NAME PACKAGE…: into a root that was made before something needed them.
install_in_root() {
  local log="$RUN/log/apt-$1.log"
  shift
  mount_root || die "cannot mount /proc and /dev in the root"
  in_root_alone env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null ||
    { in_root_alone apt-get update && in_root_alone env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >>"$log" 2>&1 </dev/null ||
    cannot_run "apt-get in the sid root does not install $* (the end of $log: $(tail -n 1 "$log"))"
  rm -f "$ROOT"/var/cache/apt/archives/*.deb
}

# A root is good when it was finished by this recipe and its programs start.
root_is_good() {
  [ "$(cat "$ROOT/.cti-testbed-recipe" 2>/dev/null)" = "$ROOT_RECIPE" ] || return 1
  mount_root || return 1
  in_root asterisk -V 2>/dev/null | grep -q '^Asterisk 2[2-9]' || return 1
  in_root mysqld --no-defaults --version 2>/dev/null | grep -q 'Ver 9' || return 1
  [ -x "$ROOT/usr/sbin/slapd" ] && [ -x "$ROOT/usr/bin/ldapmodify" ] || return 1
  [ -d "$ROOT/usr/share/asterisk/sounds" ]
}

make_root() {
  local mirror log="$RUN/log/root.log" proxy=""
  : >"$log"
  mirror="$(machine_mirror)"
  if [ -z "$mirror" ]; then
    apt-get update >>"$log" 2>&1 </dev/null
    mirror="$(machine_mirror)"
  fi
  [ -n "$mirror" ] || cannot_run "apt has no Debian archive to take Asterisk 22 and MySQL 9 from (apt-get indextargets names none, after apt-get update too; see $log)"
  unmount_root || die "cannot unmount what is left under $ROOT"
  # --one-file-system: were something still mounted below, it must not be emptied.
  rm -rf --one-file-system "$ROOT"
  mkdir -p "$ROOT"
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  [ -z "$proxy" ] || export http_proxy="$proxy"
  debootstrap --variant=minbase sid "$ROOT" "$mirror" >>"$log" 2>&1 ||
    cannot_run "no sid root from the machine's package mirror (the end of $log: $(tail -n 1 "$log"))"
  printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
  chmod 755 "$ROOT/usr/sbin/policy-rc.d"
  mkdir -p "$ROOT/etc/apt/apt.conf.d" "$ROOT/etc/dpkg/dpkg.cfg.d"
  [ -z "$proxy" ] || echo "Acquire::http::Proxy \"$proxy\";" >"$ROOT/etc/apt/apt.conf.d/80cti-testbed"
  # The root is thrown away when it is damaged, so dpkg need not wait for the disk.
  printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\n' >"$ROOT/etc/dpkg/dpkg.cfg.d/cti-testbed"
  mount_root || cannot_run "cannot mount /proc and /dev in the root (needs CAP_SYS_ADMIN)"
  # shellcheck disable=SC2086
  in_root_alone env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $ROOT_PACKAGES >>"$log" 2>&1 </dev/null ||
    cannot_run "apt-get in the sid root failed (the end of $log: $(tail -n 1 "$log"))"
  rm -f "$ROOT"/var/cache/apt/archives/*.deb
  chown -R --from=root asterisk:asterisk "$ROOT/var/lib/asterisk" 2>/dev/null
  echo "$ROOT_RECIPE" >"$ROOT/.cti-testbed-recipe"
}
