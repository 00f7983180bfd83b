#!/usr/bin/env bash
# fuzz/run.sh TARGET [SECONDS]: runs a target from the sample dossier's files and those of the test fixtures.
set -euo pipefail
cd "$(dirname "$0")"
target=$1 seconds=${2:-1200}
corpus=corpus/$target
mkdir -p "$corpus"

# fixtures PATTERN: each file of the fixtures whose path fits, as a seed.
fixtures() {
  awk -v pattern="$1" -v to="$corpus/fixture" '
    /^--- / { file = "" ; next }
    /^=== / { file = ""; if ($2 ~ pattern) { file = to "-" ++n; printf "" > file } ; next }
    file == "" || /^#~/ { next }
    { print >> file }
  ' ../tests/diagnostics/*.txt
}

# copy FOLDER FILE…: files as seeds, named for their folder, since two may have one name.
copy() {
  local from=$1
  shift
  for file in "$@"; do cp "$file" "$corpus/$from-$(basename "$file")"; done
}

# dossiers: each case of the fixtures as a whole, its expected findings taken out.
dossiers() {
  awk -v to="$corpus/dossier" '
    /^--- / { file = to "-" ++n; printf "" > file; next }
    file == "" || /^#~/ { next }
    { print >> file }
  ' ../tests/diagnostics/*.txt
}

case $target in
  front_matter)
    fixtures '[.]md$'
    for folder in articles entities events pages; do copy "$folder" ../content/"$folder"/*.md; done
    copy home ../content/index.md
    ;;
  annotations)
    fixtures '[.]yaml$'
    for folder in annotations figures sources; do copy "$folder" ../content/"$folder"/*.yaml; done
    ;;
  markdown_annotations) fixtures 'articles/.*[.]md$'; copy articles ../content/articles/*.md ;;
  pipeline) dossiers ;;
  site_toml) fixtures '^site.toml$'; copy sample ../site.toml; copy starter ../src/edge/starter/site.toml ;;
esac
# A file of seeds has one a line.
if [ -f "seeds/$target.txt" ]; then split -l 1 "seeds/$target.txt" "$corpus/seed-"; fi
if [ -d "seeds/$target" ]; then copy seed "seeds/$target"/*; fi
exec nice -n "${NICE:-19}" cargo +nightly fuzz run "$target" "$corpus" -- \
  -dict="dictionaries/$target.dict" -max_total_time="$seconds" -rss_limit_mb=3000 -timeout=10 -print_final_stats=1
