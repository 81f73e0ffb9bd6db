#!/usr/bin/env bash
# Restores, builds once and runs every test project, and ends with the line "N passed, N failed".
#
#   ./test.sh                          everything
#   ./test.sh Policies Proxy           only the projects whose path contains one of these words
#   ./test.sh --filter EXPRESSION      handed to `dotnet test --filter`
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$root/build/lib.sh"

filter=()
words=()
while [ $# -gt 0 ]; do
  case "$1" in
    --filter) [ $# -ge 2 ] || fail "--filter needs an expression."; filter=(--filter "$2"); shift 2 ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) fail "unknown option '$1'. See ./test.sh --help." ;;
    *) words+=("$1"); shift ;;
  esac
done

wanted() {
  [ ${#words[@]} -eq 0 ] && return 0
  local word
  for word in "${words[@]}"; do case "$1" in *"$word"*) return 0 ;; esac; done
  return 1
}

"$root/build/restore.sh"
say "Building …"
lock
quietly build dotnet build "$root/EdgeFilter.sln" -c Release --no-restore -v q -nologo -nodeReuse:false || fail "the build failed."
unlock

results="$artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0 ran=0

# counter NAME FILE  reads one number from the summary that a test run wrote.
counter() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

while IFS= read -r project; do
  name="$(basename "$project" .csproj)"
  wanted "${project#"$root"/}" || continue
  ran=$((ran + 1))
  started=$(date +%s)
  report="$results/$name.trx"
  status=0
  dotnet test "$project" -c Release --no-build --nologo "${filter[@]}" --logger "trx;LogFileName=$report" \
    >"$results/$name.log" 2>&1 </dev/null || status=$?
  if [ -f "$report" ]; then
    p=$(counter passed "$report") f=$(counter failed "$report") total=$(counter total "$report")
    s=$((total - p - f))
  else
    p=0 f=0 s=0
  fi
  # A run that failed without a failed test has crashed, hung or not started: that is a failure too.
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$f" -gt 0 ]; then cat "$results/$name.log"; fi
  printf '%-28s %5d passed %3d failed %3d skipped %4d s\n' "$name" "$p" "$f" "$s" $(($(date +%s) - started))
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done < <(find "$root/tests" -name '*.csproj' -not -path '*/obj/*' -print0 | xargs -0 grep -l '<IsTestProject>true' | LC_ALL=C sort)

[ "$ran" -gt 0 ] || fail "no test project matches: ${words[*]}"
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
