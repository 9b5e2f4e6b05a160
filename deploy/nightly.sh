#!/bin/sh
# Once a night: erase what is too old, renew the catalogue, back up. A step that fails is told of,
# and the others go on.
set -u
while :; do
  opastin privacy purge || echo "The purge failed." >&2
  if [ -n "${IMPORT_FORMAT:-}" ] && [ -n "${IMPORT_SOURCE:-}" ]; then
    opastin catalog import "$IMPORT_FORMAT" "$IMPORT_SOURCE" || echo "The import failed." >&2
  fi
  opastin backup --keep-days "${BACKUP_DAYS:-30}" || echo "The backup failed." >&2
  # A signal ends the waiting at once, since it is waited for in the background.
  sleep 86400 &
  wait $!
done
