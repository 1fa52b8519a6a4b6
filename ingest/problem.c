/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/ingest.h"

static const struct {
    const char *name;
    nn_problem_effect effect;
} kinds[NN_PROBLEM_KINDS] = {
    [NN_PROBLEM_NOT_FOUND] = {"not-found", NN_EFFECT_FILE_LOST},
    [NN_PROBLEM_UNREADABLE] = {"unreadable", NN_EFFECT_FILE_LOST},
    [NN_PROBLEM_FORMAT] = {"format", NN_EFFECT_FILE_LOST},
    [NN_PROBLEM_DAMAGED] = {"damaged", NN_EFFECT_FILE_LOST},
    [NN_PROBLEM_GAVE_UP] = {"gave-up", NN_EFFECT_FILE_LOST},
    [NN_PROBLEM_EMPTY_FILE] = {"empty-file", NN_EFFECT_KEPT},
    [NN_PROBLEM_NO_ARTICLES] = {"no-articles", NN_EFFECT_KEPT},
    [NN_PROBLEM_TOO_LONG] = {"too-long", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_TOO_LARGE] = {"too-large", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_NOT_JSON] = {"not-json", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_NOT_OBJECT] = {"not-object", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_NO_ID] = {"no-id", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_BAD_ID] = {"bad-id", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_NO_TEXT] = {"no-text", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_BAD_TEXT] = {"bad-text", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_REFUSED] = {"refused", NN_EFFECT_ARTICLE_LOST},
    [NN_PROBLEM_BAD_DATE] = {"bad-date", NN_EFFECT_KEPT},
    [NN_PROBLEM_BAD_FIELD] = {"bad-field", NN_EFFECT_KEPT},
    [NN_PROBLEM_REPAIRED] = {"repaired", NN_EFFECT_KEPT},
    [NN_PROBLEM_DUPLICATE_ID] = {"duplicate-id", NN_EFFECT_KEPT},
    [NN_PROBLEM_BAD_SIDECAR] = {"bad-sidecar", NN_EFFECT_KEPT},
    [NN_PROBLEM_LONG_TITLE] = {"long-title", NN_EFFECT_KEPT},
};

const char *nn_problem_kind_name(nn_problem_kind kind)
{
    return kinds[kind].name;
}

nn_problem_effect nn_problem_kind_effect(nn_problem_kind kind)
{
    return kinds[kind].effect;
}
