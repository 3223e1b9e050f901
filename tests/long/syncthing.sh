#!/bin/sh
# SPDX-License-Identifier: MIT
# Two real Syncthing nodes on this machine's loopback, a workbook on each: edits on both sides, one
# side offline, one file changed on both sides. States end equal, nothing is lost, all falls quiet.
# No discovery, no relays, no usage reports: nothing leaves the machine. Only with PLANDO_LONG=1.
set -eu

name='two Syncthing nodes, edits on both sides, one offline: states equal, nothing lost'
echo '1..1'
skip() {
	echo "ok 1 - $name # SKIP $1"
	exit 0
}
[ -n "${PLANDO_LONG:-}" ] || skip 'only in ./dev test --long'
command -v syncthing >/dev/null || skip 'syncthing is not installed'

top=$(mktemp -d)
pid_a='' pid_b=''
finish() {
	for pid in $pid_a $pid_b; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$top"
}
trap finish EXIT
trap 'exit 1' INT TERM

fail() {
	echo "not ok 1 - $name"
	echo "# $*"
	tail -n 20 "$top"/a/log "$top"/b/log 2>/dev/null | sed 's/^/# /'
	exit 1
}

# ---- the nodes

port_a=$((20000 + $$ % 20000))
port_b=$((port_a + 1))
export STNOUPGRADE=1 STNODEFAULTFOLDER=1 HOME="$top" GOMAXPROCS=1

generate() {
	mkdir -p "$top/$1/home" "$top/$1/folder" "$top/$1/state"
	syncthing generate --home="$top/$1/home" --no-default-folder --skip-port-probing >"$top/$1/log" 2>&1
	syncthing --home="$top/$1/home" --device-id
}
id_a=$(generate a)
id_b=$(generate b)

configure() { # NODE OWN-PORT OWN-ID OTHER-ID OTHER-PORT
	cat >"$top/$1/home/config.xml" <<END
<configuration version="36">
  <folder id="hubs" path="$top/$1/folder" type="sendreceive" rescanIntervalS="2" fsWatcherEnabled="true" fsWatcherDelayS="1">
    <device id="$3"></device><device id="$4"></device>
    <minDiskFree unit="%">0</minDiskFree><maxConflicts>10</maxConflicts>
  </folder>
  <device id="$3" name="$1"><address>dynamic</address></device>
  <device id="$4" name="other"><address>tcp://127.0.0.1:$5</address></device>
  <gui enabled="false"></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:$2</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
    <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH><startBrowser>false</startBrowser>
    <reconnectionIntervalS>2</reconnectionIntervalS>
  </options>
</configuration>
END
}
configure a "$port_a" "$id_a" "$id_b" "$port_b"
configure b "$port_b" "$id_b" "$id_a" "$port_a"

start() {
	syncthing serve --home="$top/$1/home" --no-browser --no-restart >>"$top/$1/log" 2>&1 &
}
start_a() { start a && pid_a=$!; }
start_b() { start b && pid_b=$!; }
stop_b() {
	kill "$pid_b"
	wait "$pid_b" || true
	pid_b=''
}

# ---- the workbooks: the same person's name on each, another home

on() { # NODE COMMAND…
	node=$1
	shift
	XDG_STATE_HOME="$top/$node/state" XDG_DATA_HOME="$top/$node/state" PLANDO_AUTHOR="On $node" \
		"$PLANDO_BINARY" "$@"
}
book() { echo "$top/$1/hubs.plando"; }
sync() { on "$1" sync "$(book "$1")" "$top/$1/folder" --json 2>/dev/null; }
state() { on "$1" check "$(book "$1")" --json | sed -n 's/.*"state": "\(.*\)".*/\1/p'; }

# Both sync again and again until both are equal and hold the change that is waited for.
meet() { # NAME-OF-A-TEAM NODE
	tries=0
	while :; do
		sync a >/dev/null || fail "sync on a failed"
		sync b >/dev/null || fail "sync on b failed"
		if [ "$(state a)" = "$(state b)" ] && on "$2" get "$(book "$2")" "$1" >/dev/null 2>&1; then
			return
		fi
		tries=$((tries + 1))
		[ "$tries" -lt 120 ] || fail "no common state; waited for $1 on $2"
		sleep 1
	done
}

on a new "$(book a)" --name Hubs
on a add "$(book a)" team name=Both >/dev/null
on a copy "$(book a)" "$(book b)"
start_a
start_b

on a add "$(book a)" team name='First on a' >/dev/null
on b add "$(book b)" team name='First on b' >/dev/null
meet 'First on a' b
meet 'First on b' a

# One side offline; both edit, also the same field; a file of a is changed on both sides.
stop_b
on a set "$(book a)" Both status=paused
on b set "$(book b)" Both status=finished
on a add "$(book a)" team name='Second on a' >/dev/null
on b add "$(book b)" team name='Second on b' >/dev/null
sync a >/dev/null
sync b >/dev/null
on b copy "$(book b)" "$top/copy.plando"
for file in "$top"/b/folder/*.plando; do
	cp "$top/copy.plando" "$file"
done
on b add "$(book b)" team name='Third on b' >/dev/null
start_b
meet 'Second on a' b
meet 'Third on b' a

for node in a b; do
	for team in Both 'First on a' 'First on b' 'Second on a' 'Second on b' 'Third on b'; do
		on "$node" get "$(book "$node")" "$team" >/dev/null || fail "$team is not on $node"
	done
	[ "$(on "$node" conflicts "$(book "$node")" --json | grep -c '"field": "status"')" = 1 ] ||
		fail "the conflict is not on $node"
	on "$node" check "$(book "$node")" >/dev/null || fail "$node is not sound"
done

# Quiet: what is written comes to an end by itself.
tries=0
quiet=0
while [ "$quiet" -lt 3 ]; do
	case "$(sync a)$(sync b)" in
	*'"written": true'*) quiet=0 ;;
	*) quiet=$((quiet + 1)) ;;
	esac
	tries=$((tries + 1))
	[ "$tries" -lt 60 ] || fail 'it does not fall quiet'
	sleep 1
done
echo "ok 1 - $name"
