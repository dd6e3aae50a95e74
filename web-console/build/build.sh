#!/usr/bin/env bash
# Builds the pages where a source is newer than they are: build/build.sh [build|test]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v npm >/dev/null 2>&1 || { echo "web-console: found no npm. Install Node.js 20.19 or newer with npm (Debian: apt-get install nodejs npm)." >&2; exit 1; }

# Packages, where the lock file is newer than what was installed by it.
if [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.installed
fi

newer_than() { # stamp: whether any source is newer
  [ ! -f "$1" ] || [ -n "$(find ../docs/api/openapi.yaml index.html try.html package.json vite.config.ts tsconfig.json build public src -type f ! -name 'openapi.d.ts' -newer "$1" -print -quit)" ]
}

case "${1:-build}" in
  build)
    newer_than dist/files.txt || exit 0
    npm run --silent types >/dev/null
    npm run --silent build -- --logLevel warn
    ;;
  test)
    newer_than dist/.tested || exit 0
    npm run --silent types >/dev/null
    npm run --silent check
    npm run --silent test
    touch dist/.tested
    ;;
  *) echo "web-console: '$1' is no step, expected build or test" >&2; exit 2 ;;
esac
