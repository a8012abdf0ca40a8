/* SPDX-License-Identifier: MIT */
/* Plain text as newsrooms have it: paragraphs, a headline, lists and underlined headings. */
#include "plugins/text/text.h"

static const nc_option options[] = { NC_OPT_BOOL_RAW(
                                         "title", text_options, title, true, false,
                                         "take a first line that reads like one as the headline"),
                                     NC_OPT_BOOL_RAW("lists", text_options, lists, true, false,
                                                     "read lines with bullets or numbers as lists"),
                                     NC_OPT_BOOL_RAW("headings", text_options, headings, true,
                                                     false, "read underlined lines as headings"),
                                     NC_OPT_END };

/* Text is what remains when no other format claims the bytes: no zero bytes, but for those of
 * UTF-16. */
static int probe(nc_bytes head, const char *name)
{
    bool utf16 = head.len >= 2 &&
                 (memcmp(head.ptr, "\xff\xfe", 2) == 0 || memcmp(head.ptr, "\xfe\xff", 2) == 0);

    (void)name;
    return utf16 || !memchr(head.ptr, 0, head.len) ? NC_PROBE_FALLBACK : NC_PROBE_NO;
}

static nc_node *append_block(text_reader *r, nc_node *doc, nc_kind kind, nc_bytes text)
{
    nc_node *node;

    nc_at(r->job, (size_t)(text.ptr - r->all.ptr));
    node = nc_append(r->job, doc, nc_node_new(r->job, kind));
    nc_text(r->job, node, text);
    return node;
}

static void append_header(text_reader *r, nc_node *doc, int64_t level, nc_bytes text)
{
    nc_node *header = append_block(r, doc, NC_HEADER, text);

    if (header)
        header->level = level;
}

/* Under --raw a headline is a heading; otherwise it leaves the body and becomes the title, which
 * every writer prints. */
static void take_headline(text_reader *r, nc_node *doc, nc_bytes text, const char *evidence)
{
    nc_node *title;

    if (nc_job_settings(r->job)->raw) {
        append_header(r, doc, 1, text);
        return;
    }
    nc_at(r->job, (size_t)(text.ptr - r->all.ptr));
    title = nc_meta_set(r->job, doc->meta, NC_LITERAL("title"), NC_META_INLINES);
    nc_text(r->job, title, text);
    if (title)
        nc_decide(r->job, &(nc_decision){ .key = NC_LITERAL("title"),
                                          .value = text,
                                          .evidence = nc_string(evidence),
                                          .confidence = 0.9,
                                          .part = title->part,
                                          .offset = title->offset });
    nc_warn(r->job, title, NC_WARN_LIFTED, "headline moved from the text into the metadata");
}

/* The underline of `title`, if the next line is one; it is taken then. */
static char take_underline(text_reader *r, const line *title)
{
    nc_bytes rest = r->rest;
    line below;
    char c = '\0';

    if (r->options->headings && text_next_line(r, &rest, &below))
        c = text_underline(title, &below);
    if (c)
        r->rest = rest;
    return c;
}

/* Read the block that begins with `first`; `headline`: one is still looked for, and set to false
 * once it cannot come. */
static void read_block(text_reader *r, nc_node *doc, const line *first, bool *headline)
{
    char underline = take_underline(r, first);
    bool wanted = *headline;
    nc_bytes text;

    *headline = wanted && !underline && text_is_slug(first->text);
    if (*headline) {
        append_block(r, doc, NC_PARA, first->text);
    } else if (underline && wanted) {
        take_headline(r, doc, first->text, "the first line, underlined");
    } else if (underline) {
        append_header(r, doc, underline == '=' ? 1 : 2, first->text);
    } else if (r->options->lists && text_list_begins(r, first, r->rest)) {
        text_read_list(r, doc, first);
    } else {
        text = text_paragraph(r, first->text, *first);
        if (wanted && text_is_headline(r, text, r->rest))
            take_headline(r, doc, text, "the first line");
        else
            append_block(r, doc, NC_PARA, text);
    }
}

static nc_status read_text(nc_job *job, const void *given, nc_bytes in, nc_node *doc)
{
    const text_options *opt = given;
    text_reader r = { .job = job, .options = opt, .all = in, .rest = in };
    bool headline = opt->title;
    line next;

    if (!in.len)
        return nc_job_status(job);
    text_survey(&r);
    while (!nc_job_status(job) && text_next_line(&r, &r.rest, &next))
        if (next.text.len)
            read_block(&r, doc, &next, &headline);
    return nc_job_status(job);
}

static const nc_format text = {
    .name = "text",
    .title = "Plain text",
    .extensions = "txt text",
    .media_types = "text/plain",
    .options = options,
    .options_size = sizeof(text_options),
    .probe = probe,
    .read = read_text,
};

NC_PLUGIN(&text);
