/* SPDX-License-Identifier: MIT */
/* Run by the build: opens the modules that are named on the command line and prints one line for
 * each format in them, from which newsconv knows what there is without opening a module. Fields
 * are apart by tabs:
 *
 *     name  module  letters  aliases  extensions  media types  title
 *
 * letters: r reads, w writes, p probes, b binary, d decided, k book (nc_format.flags). */
#include "core/plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void print_format(const nc_format *format, const char *module, int length)
{
    printf("%s\t%.*s\t%s%s%s%s%s%s\t%s\t%s\t%s\t%s\n", format->name, length, module,
           format->read ? "r" : "", format->write ? "w" : "", format->probe ? "p" : "",
           format->flags & NC_FORMAT_BINARY ? "b" : "",
           format->flags & NC_FORMAT_DECIDED ? "d" : "", format->flags & NC_FORMAT_BOOK ? "k" : "",
           or_empty(format->aliases), or_empty(format->extensions), or_empty(format->media_types),
           or_empty(format->title));
}

static int print_module(const char *path)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const nc_plugin_info *info = module ? dlsym(module, "nc_plugin") : NULL;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    if (!info || info->abi != NC_PLUGIN_ABI) {
        fprintf(stderr, "format-index: %s: %s\n", path,
                module ? "not a plugin of this ABI" : dlerror());
        return EXIT_FAILURE;
    }
    for (const nc_format *const *format = info->formats; *format; format++)
        print_format(*format, name, (int)strcspn(name, "."));
    return EXIT_SUCCESS;
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++)
        if (print_module(arguments[i]) != EXIT_SUCCESS)
            return EXIT_FAILURE;
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
