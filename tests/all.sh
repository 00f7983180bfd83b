#!/usr/bin/env bash
# Every test there is. Installs what it needs and is missing: programs by apt-get, the browser tests' packages by npm.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

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

say "form"
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings

say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked --quiet

say "tests without a browser"
need strace strace
need curl curl
cargo test --locked

say "the sample dossier"
cargo build --release --locked
rm -rf target/browser-site
target/release/dossier build --output target/browser-site

say "tests in a browser"
need node nodejs
need npm npm
need java default-jre-headless
need chromium chromium
(cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent && npm test --silent)

say "all passed"
