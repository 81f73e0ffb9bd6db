#!/usr/bin/env bash
# Kills the proxy under load, as often as told, and looks whether every block that a client saw is in the log.
#
#   bench/durability.sh            100 kills, about ten minutes
#   bench/durability.sh ROUNDS
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

"$root/build/restore.sh"
say "Building …"
lock
quietly build dotnet build "$root/bench/Durability/Durability.csproj" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
unlock

exec dotnet "$root/bench/Durability/bin/Release/net10.0/EdgeFilter.Bench.Durability.dll" "$@"
