#!/usr/bin/env bash
# Speaks the prompts of a manifest: prompts.sh MANIFEST OUTDIR
#
# MANIFEST (YAML, flat):          OUTDIR, as Asterisk plays it (8 kHz, mono, 16 bit):
#   prompts:
#     <id>:                         OUTDIR/zh/<id>.wav
#       zh: "text"                  OUTDIR/en/<id>.wav
#       en: "text"                  OUTDIR/spoken/zh/<id>.wav, …: a copy, whatever is played
#
# A placeholder voice (espeak-ng): replace it through cti-server (docs/ivr.md), whose recordings are
# left alone (a file .<id>.own beside them). Files that somebody else put there stay until their text
# changes. Only texts that are new or changed are spoken, prompts that have left the manifest are removed. Exit codes: 0 done, 1 failed, 2 wrong use or wrong manifest.
set -u -o pipefail

manifest="${1:-}"
out="${2:-}"
if [ $# -ne 2 ] || [ ! -f "$manifest" ]; then
  echo "prompts: expected prompts.sh MANIFEST OUTDIR; no manifest at '$manifest'" >&2
  exit 2
fi
for tool in espeak-ng sox; do
  command -v "$tool" >/dev/null || { echo "prompts: $tool is not installed (apt-get install espeak-ng sox)" >&2; exit 1; }
done

# One line per text: id <tab> language <tab> text. A line that is not understood is a fault.
list="$(awk -v q="'" '
  function fault(what) { printf "prompts: %s line %d: %s\n", FILENAME, FNR, what > "/dev/stderr"; bad = 1; exit 2 }
  /^[ \t]*(#.*)?$/ { next }
  /^prompts:[ \t]*(#.*)?$/ { open = 1; next }
  !open { next }
  /^[^ ]/ { open = 0; next }
  /^  [^ ].*:[ \t]*(#.*)?$/ {
    id = $0; sub(/^  /, "", id); sub(/:[ \t]*(#.*)?$/, "", id)
    gsub(/^["'"'"']|["'"'"']$/, "", id)
    if (id !~ /^[a-z0-9][a-z0-9_-]*$/) fault("the id \"" id "\"; expected small letters, digits, - and _")
    next
  }
  /^    (zh|en):/ {
    if (id == "") fault("a text before any id")
    language = substr($0, 5, 2); text = $0; sub(/^    (zh|en):[ \t]*/, "", text); sub(/[ \t]+$/, "", text)
    if (text ~ /^".*"$/) { text = substr(text, 2, length(text) - 2); gsub(/\\"/, "\"", text); gsub(/\\\\/, "\\", text) }
    else if (text ~ "^" q ".*" q "$") { text = substr(text, 2, length(text) - 2); gsub(q q, q, text) }
    else if (text ~ /^[|>"]/ || text == "") fault("a text in quotes on one line was expected, found: " text)
    printf "%s\t%s\t%s\n", id, language, text
    next
  }
  /^    [a-z]/ { next }
  { fault("expected <id>:, zh: or en:, found: " $0) }
' "$manifest")" || exit 2

rate=230 # words a minute: brisk, for a caller who hears it every day

mkdir -p "$out/zh" "$out/en" "$out/spoken/zh" "$out/spoken/en" || exit 1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
spoken=0
while IFS=$'\t' read -r id language text; do
  [ -n "$id" ] || continue
  target="$out/$language/$id.wav"
  echo "$out/$language/$id" >>"$work/wanted"
  copy="$out/spoken/$language/$id.wav"
  note="$out/$language/.$id.text"
  same="" && [ "$(cat "$note" 2>/dev/null)" = "$text @$rate" ] && same=yes
  if [ -n "$same" ] && [ ! -f "$copy" ] && [ -f "$target" ] && [ ! -f "$out/$language/.$id.own" ]; then
    # What was there before there were copies.
    cp "$target" "$copy.new" && mv "$copy.new" "$copy" || exit 1
  elif [ -z "$same" ] || [ ! -f "$copy" ]; then
    case "$language" in
      zh) voice=cmn ;;
      en) voice=en-us ;;
    esac
    if ! printf '%s' "$text" | espeak-ng -v "$voice" -s "$rate" --stdin -w "$work/speech.wav" 2>"$work/fault" ||
      ! sox "$work/speech.wav" -r 8000 -c 1 -b 16 "$work/prompt.wav" norm -3 2>"$work/fault"; then
      echo "prompts: $id ($language) could not be spoken: $(tail -n 1 "$work/fault")" >&2
      exit 1
    fi
    mv "$work/prompt.wav" "$copy.new" && mv "$copy.new" "$copy" || exit 1
    spoken=$((spoken + 1))
  fi
  if [ ! -f "$target" ] || { [ -z "$same" ] && [ ! -f "$out/$language/.$id.own" ]; }; then
    # Put in place whole, for a call may be playing it.
    cp "$copy" "$target.new" && mv "$target.new" "$target" || exit 1
  fi
  printf '%s' "$text @$rate" >"$note"
done <<<"$list"
touch "$work/wanted"
for file in "$out"/zh/*.wav "$out"/en/*.wav; do
  [ -f "$file" ] || continue
  text="$(dirname "$file")/.$(basename "$file" .wav).text"
  # Only what we made ourselves: a recording without its text file is somebody's.
  if [ -f "$text" ] && ! grep -qxF "${file%.wav}" "$work/wanted"; then
    rm -f "$file" "$text" "$out/spoken/${file#"$out/"}"
  fi
done
chmod -R a+rX "$out"
echo "prompts: $(wc -l <"$work/wanted") in $out, $spoken spoken now"
