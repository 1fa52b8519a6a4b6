#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Indexes samples/ into a fresh index and runs the searches that show what nuncio does.
# usage: tools/demo.sh     (from ./dev demo, which builds first)
set -euo pipefail
cd "$(dirname "$0")/.."
nuncio=build/release/bin/nuncio
export NUNCIO_INDEX=build/demo-index
color=always
[ -n "${NO_COLOR:-}" ] && color=never

say() { printf '\n%s\n' "$*"; }

# Prints the command as one would type it, then runs it in colour.
run() {
    local words=() word
    for word in "$@"; do
        case $word in
        *[\ \"\(\)\*]*) words+=("'$word'") ;;
        *) words+=("$word") ;;
        esac
    done
    printf '\n$ nuncio %s\n' "${words[*]}"
    local verb=$1
    shift
    case $verb in
    search | show) "$nuncio" "$verb" --color="$color" "$@" ;;
    *) "$nuncio" "$verb" "$@" ;;
    esac
}

rm -rf "$NUNCIO_INDEX"
say "An archive of 78 articles from nine outlets of an invented half-year:"
run index samples/

say "Words in any inflection, ranked by BM25; the quotes with their speakers, the names:"
run search -k 3 suspended treaty inspections

say "A phrase marks the phrase; curly, straight and broken marks all read:"
run search -k 2 '"grain corridor" AND renewed'

say "Accents and spellings do not matter to a word, a +word must be in the article, a -word must not:"
run search -k 2 '+Cavdaroglu corridor -sanctions'

say "Within one source, one month, one passage:"
run search -k 2 'source:"Northern Ledger" date:2031-03 PASSAGE(guards AND bridge)'

say "What is in it:"
run stats

say "Try your own:  build/release/bin/nuncio search -i $NUNCIO_INDEX 'prisoner exchange'"
