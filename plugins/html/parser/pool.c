/* SPDX-License-Identifier: MIT */
/* Memory that goes before the job does: blocks, each of which begins with the buffer that holds the
 * one before it. */
#include "plugins/html/parser/tree.h"

enum { FIRST_BLOCK = 4 * 1024, LARGEST_BLOCK = 64 * 1024, HEAD = (sizeof(nc_buf) + 15) & ~15 };

void *html_pool_take(html_pool *pool, size_t size)
{
    nc_buf *block = &pool->block;
    void *taken;

    if (block->capacity - block->len < size) {
        size_t next = block->capacity && block->capacity < LARGEST_BLOCK / 4 ? block->capacity * 4
                      : block->capacity                                      ? LARGEST_BLOCK
                                                                             : FIRST_BLOCK;
        nc_buf larger;

        nc_buf_open(&larger, pool->job);
        if (!nc_buf_reserve(&larger, next > size + HEAD ? next : size + HEAD))
            return NULL;
        memcpy(larger.ptr, block, sizeof *block);
        larger.len = HEAD;
        *block = larger;
    }
    taken = block->ptr + block->len;
    block->len += size;
    return memset(taken, 0, size);
}

void html_pool_close(html_pool *pool)
{
    while (pool->block.ptr) {
        nc_buf before;

        memcpy(&before, pool->block.ptr, sizeof before);
        nc_buf_close(&pool->block);
        pool->block = before;
    }
}
