#!/bin/sh
# Finds any Python 3.8+ that really runs (a pyenv shim may exist and refuse) and hands over to setup.py.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

for python in python3.13 python3.12 python3.14 python3 python /usr/bin/python3 /usr/local/bin/python3 \
    "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}"/versions/3.*/bin/python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
        exec "$python" "$here/setup.py" "$@"
    fi
done

echo "setup: no Python 3.8 or newer runs on this machine; install one (Debian: apt-get install python3) and try again" >&2
exit 1
