#!/usr/bin/env bash
# Many callers of all models at once, for many minutes: memory must not grow, speed must not fall. Exit code 1 when one does.
#
#   bench/soak.sh [MINUTES [CALLERS [FOLDER...]]]     10 minutes, 64 callers, the shipped models and the tiny ones of the tests
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

case "${1:-}" in -h | --help) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
minutes="${1:-10}"
callers="${2:-64}"
if [ $# -gt 2 ]; then folders=("${@:3}"); else folders=("$root/models" "$root/tests/Detection/Classifiers/Transformers/models"); fi

"$root/build/restore.sh"
"$root/build/restore.sh" bench/Soak/Soak.csproj
lock
quietly build dotnet build "$root/bench/Soak/Soak.csproj" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
unlock
exec dotnet "$root/bench/Soak/bin/Release/net10.0/EdgeFilter.Bench.Soak.dll" "$minutes" "$callers" "${folders[@]}"
