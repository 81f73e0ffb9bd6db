#!/usr/bin/env bash
# What policies cost: reading and compiling 500 of them with 50 rules each, and deciding on a text with ten findings and 200 rules.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Policies -c Release -v q -nologo
exec dotnet bench/Policies/bin/Release/net10.0/EdgeFilter.Bench.Policies.dll "$@"
