#!/bin/sh
# The container's first program. A mounted volume belongs to root at first: hand it to the bot's own user, then become
# that user for good. Started as any other user (docker run --user …), it only runs what it is told.
set -eu
user="${RUN_AS:-planthread}"

if [ "$(id -u)" -ne 0 ]; then
    exec "$@"
fi

mkdir -p "$PLANTHREAD_DATA"
chown "$user:" "$PLANTHREAD_DATA"
exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --no-new-privs -- "$@"
