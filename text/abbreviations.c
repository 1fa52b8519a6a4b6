/* SPDX-License-Identifier: Apache-2.0 */
#include "text/abbreviations.h"

#include <string.h>

/* Words between spaces, so that a look-up is one search for " word ". */
static const char TITLES[] =
    " Mr Mrs Ms Messrs Mmes Dr Prof Rev Hon Gen Lt Col Maj Capt Cmdr Cdr Sgt Cpl Pvt Adm Brig Amb "
    "Sen Rep Gov "
    "Pres Sec Supt Insp Fr St Ste Mt Ft vs approx cf viz Sra Srta Dra Lic Ing M MM Mme Mlle Me Mgr "
    "Hr Fr Frau Herr Dipl Univ Abg Min Sig Dott Avv On Sen ";
static const char NUMBERS[] =
    " No Nos Art Arts Sec Sect Ch Chap Fig Vol Vols p pp par para Para paras Res Doc Jan Feb Mar "
    "Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Nr Abs Bd num n\xc2\xba art janv f\xc3\xa9vr avr juil d\xc3\xa9"
    "c Okt Dez ";
static const char ANY[] = " Inc Ltd Co Corp Bros Jr Sr Esq Ph etc al est dept Dept Govt govt Assn "
                          "Ave Blvd Rd no S.A z.B bzw u.a d.h usw "
                          "Uds Ud EE.UU p.ej i.e e.g a.m p.m ";
static const char OPENERS[] =
    " The A An In On At By For From With As If But And Or So Yet He She It They We You I His Her "
    "Its Their Our My "
    "This That These Those There Here When While After Before Since Although Though However "
    "Meanwhile Asked What "
    "Who Why How Some Many Most Both Each Such No Not One Two To Of Le La Les Il Elle Ils On Un "
    "Une Des Ce Cette "
    "Mais Et Der Die Das Ein Eine Er Sie Es Wir Und Aber El Los Las Una Pero Y ";

static bool lists(const char *list, nuncio_str word)
{
    char padded[16];
    if (word.size == 0 || word.size > sizeof padded - 3) {
        return false;
    }
    padded[0] = ' ';
    memcpy(padded + 1, word.data, word.size);
    padded[word.size + 1] = ' ';
    padded[word.size + 2] = '\0';
    return strstr(list, padded) != NULL;
}

nn_abbreviation nn_abbreviation_of(nn_language language, nuncio_str word)
{
    (void)language;
    if (lists(TITLES, word)) {
        return NN_ABBREVIATION_TITLE;
    }
    if (lists(NUMBERS, word)) {
        return NN_ABBREVIATION_NUMBER;
    }
    return lists(ANY, word) ? NN_ABBREVIATION_ANY : NN_ABBREVIATION_NO;
}

bool nn_is_sentence_opener(nuncio_str word)
{
    return lists(OPENERS, word);
}
