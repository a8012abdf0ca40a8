/* SPDX-License-Identifier: MIT */
/* What the user says wins: metadata that the user set are as before after each news script. */
#include "core/lua/value.h"

nc_node *protect_metadata(lua_host *host)
{
    const char *const *key = host->context->protected_keys;
    nc_node *kept = nc_node_new(host->job, NC_META_MAP);

    for (; key && *key; key++) {
        nc_node *value = nc_meta_value(host->document->meta, nc_string(*key));
        nc_node *place = value ? nc_meta_set(host->job, kept, nc_string(*key), NC_META_BOOL) : NULL;
        nc_node *entry = place ? place->parent : NULL;

        if (entry) {
            nc_detach(place);
            nc_append(host->job, entry, nc_clone(host->job, value));
        }
    }
    return kept;
}

void restore_metadata(lua_host *host, nc_node *kept)
{
    nc_node *entry = kept ? kept->first : NULL, *map = host->document->meta;

    for (; entry; entry = entry->next) {
        nc_node *value = nc_meta_value(map, entry->text), *place;

        if (value && nc_equal(value, entry->first))
            continue;
        place = nc_meta_set(host->job, map, entry->text, NC_META_BOOL);
        value = place ? place->parent : NULL;
        nc_detach(place);
        nc_append(host->job, value, nc_detach(entry->first));
    }
}
