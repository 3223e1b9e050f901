#!/bin/sh
# SPDX-License-Identifier: MIT
# A stranger's first day: a minimal Debian with nothing on it but a clone of this repository, as root.
# ./dev test there installs what it needs and passes, and the installed plando starts. As committed: what lies uncommitted
# in the tree is not in a clone. Only with PLANDO_LONG=1; half an hour, and 3 GB where temporary files lie.
set -eu

name='a clone alone, on a bare Debian: ./dev test installs what it needs and passes'
echo '1..1'
skip() {
	echo "ok 1 - $name # SKIP $1"
	exit 0
}
[ -n "${PLANDO_LONG:-}" ] || skip 'only in ./dev test --long'
[ "$(id -u)" = 0 ] || skip 'only root can change the root folder'
command -v debootstrap >/dev/null || skip 'debootstrap is not installed'
command -v git >/dev/null || skip 'git is not installed'

suite=bookworm
mirror=${PLANDO_MIRROR:-http://deb.debian.org/debian}
root=$(mktemp -d)
finish() {
	for place in dev/pts dev/shm proc; do
		mountpoint -q "$root/$place" && umount "$root/$place"
	done
	mountpoint -q "$root/proc" || rm -rf "$root"
}
trap finish EXIT
trap 'exit 1' INT TERM

debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 ||
	skip "debootstrap did not come through; its words are in $root.log"
rm -f "$root.log"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc" || skip 'no /proc can be mounted there'
mount -t devpts devpts "$root/dev/pts" || skip 'no pseudo-terminals can be had there'
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" || skip 'no memory disk can be mounted there'
git clone --quiet --no-hardlinks "$PLANDO_SOURCE" "$root/root/plando"

if env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
	chroot "$root" /bin/sh -c 'cd /root/plando && ./dev test && ./dev run --version' >"$root/log" 2>&1; then
	tail -n 2 "$root/log" | sed 's/^/# /'
	echo "ok 1 - $name"
else
	grep -E '^not ok|passed, [0-9]+ failed|^E: |ERROR' "$root/log" | tail -n 30 | sed 's/^/# /'
	echo "not ok 1 - $name"
	exit 1
fi
