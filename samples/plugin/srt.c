/* SPDX-License-Identifier: MIT */
/* SubRip subtitles (.srt): numbered cues, each a line with two times and one or more lines of text.
 * Cues that follow each other without a pause become one paragraph. */
#include "core/plugin.h"

typedef struct srt_options {
    bool times;    /* each cue on its own, with its times */
    int64_t pause; /* milliseconds without text that end a paragraph */
} srt_options;

static const nc_option options[] = {
    NC_OPT_BOOL("times", srt_options, times, false, "keep each cue apart, with its times"),
    NC_OPT_INT("pause", srt_options, pause, 2000, 0, 3600000, "milliseconds that end a paragraph"),
    NC_OPT_END
};

typedef struct cue {
    nc_bytes start, end; /* as they are written */
    int64_t from, to;    /* milliseconds */
} cue;

/* Cut the next line, without its end, off `in`. */
static bool next_line(nc_bytes *in, nc_bytes *line)
{
    if (in->len == 0)
        return false;
    const char *feed = memchr(in->ptr, '\n', in->len);
    size_t len = feed ? (size_t)(feed - in->ptr) : in->len;
    size_t step = feed ? len + 1 : len;

    *line = (nc_bytes){ in->ptr, len };
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    *in = (nc_bytes){ in->ptr + step, in->len - step };
    return true;
}

/* Read "00:01:02,500" at *at as milliseconds; -1 if it is no time. */
static int64_t read_time(nc_bytes line, size_t *at)
{
    static const char shape[] = "00:00:00,000";
    static const int32_t worth[] = { 36000000, 3600000, 0, 600000, 60000, 0,
                                     10000,    1000,    0, 100,    10,    1 };
    int64_t time = 0;

    if (line.len - *at < sizeof(shape) - 1)
        return -1;
    for (size_t i = 0; shape[i]; i++, ++*at) {
        char c = line.ptr[*at];
        if (shape[i] == '0' ? c < '0' || c > '9' : c != shape[i] && !(shape[i] == ',' && c == '.'))
            return -1;
        time += (c - '0') * worth[i];
    }
    return time;
}

/* Read "00:00:01,000 --> 00:00:04,000". */
static bool read_times(nc_bytes line, cue *found)
{
    static const char arrow[] = " --> ";
    size_t at = 0, length = sizeof(arrow) - 1;

    found->from = read_time(line, &at);
    found->start = (nc_bytes){ line.ptr, at };
    if (found->from < 0 || line.len - at < length || memcmp(line.ptr + at, arrow, length) != 0)
        return false;
    at += length;
    found->end.ptr = line.ptr + at;
    found->to = read_time(line, &at);
    found->end.len = (size_t)(line.ptr + at - found->end.ptr);
    return found->to >= 0;
}

typedef struct tag {
    const char *text;
    nc_kind kind;
    bool closes;
} tag;

/* The tag that `text` begins with, NULL for none. */
static const tag *find_tag(nc_bytes text)
{
    static const tag tags[] = {
        { "<i>", NC_EMPH, false },   { "</i>", NC_EMPH, true },      { "<b>", NC_STRONG, false },
        { "</b>", NC_STRONG, true }, { "<u>", NC_UNDERLINE, false }, { "</u>", NC_UNDERLINE, true },
    };

    for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
        size_t len = strlen(tags[i].text);
        if (text.len >= len && memcmp(text.ptr, tags[i].text, len) == 0)
            return &tags[i];
    }
    return NULL;
}

/* Where text goes behind a tag: into a new node, or into the parent of the one that it closes. */
static nc_node *follow_tag(nc_job *job, nc_node *open, const tag *found)
{
    if (!found->closes)
        return nc_append(job, open, nc_node_new(job, found->kind));
    return open && open->kind == found->kind ? open->parent : open;
}

/* Append one line of a cue. Tags left open end with the line. */
static void append_line(nc_job *job, nc_node *para, nc_bytes line)
{
    nc_node *open = para;
    size_t from = 0, at = 0;

    if (para && para->first)
        nc_text(job, para, NC_LITERAL("\n"));
    while (at < line.len) {
        const tag *found = find_tag((nc_bytes){ line.ptr + at, line.len - at });
        if (found) {
            nc_text(job, open, (nc_bytes){ line.ptr + from, at - from });
            open = follow_tag(job, open, found);
            from = at + strlen(found->text);
        }
        at = found ? from : at + 1;
    }
    nc_text(job, open, (nc_bytes){ line.ptr + from, at - from });
}

/* The block that holds a cue with its times. */
static nc_node *new_cue(nc_job *job, nc_node *doc, const cue *now)
{
    nc_bytes class = NC_LITERAL("cue");
    nc_pair times[] = { { NC_LITERAL("start"), now->start }, { NC_LITERAL("end"), now->end } };
    nc_node *div = nc_append(job, doc, nc_node_new(job, NC_DIV));

    if (div)
        div->attr = nc_attr_new(job, NC_LITERAL(""), &class, 1, times, 2);
    return div;
}

static int probe(nc_bytes head, const char *name)
{
    nc_bytes line;
    cue first;

    (void)name;
    while (next_line(&head, &line) && line.len <= 40) {
        if (read_times(line, &first))
            return NC_PROBE_LIKELY;
    }
    return NC_PROBE_NO;
}

static nc_status read_srt(nc_job *job, const void *given, nc_bytes in, nc_node *doc)
{
    const srt_options *opt = given;
    const char *start = in.ptr;
    cue last = { .to = -1 }, now;
    nc_node *para = NULL;
    nc_bytes line;
    bool in_text = false;

    while (next_line(&in, &line)) {
        nc_at(job, (size_t)(line.ptr - start));
        if (read_times(line, &now)) {
            if (opt->times || !para || now.from - last.to >= opt->pause)
                para = nc_append(job, opt->times ? new_cue(job, doc, &now) : doc,
                                 nc_node_new(job, NC_PARA));
            last = now;
            in_text = true;
        } else if (line.len == 0) {
            in_text = false;
        } else if (in_text) {
            append_line(job, para, line);
        }
    }
    if (last.to < 0 && start != in.ptr)
        return nc_fail(job, NC_EINPUT,
                       "no subtitles: not one line like 00:00:01,000 --> 00:00:04,000");
    return nc_job_status(job);
}

static const nc_format srt = {
    .name = "srt",
    .title = "SubRip subtitles",
    .extensions = "srt",
    .media_types = "application/x-subrip",
    .options = options,
    .options_size = sizeof(srt_options),
    .probe = probe,
    .read = read_srt,
};

NC_PLUGIN(&srt);
