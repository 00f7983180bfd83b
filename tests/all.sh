#!/usr/bin/env bash
# Every test there is. Installs what it needs and is missing: programs by apt-get, cargo-deny by cargo, packages of the browser tests by npm, a
# server for the tests of publishing by pip.
set -euo pipefail
cd "$(dirname "$0")/.."

# say WHAT: what comes now, and after how many minutes.
say() { printf '\n== %s (%d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# Every feature is looked at and tested, publishing to a bucket too; the release has those that one gets without asking.
all="--features publish-s3"

# need PROGRAM PACKAGE: the program, from the system's package of that name where it is missing.
need() {
  command -v "$1" >/dev/null && return
  say "installing $2"
  if command -v apt-get >/dev/null; then
    local as=""
    [ "$(id -u)" = 0 ] || as=sudo
    $as apt-get update -qq && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null || true
  fi
  command -v "$1" >/dev/null || { echo "\`$1\` is missing and could not be installed: install it and run this again" >&2; exit 1; }
}

# need_package PACKAGE: a package that brings no program.
need_package() {
  local as=""
  [ "$(id -u)" = 0 ] || as=sudo
  $as apt-get update -qq && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# The release takes longest, and half of that on one core. So it is built beside what only reads the code: nothing there has a clock.
release=target/release-build.txt
mkdir -p target
cargo build --release --locked >"$release" 2>&1 &
building=$!
trap 'kill $building 2>/dev/null || true' EXIT

say "form"
cargo fmt --check
cargo clippy --all-targets --locked $all -- -D warnings
# Only looked at, not linked: the fuzzer itself, which is C++, need not be there.
CUSTOM_LIBFUZZER_PATH=/nowhere/libfuzzer.a cargo check --manifest-path fuzz/Cargo.toml --locked --target-dir target

say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked --quiet $all

say "what the program is built from"
# Without optimisation it is there in half the time, and as quick at what it does.
command -v cargo-deny >/dev/null || { say "installing cargo-deny"; cargo install cargo-deny --version 0.20.2 --locked --debug --quiet; }
cargo deny --locked check licenses bans sources
if timeout 120 cargo deny --locked fetch db 2>/dev/null; then
  cargo deny --locked --offline check advisories
else
  echo "*** NOT CHECKED: known advisories, whose database cannot be reached from here ***"
fi

say "the tests are built"
cargo test --locked --no-run $all

say "the release"
wait $building || { cat "$release" >&2; exit 1; }
trap - EXIT
# Without the features that have to be asked for, nothing may be left over, and a bucket says how to get it.
if grep -q '^warning' "$release"; then
  cat "$release" >&2
  exit 1
fi
tail -1 "$release"
mkdir -p target/bucket/content
printf 'title = "A"\nbase_url = "https://example.org/"\n[publish.live]\nbucket = "s3://site"\n' >target/bucket/site.toml
status=0
told=$(target/release/dossier publish --root target/bucket 2>&1) || status=$?
if [ "$status" != 2 ] || ! grep -q -- '--features publish-s3' <<<"$told"; then
  echo "it does not say how to get buckets, and end with 2, but with $status: $told" >&2
  exit 1
fi

say "tests without a browser"
need strace strace
need curl curl
need rsync rsync
need git git
need python3 python3
# A server for the tests of publishing to a bucket.
if [ ! -x target/moto/bin/moto_server ]; then
  python3 -c 'import ensurepip' 2>/dev/null || need_package python3-venv
  python3 -m venv target/moto
  target/moto/bin/pip install --quiet --disable-pip-version-check -r tests/publish/requirements.txt
fi
cargo test --locked $all

say "hosts"
need nginx nginx-light
need apache2 apache2
python3 tests/hosts.py target/debug/dossier
target/moto/bin/python -c 'import glob, yaml; [yaml.safe_load(open(name)) for name in glob.glob("docs/ci/*.yml")]'

say "the sample dossier"
rm -rf target/browser-site
target/release/dossier build --output target/browser-site

say "instructions of a build"
need valgrind valgrind
benches/instructions.sh target/release/dossier $all

say "tests in a browser"
need node nodejs
need npm npm
need java default-jre-headless
need chromium chromium
need pdftotext poppler-utils
# The faces that pages.test.js tries.
for face in noto-core roboto liberation; do need_package "fonts-$face"; done
# Two files at a time, but those that have a clock: `*.alone.js`.
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent && npm test --silent)

say "all passed"
