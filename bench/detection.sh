#!/usr/bin/env bash
# Throughput of all shipped detectors over prose and over texts made to be slow, with Hyperscan as the yardstick where its
# headers are installed (Debian: apt-get install libhyperscan-dev gcc pkg-config).
#
#   bench/detection.sh [--quick]     --each: every detector alone, to find the ones that cost
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

quick=()
case "${1:-}" in
  "") ;;
  --quick | --each) quick=("$1") ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

scanner=-
if command -v pkg-config >/dev/null && pkg-config --exists libhs; then
  scanner="$artifacts/hyperscan-scan"
  # shellcheck disable=SC2046  # the flags are several words
  cc -O2 -o "$scanner" "$root/bench/hyperscan/scan.c" $(pkg-config --cflags --libs libhs)
else
  say "Hyperscan is not installed: no yardstick."
fi

"$root/build/restore.sh"
"$root/build/restore.sh" bench/Detection/Detection.Bench.csproj
lock
quietly build dotnet build "$root/bench/Detection/Detection.Bench.csproj" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
unlock
exec dotnet "$root/bench/Detection/bin/Release/net10.0/EdgeFilter.Bench.Detection.dll" "$root" "$scanner" "${quick[@]}"
