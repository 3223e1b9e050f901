#!/bin/sh
# SPDX-License-Identifier: MIT
# What programs of others make of the numbers that leave: jq of --json in each run; pandas and R of
# the workbook itself in long ones, where they are installed. An exponent in a mean, a text where a
# number was meant, and they would not say so.
set -eu

echo '1..4'
n=0
pass() { n=$((n + 1)) && echo "ok $n - $1"; }
skip() { n=$((n + 1)) && echo "ok $n - $1 # SKIP $2"; }
miss() {
	n=$((n + 1))
	echo "not ok $n - $1"
	echo "# got: $2"
}
# same NAME GOT WANTED
same() {
	if [ "$2" = "$3" ]; then pass "$1"; else miss "$1" "$2"; fi
}

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
trap 'exit 1' INT TERM
export XDG_STATE_HOME="$top/state" PLANDO_AUTHOR=Ana
book=$top/hubs.plando
plando() { "$PLANDO_BINARY" "$@"; }

plando new "$book" --name Hubs
plando add "$book" team name=North >/dev/null
plando add "$book" measure team=North name=Wait >/dev/null
for point in 1=9 2=10.0 3=100 4=20.50; do
	plando add "$book" point measure=Wait "date=2026-05-0${point%%=*}" "value=${point#*=}" >/dev/null
done

# The system's own Python may have pandas where another stands before it in the path.
pandas_python() {
	for python in python3 /usr/bin/python3; do
		"$python" -c 'import pandas' 2>/dev/null && echo "$python" && return
	done
	return 1
}

name='jq adds up list, get, export and log, and 20.50 stays 20.50'
if command -v jq >/dev/null; then
	plando export "$book" --format json -o "$top/all.json"
	id=$(plando list "$book" point --json | jq -r '.[] | select(.fields.value > 20 and .fields.value < 21) | .id')
	got="$(plando list "$book" point --json | jq '[.[].fields.value] | add') \
$(jq '[.records[] | select(.kind == "point") | .fields.value] | add' "$top/all.json") \
$(plando log "$book" --json | jq '[.[] | select(.field == "value") | .new] | add') \
$(plando get "$book" "$id" --json | grep -c '"value": 20.50,')"
	same "$name" "$got" '139.5 139.5 139.5 1'
else
	skip "$name" 'jq is not installed'
fi

# In csv as well as in the file.
name='pandas finds the mean of a measure'
if [ -z "${PLANDO_LONG:-}" ]; then
	skip "$name" 'long runs only'
elif ! python=$(pandas_python); then
	skip "$name" 'pandas is not installed'
else
	same "$name" "$("$python" - "$book" <<'END' 2>&1
import sqlite3, sys, pandas
t = pandas.read_sql("SELECT * FROM point_overview", sqlite3.connect(sys.argv[1]))
print(t["value"].mean(), (t["value"] > 20).sum(), list(t["value_typed"])[-1])
END
)" '34.875 2 20.50'
fi

name='R finds the mean of a measure'
if [ -z "${PLANDO_LONG:-}" ]; then
	skip "$name" 'long runs only'
elif ! Rscript -e 'library(RSQLite)' >/dev/null 2>&1; then
	skip "$name" 'R with RSQLite is not installed'
else
	# shellcheck disable=SC2016 # the dollars are R's
	same "$name" "$(Rscript -e 'd <- DBI::dbConnect(RSQLite::SQLite(), commandArgs(TRUE)[1])
t <- DBI::dbGetQuery(d, "SELECT * FROM point_overview")
cat(mean(t$value), sum(t$value > 20))' "$book" 2>&1)" '34.875 2'
fi

name='the program sqlite3 finds the mean of a measure'
if command -v sqlite3 >/dev/null; then
	same "$name" "$(sqlite3 "$book" 'SELECT avg(value), sum(value > 20), max(value) FROM point_overview')" '34.875|2|100.0'
else
	skip "$name" 'sqlite3 is not installed'
fi
