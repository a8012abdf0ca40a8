/* SPDX-License-Identifier: MIT */
/* The bundled formats of a static build, in which nc_plugin has another name in each. */
#include "core/library.h"

#define NC_FORMAT(name) extern const nc_plugin_info nc_plugin_##name;
#include "plugins/formats.def"
#undef NC_FORMAT

const nc_plugin_info *const nc_linked_plugins[] = {
#define NC_FORMAT(name) &nc_plugin_##name,
#include "plugins/formats.def"
#undef NC_FORMAT
    NULL
};
