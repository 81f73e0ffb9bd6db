#!/usr/bin/env bash
# Restores the NuGet packages of a project or of the whole solution, and decides where ONNX Runtime comes from:
# the NuGet package Microsoft.ML.OnnxRuntime, or, where the feed does not carry it, the npm package pinned in
# src/OnnxRuntime/package-lock.json, which holds the same bindings and native libraries (see src/OnnxRuntime/OnnxRuntime.csproj).
#
#   build/restore.sh [PROJECT]        PROJECT: a .csproj or .sln, relative to the repository; default EdgeFilter.sln
#
# EDGEFILTER_ONNXRUNTIME=auto|nuget|npm   auto (default): try the feed, fall back to npm. An earlier choice of npm is kept
#                                         until this is set to nuget or src/OnnxRuntime/node_modules is removed.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/lib.sh"

project="${1:-EdgeFilter.sln}"
choice="${EDGEFILTER_ONNXRUNTIME:-auto}"
case "$choice" in auto | nuget | npm) ;; *) fail "EDGEFILTER_ONNXRUNTIME is '$choice'; it must be auto, nuget or npm." ;; esac
command -v dotnet >/dev/null || fail "the .NET SDK was not found. Install .NET 10 from https://dot.net and try again."

runtime="$root/src/OnnxRuntime"
installed="$runtime/node_modules/com.github.asus4.onnxruntime/package.json"
packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}"
stamp="$artifacts/restore.$(printf '%s' "$project" | tr '/' '-').stamp"

# The restore is fresh while every project file and lock is as it was, for the same choice and the same packages folder.
inputs() {
  cd "$root"
  find . \( -name bin -o -name obj -o -name node_modules -o -name artifacts -o -name .git \) -prune -o -type f \
    \( -name '*.csproj' -o -name '*.sln' -o -name 'Directory.*' -o -name global.json -o -iname nuget.config \) -print | LC_ALL=C sort | xargs cat
  cat "$runtime/package-lock.json"
  printf '%s\n' "$choice" "$packages" "$([ -f "$installed" ] && echo npm || echo nuget)"
}

is_restored() {
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(inputs | digest)" ] && [ -d "$packages/yarp.reverseproxy" ] &&
    [ -f "$root/src/Proxy/obj/project.assets.json" ] && [ -f "$runtime/obj/project.assets.json" ]
}

restore() { quietly restore dotnet restore "$root/$project" -v q -nologo; }

# NU1101: the feed knows no such package. NU1102: it knows it, but not in this version.
feed_lacks_runtime() { grep -E 'NU110[12]' "$artifacts/restore.log" | grep -q 'Microsoft\.ML\.OnnxRuntime'; }

install_from_npm() {
  local marker="$runtime/node_modules/.installed"
  if [ -f "$installed" ] && cmp -s "$marker" "$runtime/package-lock.json"; then return 0; fi
  command -v npm >/dev/null || fail "the NuGet feed has no Microsoft.ML.OnnxRuntime, and npm, the other source, was not found."
  (cd "$runtime" && quietly npm npm ci --ignore-scripts --no-audit --no-fund) || fail "npm could not install ONNX Runtime in src/OnnxRuntime."
  cp "$runtime/package-lock.json" "$marker"
  rm -rf "$runtime/obj" "$runtime/bin"
}

forget_npm() { if [ -d "$runtime/node_modules" ]; then rm -rf "$runtime/node_modules" "$runtime/obj" "$runtime/bin"; fi; }

lock
if is_restored; then exit 0; fi
say "Restoring packages …"
source="NuGet"
if [ "$choice" = nuget ]; then forget_npm; fi
if [ "$choice" = npm ] || [ -f "$installed" ]; then
  install_from_npm
  source="npm"
fi
if ! restore 2>"$artifacts/restore.err"; then
  if [ "$choice" != auto ] || [ "$source" = npm ] || ! feed_lacks_runtime; then
    cat "$artifacts/restore.err" >&2
    fail "the packages could not be restored."
  fi
  say "The NuGet feed does not carry Microsoft.ML.OnnxRuntime: taking it from npm."
  install_from_npm
  source="npm"
  restore || fail "the packages could not be restored."
fi
say "ONNX Runtime comes from $source."
inputs | digest >"$stamp"
