# Shared by the scripts of this repository. Sourced, never run. Expects $root (the repository's root).

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
artifacts="$root/artifacts"
mkdir -p "$artifacts"

say() { printf '%s\n' "$*" >&2; }

fail() { say "edgefilter: $*"; exit 2; }

# One build or restore of this working tree at a time, so that two terminals do not write the same files.
# The descriptor is closed again by unlock; without flock (macOS) the caller is on their own.
lock() { if command -v flock >/dev/null; then exec 9>"$artifacts/.lock"; flock 9; fi; }
unlock() { if command -v flock >/dev/null; then exec 9>&-; fi; }

# Every file whose change makes a build stale. Deleted and added files change the list, edited ones are newer than the stamp.
source_files() {
  find "$@" \( -name bin -o -name obj -o -name node_modules -o -name results \) -prune -o -type f -print 2>/dev/null | LC_ALL=C sort
}

build_inputs=("$root"/Directory.*.props "$root"/Directory.*.targets "$root/global.json" "$root/.editorconfig")

digest() { cksum | cut -d' ' -f1,2; }

# is_fresh STAMP DIGEST FOLDER...  true when STAMP holds DIGEST and nothing in the folders is newer than it.
is_fresh() {
  local stamp="$1" expected="$2"
  shift 2
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$expected" ] || return 1
  [ -z "$(find "$@" "${build_inputs[@]}" \( -name bin -o -name obj -o -name node_modules -o -name results \) -prune \
    -o -type f -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

# quietly NAME COMMAND...  runs the command with its output in artifacts/NAME.log; shows the log only if it fails.
# The log is a file and not a pipe, because a build server that outlives the build would keep a pipe open.
quietly() {
  local log="$artifacts/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null 9>&- && return 0
  local status=$?
  grep -E 'error|warn' "$log" | LC_ALL=C sort -u | head -n 40 >&2 || true
  [ -s "$log" ] && say "The whole output is in ${log#"$root"/}."
  return "$status"
}
