/* SPDX-License-Identifier: Apache-2.0 */
/* The gazetteer's lists, by trust: the first that knows a name gives its type. */
#include "annotate/tables/tables.h"

#include <nuncio/annotation.h>

const nn_table_names nn_table_name_lists[] = {
    {NUNCIO_ENTITY_EVENT, nn_table_events},    {NUNCIO_ENTITY_ORGANISATION, nn_table_organisations},
    {NUNCIO_ENTITY_PLACE, nn_table_countries}, {NUNCIO_ENTITY_NATIONALITY, nn_table_nationalities},
    {NUNCIO_ENTITY_PLACE, nn_table_capitals},  {NUNCIO_ENTITY_PLACE, nn_table_regions},
    {NUNCIO_ENTITY_PLACE, nn_table_cities},    {NUNCIO_ENTITY_NONE, NULL},
};
