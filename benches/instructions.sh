#!/usr/bin/env bash
# Counts the instructions of a build of 1,000 articles, and fails where they are more than a tenth above the figure in
# benches/instructions.txt. A count does not depend on what else the machine does. `UPDATE=1` writes the figure.
set -euo pipefail
cd "$(dirname "$0")/.."

articles=1000
figure=benches/instructions.txt
place=target/instructions
program=${1:-target/release/dossier}
# Cargo's options for what writes the dossier: those that it was built with before save building it again.
options=("${@:2}")

rm -rf "$place"
cargo bench --quiet --profile dev --bench scale --locked ${options[@]+"${options[@]}"} -- $articles --write "$place/dossier"
# On one core: how work is shared among several is chance. Without the search, as in the targets of docs/performance.md.
RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
  "$program" build --quiet --no-search --root "$place/dossier" --output "$place/public" 2>"$place/valgrind.txt"
count=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$place/valgrind.txt")
rm -rf "$place"
[ -n "$count" ] || { echo "valgrind counted nothing" >&2; exit 1; }

# Where there is no figure yet, this one is the first.
if [ "${UPDATE:-}" = 1 ] || [ ! -f "$figure" ]; then
  echo "$count" >"$figure"
  echo "$count instructions for $articles articles, written to $figure: commit it"
  exit
fi
known=$(cat "$figure")
echo "$count instructions for $articles articles; $known in $figure ($((count * 100 / known)) %)"
if [ "$count" -gt $((known * 11 / 10)) ]; then
  echo "more than a tenth above it: find out why; where it is worth it, write the new figure with UPDATE=1 $0 and say so in docs/performance.md" >&2
  exit 1
fi
