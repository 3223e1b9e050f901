#!/bin/sh
# SPDX-License-Identifier: MIT
# A real FUSE mount (bindfs), two computers that work on one workbook there: written back whole, the
# mount away and back, both at once, one killed in mid-work. What each saved is there in the end, and
# the far file never has anything of SQLite's beside it. Skips itself where there is no FUSE.
set -eu

name='a workbook on a FUSE mount: two computers, the mount away, one killed, nothing lost'
echo '1..1'
skip() {
	echo "ok 1 - $name # SKIP $1"
	exit 0
}
command -v bindfs >/dev/null || skip 'bindfs is not installed'
command -v fusermount3 >/dev/null || skip 'fusermount3 is not installed'

top=$(mktemp -d)
finish() {
	fusermount3 -u "$top/drive" 2>/dev/null || true
	rm -rf "$top"
}
trap finish EXIT
trap 'exit 1' INT TERM

fail() {
	echo "not ok 1 - $name"
	echo "# $*"
	sed 's/^/# /' "$top/said" 2>/dev/null || true
	exit 1
}

mkdir "$top/disk" "$top/drive"
bindfs "$top/disk" "$top/drive" 2>/dev/null || skip 'nothing may be mounted here'

# on COMPUTER VERB…
on() {
	computer=$1
	shift
	XDG_STATE_HOME=$top/$computer PLANDO_AUTHOR=$computer "$PLANDO_BINARY" "$@" 2>"$top/said"
}
book=$top/drive/hubs.plando
there() { # what lies there, opened on a disk that is near
	XDG_STATE_HOME=$top/third "$PLANDO_BINARY" list "$top/disk/hubs.plando" team
}
alone() {
	[ "$(ls -A "$top/disk")" = hubs.plando ] || fail "$1: more than the workbook lies there"
}

on ana new "$book" --name Hubs || fail new
on ana add "$book" team name=First >/dev/null || fail add
grep -q FUSE "$top/said" || fail 'it is not said where one works'
alone 'after the first save'
there | grep -q First || fail 'the first save is not there'

fusermount3 -u "$top/drive" || fail unmount
on ana add "$book" team name=Away >/dev/null || fail 'no work while it is away'
grep -q 'cannot be reached now' "$top/said" || fail 'it is not said that it is away'
[ -z "$(ls -A "$top/drive")" ] || fail 'something was written where nothing is mounted'
bindfs "$top/disk" "$top/drive" || fail mount

for i in 1 2 3 4; do
	on ana add "$book" team name="Ana $i" >/dev/null &
	one=$!
	on ben add "$book" team name="Ben $i" >/dev/null || fail "Ben $i"
	wait "$one" || fail "Ana $i"
done
on ana sync "$book" >/dev/null || fail 'sync, Ana'
on ben sync "$book" >/dev/null || fail 'sync, Ben'
on ana sync "$book" >/dev/null || fail 'sync, Ana again'

i=0
while [ $i -lt 8 ]; do
	i=$((i + 1))
	XDG_STATE_HOME=$top/ana PLANDO_AUTHOR=ana "$PLANDO_BINARY" add "$book" team name="Cut $i" >/dev/null 2>&1 &
	cut=$!
	sleep "0.0$i"
	kill -9 "$cut" 2>/dev/null || true
	wait "$cut" 2>/dev/null || true
done
on ana sync "$book" >/dev/null || fail 'sync after kills'
on ana check "$book" >"$top/said" || fail 'check'
alone 'in the end'

for team in First Away 'Ana 1' 'Ana 4' 'Ben 1' 'Ben 4'; do
	there | grep -q "$team" || fail "$team is not there"
done
XDG_STATE_HOME=$top/third "$PLANDO_BINARY" check "$top/disk/hubs.plando" >/dev/null || fail 'the file there is not sound'
echo "ok 1 - $name"
