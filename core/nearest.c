/* SPDX-License-Identifier: MIT */
/* The word that somebody meant who mistyped it. */
#include "core/option.h"

enum { LONGEST = 40 }; /* no name is longer; the table below is square in it */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;

    return smaller < c ? smaller : c;
}

/* Edit distance (insert, delete, replace, swap neighbours). */
static size_t edit_distance(nc_bytes a, nc_bytes b)
{
    size_t table[LONGEST + 1][LONGEST + 1];

    for (size_t i = 0; i <= a.len; i++)
        table[i][0] = i;
    for (size_t j = 0; j <= b.len; j++)
        table[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        for (size_t j = 1; j <= b.len; j++) {
            bool differ = a.ptr[i - 1] != b.ptr[j - 1];

            table[i][j] =
                least(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + differ);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                table[i][j] = least(table[i][j], table[i - 2][j - 2] + 1, table[i][j]);
        }
    }
    return table[a.len][b.len];
}

void nc_nearest_try(nc_nearest *nearest, nc_bytes candidate)
{
    if (nearest->word.len == 0 || nearest->word.len > LONGEST || candidate.len > LONGEST)
        return;
    size_t distance = edit_distance(nearest->word, candidate);

    if (distance > 1 + nearest->word.len / 4 || distance >= candidate.len)
        return;
    if (!nearest->best.len || distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

nc_bytes nc_nearest_hint(nc_job *job, const nc_nearest *nearest, const char *prefix)
{
    if (!nearest->best.len)
        return NC_LITERAL("");
    return nc_print(job, "; did you mean %s%.*s?", prefix, (int)nearest->best.len,
                    nearest->best.ptr);
}
