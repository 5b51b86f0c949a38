# What every script here needs first: a Python 3.11 or newer, a `.venv`, and what pyproject.toml asks for.
# Sourced, not run. A stamp keeps a hash of what was installed, so that a second start installs nothing.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
unset PYTHONDONTWRITEBYTECODE  # Or every start would compile the whole town anew.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

make_venv() {
  local python
  python="$(find_python)" ||
    stop "Mashang needs Python 3.11 or newer: on Debian 12 or Ubuntu 24.04, apt-get install python3 python3-venv."
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    stop "Python's venv module is missing: on Debian or Ubuntu, apt-get install python3-venv, then run this again."
  say "Making .venv with $("$python" --version) …"
  "$python" -m venv --clear "$VENV"
}

# install EXTRAS: makes .venv hold this checkout with those extras ("" or "[test]"), or does nothing.
install() {
  local extras="$1" stamp="$VENV/installed${1//[^a-z]/-}" wanted
  wanted="$ROOT $(sha256sum "$ROOT/pyproject.toml" 2>/dev/null || shasum -a 256 "$ROOT/pyproject.toml")"
  if [ -x "$VENV/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  # A virtual environment knows its own place; one that was moved with its folder is made anew.
  if ! [ -x "$VENV/bin/python" ] || ! grep -qF "$VENV" "$VENV/bin/activate" 2>/dev/null; then
    make_venv
  fi
  say "Installing what Mashang needs (once; about a minute) …"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$ROOT$extras" ||
    stop "Installing failed; the lines above say why. Mashang needs the Python package registry once."
  printf '%s' "$wanted" >"$stamp"
}
