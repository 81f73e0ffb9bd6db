#!/usr/bin/env bash
# Feeds damaged inputs to a parser until one misbehaves, or for ten minutes.
#
#   bench/fuzz.sh bodies [--minutes N]    JSON bodies of every protocol
#   bench/fuzz.sh codings [--minutes N]   compressed bodies
#   bench/fuzz.sh forms [--minutes N]     multipart forms
#   bench/fuzz.sh lines [--minutes N]     files of JSON Lines, and transcripts
#   bench/fuzz.sh streams [--minutes N]   events of every protocol, in every framing
#   bench/fuzz.sh sockets [--minutes N]   frames of WebSockets
#   … --seed N                            repeats one input that a run has named
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

[ $# -gt 0 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2; }
"$root/build/restore.sh"
say "Building …"
lock
quietly build dotnet build "$root/bench/Fuzz/Fuzz.csproj" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
unlock

exec dotnet "$root/bench/Fuzz/bin/Release/net10.0/EdgeFilter.Bench.Fuzz.dll" "$root" "$@"
