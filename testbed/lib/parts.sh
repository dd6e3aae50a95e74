# The parts of the testbed: what each needs, how it starts, when it is ready. Sourced by testbed.sh.

PARTS="mysql gateway switch phone-answer phone-noanswer phone-busy phone-reject phone-hold"
# Started by the suites that need them, never by `up`.
PARTS_ON_DEMAND="ldap softphone relay relay-tcp proxy"
CONF="$PROJECT/conf/asterisk"
# Where the gateway takes the sound of browsers: ICE knows no 127.0.0.1. On the loopback interface, of
# the range for tests of devices (RFC 2544), while the testbed is up.
MEDIA_ADDRESS=198.18.0.1

address_of() {
  case "$1" in
    mysql) echo 127.0.0.1:33061 ;;
    gateway) echo "127.0.0.1:5060/udp, AMI 127.0.0.1:5038, SIP over WebSocket 127.0.0.1:8088, TLS 127.0.0.1:8089" ;;
    switch) echo 127.0.0.2:5060/udp ;;
    ldap) echo "127.0.0.1:33389, TLS 127.0.0.1:33636" ;;
    softphone) echo "127.0.0.5:5080/udp, ctrl_tcp 127.0.0.1:4444" ;;
    relay) echo "$MEDIA_ADDRESS:3478/udp" ;;
    relay-tcp) echo "127.0.0.1:3478/tcp, TLS 127.0.0.1:5349" ;;
    proxy) echo "TLS 127.0.0.1:8443" ;;
    phone-*) echo "127.0.0.4:$(phone_port "$1")/udp" ;;
    *) return 1 ;;
  esac
}

phone_port() {
  case "$1" in
    phone-answer) echo 5071 ;;
    phone-noanswer) echo 5072 ;;
    phone-busy) echo 5073 ;;
    phone-reject) echo 5074 ;;
    phone-hold) echo 5075 ;;
  esac
}

needs_root() {
  [ "$(id -u)" = 0 ] || cannot_run "the testbed makes a root folder and mounts in it, which takes the root account (you are $(id -un))"
}

# Programs of the machine itself.
install_tools() {
  local missing=""
  command -v debootstrap >/dev/null || missing="$missing debootstrap"
  command -v sipp >/dev/null || missing="$missing sip-tester"
  command -v espeak-ng >/dev/null || missing="$missing espeak-ng"
  command -v sox >/dev/null || missing="$missing sox"
  command -v ffmpeg >/dev/null || missing="$missing ffmpeg"
  command -v ip >/dev/null || missing="$missing iproute2"
  ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || missing="$missing libfaketime"
  # shellcheck disable=SC2086
  [ -z "$missing" ] || install_here tools $missing
}

# install_here NAME PACKAGE…: on this machine; NAME is that of the log.
install_here() {
  local log="$RUN/log/apt-$1.log"
  shift
  { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }; } >"$log" 2>&1 </dev/null ||
    cannot_run "apt-get does not install $* (the end of $log: $(tail -n 1 "$log"))"
}

# What suites install when they need it, all at once: for lanes, in which nothing can be installed.
programs() {
  browser >/dev/null
  desktop
  softphone
  relay_program
  proxy_program
}

# The system's Chromium and a font with Chinese characters, for the pages; its path is printed.
browser() {
  local missing="" found
  found="$(command -v chromium || command -v chromium-browser || true)"
  [ -n "$found" ] || missing="chromium"
  [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ] || missing="$missing fontconfig fonts-noto-cjk"
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install_here browser $missing
    found="$(command -v chromium || command -v chromium-browser)" || die "$missing is installed and there is no program chromium"
  fi
  echo "$found"
}

# A desktop without a screen: an X server in memory, a tray for icons in it, and what opens links.
desktop() {
  local missing=""
  command -v Xvfb >/dev/null || missing="xvfb"
  command -v trayer >/dev/null || missing="$missing trayer"
  command -v xdg-open >/dev/null || missing="$missing xdg-utils"
  # shellcheck disable=SC2086
  [ -z "$missing" ] || install_here desktop $missing
}

# baresip, an agent's phone on the PC.
softphone() { command -v baresip >/dev/null || install_here softphone baresip-core; }

# coturn, in a root that was made before there was a relay.
relay_program() { [ -x "$ROOT/usr/bin/turnserver" ] || install_in_root relay coturn; }

# nginx, likewise.
proxy_program() { [ -x "$ROOT/usr/sbin/nginx" ] || install_in_root proxy nginx; }

# certificate FOLDER USER NAME: for this machine, signed by itself; in server.crt and server.key of a folder
# below srv, made once.
certificate() {
  [ ! -s "$ROOT/srv/$1/server.crt" ] || return 0
  in_root openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "/srv/$1/server.key" -out "/srv/$1/server.crt" >"$RUN/log/$3-certificate.out" 2>&1 ||
    die "no certificate for $3 (the end of $RUN/log/$3-certificate.out: $(tail -n 1 "$RUN/log/$3-certificate.out"))"
  chroot "$ROOT" chown "$2" "/srv/$1/server.key"
}

# secret NAME: made once, kept in a file that only root reads.
secret() {
  local file="$RUN/$1"
  [ -s "$file" ] || (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '/+=' >"$file")
  cat "$file"
}

write_environment() {
  local gateway="$ROOT/srv/gateway"
  cat >"$RUN/testbed.env" <<TEXT
CTI_AMI_HOST=127.0.0.1
CTI_AMI_PORT=5038
CTI_AMI_USER=cti
CTI_AMI_SECRET_FILE=$RUN/ami.secret
CTI_AGI_PORT=4573
CTI_MYSQL_URL=jdbc:mysql://127.0.0.1:33061/cti
CTI_MYSQL_USER=cti
CTI_MYSQL_PASSWORD_FILE=$RUN/mysql.password
CTI_LDAP_PORT=33389
CTI_LDAPS_PORT=33636
CTI_LDAP_USER=cn=cti,dc=example,dc=com
CTI_LDAP_BASE=ou=people,dc=example,dc=com
CTI_LDAP_PASSWORD_FILE=$RUN/ldap.password
CTI_LDAP_CERTIFICATE=$ROOT/srv/ldap/server.crt
CTI_RELAY=$MEDIA_ADDRESS:3478
CTI_RELAY_SECRET_FILE=$RUN/relay.secret
CTI_RELAY_WITHOUT_UDP=127.0.0.1:3478
CTI_RELAY_TLS=127.0.0.1:5349
CTI_RELAY_LOGS=$RUN/log
CTI_PROXY=https://127.0.0.1:8443
CTI_PROXY_CERTIFICATE=$ROOT/srv/proxy/server.crt
CTI_GATEWAY_WSS=wss://127.0.0.1:8089/ws
CTI_GATEWAY_CERTIFICATE=$gateway/server.crt
CTI_GATEWAY_SIP=127.0.0.1:5060
CTI_SWITCH_SIP=127.0.0.2:5060
CTI_CALLER_ADDRESS=127.0.0.3
CTI_PHONE_ADDRESS=127.0.0.4
CTI_HOTLINE=8000
CTI_QUEUE_LOG=$gateway/log/queue_log
CTI_CDR_CSV=$gateway/log/cdr-custom/cti.csv
CTI_RECORDINGS=$gateway/spool/monitor/cti
CTI_GATEWAY_LOG=$gateway/log/full.log
CTI_SWITCH_LOG=$ROOT/srv/switch/log/full.log
CTI_SOUNDS=$ROOT/usr/share/asterisk/sounds
CTI_TESTBED_ROOT=$ROOT
CTI_TESTBED_RUN=$RUN
TEXT
}

# ---- configuration: copied, not mounted, so that emptying the root can never reach the project ----

# replace FILE TEXT-FILE: only when it differs; says so by its exit code.
replace() {
  cmp -s "$2" "$1" && return 1
  cp "$2" "$1"
}

# configure gateway|switch: prints the word changed when a file is not what it was.
configure() {
  local part="$1" home="$ROOT/srv/$1" file fresh changed="" multiarch
  mkdir -p "$home"/{etc,lib/keys,spool,run,log/cdr-custom,moh}
  multiarch="$(basename "$(dirname "$(ls -d "$ROOT"/usr/lib/*/asterisk)")")"
  fresh="$(mktemp)"
  for file in "$HERE/$part"/*.conf $([ "$part" = gateway ] && ls "$CONF"/*.conf); do
    # By standard input: what stands among a program's arguments, everybody may read.
    printf 's/@MULTIARCH@/%s/; s/@SOFTPHONE@/%s/\n' "$multiarch" "$(secret softphone.password)" | sed -f - "$file" >"$fresh"
    replace "$home/etc/$(basename "$file")" "$fresh" && changed=changed
  done
  # Files that Asterisk wants and that say the same on any machine.
  for file in indications.conf; do
    replace "$home/etc/$file" "$ROOT/etc/asterisk/$file" && changed=changed
  done
  # Optional files whose absence Asterisk logs as errors: empty ones say the same without noise.
  for file in acl ccss cel chan_websocket cli_aliases features pjproject pjsip_wizard queuerules \
    res_config_sqlite3 res_http_media_cache udptl websocket_client; do
    [ -f "$home/etc/$file.conf" ] || : >"$home/etc/$file.conf"
  done
  if [ "$part" = gateway ]; then
    certificate gateway asterisk gateway
    printf 'secret = %s\n' "$(secret ami.secret)" >"$fresh"
    replace "$home/etc/manager_cti_secret.conf" "$fresh" && changed=changed
    chmod 600 "$home/etc/manager_cti_secret.conf"
    mkdir -p "$home/spool/monitor/cti"
    [ -s "$home/moh/wait.wav" ] || sox -q -n -r 8000 -c 1 -b 16 "$home/moh/wait.wav" synth 2 sine 440 vol 0.05 pad 0 2
  fi
  rm -f "$fresh"
  chroot "$ROOT" chown -R asterisk:asterisk "/srv/$part"
  echo "$changed"
}

# Recordings that a run left behind, which was ended while they were in use, are taken away; a server
# that has them on record puts them back when it starts.
prompts() {
  local manifest="$PROJECT/ivr-scripts/prompts.yaml" sounds="$ROOT/usr/share/asterisk/sounds/cti" mark id
  [ -f "$manifest" ] || return 0
  if ! pid_of gateway >/dev/null; then
    for mark in "$sounds"/{zh,en}/.*.own; do
      [ -e "$mark" ] || continue
      id="$(basename "$mark" .own)"
      rm -f "$mark" "$(dirname "$mark")/${id#.}.wav"
    done
  fi
  "$HERE/prompts.sh" "$manifest" "$sounds"
}

# ---- starting ----

console() {
  local part="${1:-}"
  case "$part" in
    gateway | switch) ;;
    *) echo "testbed: '$part' has no console; one of: gateway, switch" >&2; return 2 ;;
  esac
  shift
  chroot "$ROOT" /usr/sbin/asterisk -C "/srv/$part/etc/asterisk.conf" -rx "$*"
}

mysql_root() { chroot "$ROOT" /usr/bin/mysql --defaults-extra-file=/srv/mysql/root.cnf "$@"; }

start_mysql() {
  local home="$ROOT/srv/mysql" cti root
  mkdir -p "$home"
  cti="$(secret mysql.password)"
  root="$(secret mysql-root.password)"
  (
    umask 077
    printf '[client]\nuser=root\npassword=%s\nsocket=/srv/mysql/mysql.sock\n' "$root" >"$home/root.cnf"
    # Run by the server at every start, before it listens.
    cat >"$home/init.sql" <<SQL
ALTER USER 'root'@'localhost' IDENTIFIED BY '$root';
CREATE DATABASE IF NOT EXISTS cti CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'cti'@'localhost' IDENTIFIED BY '$cti';
ALTER USER 'cti'@'localhost' IDENTIFIED BY '$cti';
GRANT ALL ON cti.* TO 'cti'@'localhost';
GRANT ALL ON \`cti\\_%\`.* TO 'cti'@'localhost';
SQL
  )
  chroot "$ROOT" chown -R mysql:mysql /srv/mysql
  if [ ! -d "$home/data/mysql" ]; then
    rm -rf "$home/data"
    chroot "$ROOT" /usr/sbin/mysqld --no-defaults --initialize-insecure --user=mysql --datadir=/srv/mysql/data >"$RUN/log/mysql-initialize.out" 2>&1 ||
      die "MySQL does not make its data folder (the end of $RUN/log/mysql-initialize.out: $(tail -n 1 "$RUN/log/mysql-initialize.out"))"
  fi
  launch mysql chroot "$ROOT" /usr/sbin/mysqld --no-defaults --user=mysql --datadir=/srv/mysql/data \
    --port=33061 --bind-address=127.0.0.1 --mysqlx=OFF --socket=/srv/mysql/mysql.sock \
    --pid-file=/srv/mysql/mysql.pid --init-file=/srv/mysql/init.sql --skip-log-bin \
    --character-set-server=utf8mb4 --performance-schema=OFF
}

# Empty at each start: what a suite enters is its own.
start_ldap() {
  local home="$ROOT/srv/ldap" secret
  rm -rf "$home"
  mkdir -p "$home/data"
  secret="$(secret ldap.password)"
  (
    umask 077
    sed "s/@SECRET@/$secret/" "$HERE/ldap/slapd.conf" >"$home/slapd.conf"
    sed "s/@SECRET@/$secret/" "$HERE/ldap/base.ldif" >"$home/base.ldif"
    printf '%s' "$secret" >"$home/secret"
  )
  certificate ldap openldap ldap
  in_root /usr/sbin/slapadd -f /srv/ldap/slapd.conf -l /srv/ldap/base.ldif >"$RUN/log/ldap-base.out" 2>&1 ||
    die "LDAP does not take its base (the end of $RUN/log/ldap-base.out: $(tail -n 1 "$RUN/log/ldap-base.out"))"
  chroot "$ROOT" chown -R openldap:openldap /srv/ldap
  launch ldap chroot "$ROOT" /usr/sbin/slapd -d 0 -u openldap -g openldap -f /srv/ldap/slapd.conf \
    -h "ldap://127.0.0.1:33389 ldaps://127.0.0.1:33636"
}

answers_ldap() {
  in_root ldapwhoami -x -H ldap://127.0.0.1:33389 -D cn=admin,dc=example,dc=com -y /srv/ldap/secret >/dev/null 2>&1
}

# Changes from standard input, in LDIF (RFC 2849); all of them, in order, or a fault.
change_ldap() {
  pid_of ldap >/dev/null || die "LDAP does not run: testbed.sh start ldap"
  in_root ldapmodify -x -H ldap://127.0.0.1:33389 -D cn=admin,dc=example,dc=com -y /srv/ldap/secret >/dev/null ||
    die "LDAP does not take the changes"
}

start_softphone() {
  local home="$RUN/softphone" file
  softphone
  mkdir -p "$home"
  for file in config accounts; do
    (umask 077 && sed "s|@MODULES@|/usr/lib/baresip/modules|; s/@SECRET@/$(secret softphone.password)/" "$HERE/softphone/$file" >"$home/$file")
  done
  : >"$home/contacts"
  launch softphone baresip -f "$home"
}

# coturn, between browsers and the gateway's sound: reached by UDP alone (relay), or by no UDP (relay-tcp).
start_relay() {
  local name="$1" home="$ROOT/srv/$1"
  relay_program
  has_media_address || die "the relay needs $MEDIA_ADDRESS: testbed.sh up"
  mkdir -p "$home"
  (
    umask 077
    sed "s/@ADDRESS@/$MEDIA_ADDRESS/; s/@SECRET@/$(secret relay.secret)/; s/@NAME@/$name/" \
      "$HERE/relay/turnserver.conf" "$HERE/relay/$name.conf" >"$home/turnserver.conf"
  )
  [ "$name" != relay-tcp ] || certificate relay-tcp turnserver relay
  chroot "$ROOT" chown -R turnserver:turnserver "/srv/$name"
  launch "$name" chroot --userspec=turnserver:turnserver "$ROOT" /usr/bin/turnserver -c "/srv/$name/turnserver.conf"
}

# nginx before a cti-server: start proxy PORT, which is that of the server.
start_proxy() {
  local home="$ROOT/srv/proxy"
  [[ "${1:-}" =~ ^[0-9]+$ ]] || die "the proxy is before port '${1:-}', expected the port of a cti-server: testbed.sh start proxy PORT"
  proxy_program
  mkdir -p "$home"
  certificate proxy root proxy
  cp "$HERE/proxy/nginx.conf" "$home/nginx.conf"
  # The ports of HTTP and HTTPS are the machine's.
  sed "s|127.0.0.1:8080|127.0.0.1:$1|; s|listen 443|listen 127.0.0.1:8443|; s|listen 80|listen 127.0.0.1:8081|; s|/etc/nginx/cti\.|/srv/proxy/server.|; s|server_name cti.example|server_name 127.0.0.1|" \
    "$PROJECT/conf/nginx/cti.conf" >"$home/cti.conf"
  launch proxy chroot "$ROOT" /usr/sbin/nginx -e stderr -c /srv/proxy/nginx.conf
}

start_asterisk() {
  configure "$1" >/dev/null
  rm -f "$ROOT/srv/$1/run/"*
  launch "$1" chroot "$ROOT" /usr/sbin/asterisk -f -U asterisk -G asterisk -C "/srv/$1/etc/asterisk.conf"
}

start_phone() {
  local port
  port="$(phone_port "$1")"
  # -aa answers keep-alives and the like; -cp and -mp so that no two processes want the same port.
  # Its screen of statistics, drawn every second, is of no use in a log.
  LAUNCH_OUTPUT=/dev/null launch "$1" sipp -sf "$HERE/sipp/$1.xml" -i 127.0.0.4 -p "$port" -mi 127.0.0.4 -mp $((port * 4)) \
    -ci 127.0.0.4 -cp $((port + 10000)) -aa -nostdin -default_behaviors all \
    -trace_err -error_file "$RUN/log/$1.errors" -error_overwrite true
  rest_between_looks "$1"
}

# SIPp looks at its clock each millisecond, call or no call. The kernel may let it wait 10 ms longer, where
# no packet comes: what a phone does by time is done to within that, and five idle ones cost nearly nothing.
rest_between_looks() {
  local pid
  pid="$(pid_of "$1")" || return 0 # it ended at once: wait_ready says so
  [ ! -w "/proc/$pid/timerslack_ns" ] || echo 10000000 >"/proc/$pid/timerslack_ns"
}

# Whoever has a port already would be mistaken for the part, or keep it from starting.
require_free_ports() {
  local entry
  for entry in $(ports_of "$1"); do
    ! port_is_open "${entry%:*}" "${entry#*:}" ||
      die "$1 cannot start: port $entry is in use by another program (a testbed of another CTI_TESTBED_HOME?)"
  done
}

ports_of() {
  case "$1" in
    mysql) echo 127.0.0.1:33061 ;;
    ldap) echo 127.0.0.1:33389 127.0.0.1:33636 ;;
    softphone) echo 127.0.0.5:5080 127.0.0.1:4444 ;;
    relay) echo "$MEDIA_ADDRESS:3478" ;;
    relay-tcp) echo 127.0.0.1:3478 127.0.0.1:5349 ;;
    proxy) echo 127.0.0.1:8443 127.0.0.1:8081 ;;
    gateway) echo 127.0.0.1:5060 127.0.0.1:5038 127.0.0.1:8088 127.0.0.1:8089 ;;
    switch) echo 127.0.0.2:5060 ;;
    phone-*) echo "127.0.0.4:$(phone_port "$1")" ;;
  esac
}

start_part() {
  case "$1" in
    mysql) start_mysql ;;
    ldap) start_ldap ;;
    softphone) start_softphone ;;
    relay | relay-tcp) start_relay "$1" ;;
    proxy) start_proxy "${2:-}" ;;
    gateway | switch) start_asterisk "$1" ;;
    phone-*) start_phone "$1" ;;
  esac
}

# ---- readiness: each part is asked in its own words ----

answers_mysql() { mysql_root -e 'select 1' >/dev/null 2>&1; }

answers_asterisk() { console "$1" core show uptime 2>/dev/null | grep -q 'System uptime' &&
  console "$1" core waitfullybooted 2>/dev/null | grep -q 'fully booted'; }

# A gateway that looked before the switch was there looks again now, not at its next turn.
trunk_is_up() {
  console gateway pjsip show contacts 2>/dev/null | grep 'ipoffice-aor' | grep -q ' Avail' && return
  console gateway pjsip qualify ipoffice >/dev/null
  return 1
}

# Bound sockets as the kernel lists them: address in hexadecimal, bytes in reverse. Of TCP only those
# that listen (0A): a connection that has just ended (TIME_WAIT) is in nobody's way.
port_is_open() {
  local entry
  entry="$(printf '%02X%02X%02X%02X:%04X' $(echo "$1" | awk -F. '{print $4, $3, $2, $1}') "$2")"
  awk -v entry="$entry" '$2 == entry && (FILENAME ~ /udp/ || $4 == "0A") { found = 1 } END { exit !found }' /proc/net/udp /proc/net/tcp
}

wait_ready() {
  case "$1" in
    mysql) ready mysql 60 answers_mysql ;;
    ldap) ready ldap 20 answers_ldap ;;
    softphone) ready softphone 10 port_is_open 127.0.0.1 4444 ;;
    relay) ready relay 10 port_is_open "$MEDIA_ADDRESS" 3478 ;;
    relay-tcp) ready relay-tcp 10 port_is_open 127.0.0.1 5349 ;;
    proxy) ready proxy 10 port_is_open 127.0.0.1 8443 ;;
    gateway | switch) ready "$1" 30 answers_asterisk "$1" ;;
    phone-*) ready "$1" 10 port_is_open 127.0.0.4 "$(phone_port "$1")" ;;
  esac
}

has_media_address() { ip -4 -o address show dev lo | grep -q " $MEDIA_ADDRESS/"; }

add_media_address() {
  has_media_address || ip address add "$MEDIA_ADDRESS/32" dev lo ||
    die "cannot put $MEDIA_ADDRESS on the loopback interface (needs CAP_NET_ADMIN)"
}

remove_media_address() { ! has_media_address || ip address del "$MEDIA_ADDRESS/32" dev lo; }

# ---- the commands ----

say_part() { printf '%-15s %-5s %8s  %s\n' "$1" "$2" "$3" "$4"; }

bring_up() {
  local part begin whole started="" failed=0 changed
  whole="$(now_ms)"
  command -v apt-get >/dev/null || cannot_run "no apt-get; the testbed is made from Debian packages"
  install_tools
  if root_is_good; then
    say_part root ready "" "$ROOT"
  else
    # What ran from a damaged root cannot stay.
    end_all
    begin="$(now_ms)"
    echo "testbed: making the root with Asterisk 22 and MySQL 9, once, about a minute …"
    make_root
    root_is_good || die "the root in $ROOT was made but its programs do not start (see $RUN/log/root.log)"
    say_part root made "$(seconds "$begin")" "$ROOT"
  fi
  write_environment
  add_media_address
  prompts || die "the prompts of ivr-scripts/prompts.yaml could not be spoken"
  begin="$(now_ms)"
  for part in $PARTS; do
    pid_of "$part" >/dev/null || require_free_ports "$part"
  done
  for part in $PARTS; do
    if pid_of "$part" >/dev/null; then
      case "$part" in
        gateway | switch)
          changed="$(configure "$part")" || exit 1
          [ -z "$changed" ] || console "$part" core reload >/dev/null
          ;;
      esac
    else
      start_part "$part"
      started="$started $part"
    fi
  done
  for part in $PARTS; do
    if ! wait_ready "$part"; then
      failed=1
      say_part "$part" DOWN "" "$(address_of "$part")"
    elif [[ " $started " == *" $part "* ]]; then
      say_part "$part" up "$(seconds "$begin")" "pid $(pid_of "$part"), $(address_of "$part")"
    else
      say_part "$part" up already "pid $(pid_of "$part"), $(address_of "$part")"
    fi
  done
  [ $failed = 0 ] || die "not all parts are up"
  ready gateway 20 trunk_is_up || die "the gateway does not reach the switch"
  echo "testbed is up after $(seconds "$whole"); addresses and accounts: $RUN/testbed.env"
}

seconds() { awk -v a="$1" -v b="$(now_ms)" 'BEGIN {printf "%.1f s", (b - a) / 1000}'; }

end_all() {
  local part
  # Callers of suites that died before they could end them (SippCaller writes their pid files).
  for part in "$RUN"/pid/caller-*; do
    [ -e "$part" ] && end_process "$(basename "$part")" KILL
  done
  rm -rf "$RUN"/caller-*
  # The disk of a suite that died before it could unmount it.
  if mountpoint -q "$RUN/small-disk"; then umount "$RUN/small-disk"; fi
  for part in $PARTS_ON_DEMAND phone-hold phone-reject phone-busy phone-noanswer phone-answer gateway switch mysql; do
    end_process "$part"
  done
}

bring_down() {
  end_all
  remove_media_address
  unmount_root || die "cannot unmount below $ROOT; is a shell open in it?"
  echo "testbed is down"
}

show_status() {
  local part pid all=0
  for part in $PARTS; do
    if pid="$(pid_of "$part")"; then
      say_part "$part" up "$pid" "$(address_of "$part")"
    else
      say_part "$part" DOWN - "$(address_of "$part")"
      all=1
    fi
  done
  exit $all
}

one_part() {
  local what="$1" part="${2:-}"
  [[ " $PARTS $PARTS_ON_DEMAND " == *" $part "* ]] && [ -n "$part" ] || { echo "testbed: no part '$part'; one of: $PARTS $PARTS_ON_DEMAND" >&2; exit 2; }
  case "$what" in
    # One that runs may be before another server.
    start) [ "$part" != proxy ] || end_process proxy ;;
    stop | restart) end_process "$part" ;;
    kill) end_process "$part" KILL ;;
    freeze | thaw) signal_part "$part" "$([ "$what" = freeze ] && echo STOP || echo CONT)" ;;
  esac
  case "$what" in
    start | restart)
      root_is_good || die "no root yet: testbed.sh up"
      pid_of "$part" >/dev/null || { require_free_ports "$part"; start_part "$part" "${3:-}"; }
      wait_ready "$part" || exit 1
      case "$part" in
        gateway | switch)
          if pid_of gateway >/dev/null && pid_of switch >/dev/null; then
            ready "$part" 20 trunk_is_up || exit 1
          fi
          ;;
      esac
      ;;
  esac
}

signal_part() {
  local pid
  pid="$(pid_of "$1")" || die "$1 does not run"
  kill "-$2" "$pid"
}

# A number is 8001-8028 or a mobile; a behaviour is checked here, where a fault has a reader.
set_phone() {
  local number="${1:-}" behaviour
  [ $# -gt 0 ] && shift
  behaviour="$*"
  [[ "$number" =~ ^80(0[1-9]|1[0-9]|2[0-8])$ || "$number" =~ ^1[0-9]{10}$ ]] ||
    { echo "testbed: no phone '$number'; expected 8001-8028 or a mobile of 11 digits such as 13900000000" >&2; exit 2; }
  if [ -z "$behaviour" ]; then
    console switch database get phone "$number"
  elif [ "$behaviour" = default ]; then
    console switch database del phone "$number" >/dev/null
  elif [[ "$behaviour" =~ ^((answer|tone)\ [0-9]+(\.[0-9]+)?(\ hangup\ [0-9]+(\.[0-9]+)?)?|hold(\ [0-9]+(\.[0-9]+)?){3}|keys(\ [0-9]+(\.[0-9]+)?){2}\ [0-9*#w]+|refer(\ [0-9]+(\.[0-9]+)?){2}\ [0-9]+|noanswer|busy|reject)$ ]]; then
    console switch database put phone "$number" "\"$behaviour\"" >/dev/null
  else
    echo "testbed: phone $number cannot '$behaviour'; expected: answer S [hangup S] | tone S [hangup S] | hold S AFTER FOR | keys S AFTER KEYS | refer S AFTER NUMBER | noanswer | busy | reject | default" >&2
    exit 2
  fi
}
