#!/usr/bin/env bash
# Compares EdgeFilter with a bare YARP, with nginx and with no proxy at all, in one run on this machine.
#
#   bench/run.sh            about five minutes
#   bench/run.sh --quick    under two minutes
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

quick=()
case "${1:-}" in
  "") ;;
  --quick) quick=(--quick) ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
[ -r /proc/self/stat ] || fail "the processor time of a process is read from /proc: run this on Linux."

"$root/build/restore.sh"
say "Building …"
lock
for project in src/Proxy/Proxy.csproj bench/BareYarp/BareYarp.csproj bench/Load/Load.csproj; do
  quietly build dotnet build "$root/$project" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
done
unlock

exec dotnet "$root/bench/Load/bin/Release/net10.0/EdgeFilter.Bench.Load.dll" compare "$root" "${quick[@]}"
