#!/usr/bin/env bash
# Fetches the labelled repositories, each at its commit, into FOLDER; of each only what Git needs for that commit.
#   checkouts.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
tail -n +2 "$here/labels.tsv" | cut -f 3,4 | sort -u | while IFS=$'\t' read -r repository commit; do
  folder="$1/${repository//\//+}@${commit:0:10}"
  [ -d "$folder" ] && continue
  git init -q "$folder"
  if ! git -C "$folder" fetch -q --depth 1 "https://github.com/$repository" "$commit" || ! git -C "$folder" checkout -q FETCH_HEAD; then
    echo "$repository: not fetched" >&2
    rm -rf "$folder"
  fi
done
