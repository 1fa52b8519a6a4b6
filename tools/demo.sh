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
    index | stats) "$nuncio" "$verb" "$@" ;;
    *) "$nuncio" "$verb" --color="$color" "$@" ;;
    esac
}

rm -rf "$NUNCIO_INDEX"
say "An archive of 78 articles from nine outlets of an invented half-year:"
run index samples/

say "Words in any inflection, ranked by BM25; what matched, and who says it:"
run search -k 2 suspended treaty inspections

say "Who said what: quotes are found and ranked as such, their speaker under each spelling of the name:"
run quotes -k 5 --speaker Volkonin manners

say "A name finds every form of who is meant, a phrase any marks; places, dates, outlets, one passage:"
run search -k 1 'person:"Sergey Volkonin" "good manners" date:2031-03'
run search -k 1 'source:"Northern Ledger" date:2031-03 PASSAGE(guards AND bridge)'

say "Who is named in a result, and the trail of one of them through the archive:"
run entities --limit 6 'grain corridor'
run entities --limit 4 --of Volkonin

say "What the desk knows better is a line in a file, true from the next search on:"
printf '\n$ cat samples/overrides.example\n'
grep -v -e '^#' -e '^$' samples/overrides.example
run entities --overrides samples/overrides.example --limit 3 --of "Minister Çavdaroğlu"

say "A whole result by outlet, month and speaker:"
run facets --limit 4 --by source,month,speaker 'grain corridor'

say "What it takes:"
run stats

say "Try your own:  build/release/bin/nuncio search -i $NUNCIO_INDEX 'prisoner exchange'"
