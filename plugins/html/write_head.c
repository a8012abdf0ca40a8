/* SPDX-License-Identifier: MIT */
/* The whole page: the values of the template, and the template. */
#include "core/template.h"
#include "plugins/html/write_news.h"

/* ---------------------------------------------------------------- metadata as HTML */

/* Metadata are written without breaking lines, and without notes, which would have no number. */
static void render_value(void *data, const nc_node *value, nc_buf *buf)
{
    html_writer *w = data;
    nc_wrap wrap = w->wrap;

    (void)buf;
    w->wrap = NC_WRAP_NONE;
    w->bare = w->fresh = true;
    html_render(w, value);
    w->bare = false;
    w->wrap = wrap;
}

/* What was written from `start` on, taken off the buffer. */
static nc_bytes taken(html_writer *w, size_t start)
{
    nc_bytes text = { "", 0 };

    if (w->buf->len > start)
        text = nc_copy(w->job, (nc_bytes){ w->buf->ptr + start, w->buf->len - start });
    w->buf->len = start;
    return text;
}

static nc_bytes escaped(html_writer *w, nc_bytes text)
{
    size_t start = w->buf->len;

    html_escape_quotes(w, text);
    return taken(w, start);
}

static bool is_set(const nc_node *values, const char *key)
{
    return nc_meta_value(values, nc_string(key)) != NULL;
}

/* Set a variable to escaped text, unless it is empty or the user has set it. */
static void set_text(html_writer *w, nc_node *values, const char *key, nc_bytes text)
{
    if (text.len && !is_set(values, key))
        nc_template_set(w->job, values, key, escaped(w, text));
}

/* Set a variable to a list of the texts of a list in the metadata. */
static void set_texts(html_writer *w, nc_node *values, const char *key, const nc_node *from)
{
    nc_node *list;

    if (!from || is_set(values, key))
        return;
    list = nc_meta_set(w->job, values, nc_string(key), NC_META_LIST);
    for (const nc_node *one = html_meta_first(from); one; one = html_meta_next(one)) {
        nc_bytes text = html_meta_plain(w->job, one);
        nc_node *item =
            text.len ? nc_append(w->job, list, nc_node_new(w->job, NC_META_STRING)) : NULL;
        if (item)
            item->text = escaped(w, text);
    }
}

/* ---------------------------------------------------------------- title and language */

/* The first words that the document has for a title. */
static nc_bytes found_title(html_writer *w, const nc_node *doc)
{
    nc_bytes name = nc_string(nc_job_name(w->job));
    const char *slash = name.len ? memrchr(name.ptr, '/', name.len) : NULL;
    const char *dot;

    for (const nc_node *block = doc->first; block && !nc_job_settings(w->job)->raw;
         block = block->next)
        if (block->kind == NC_HEADER)
            return nc_stringify(w->job, block);
    if (slash)
        name = (nc_bytes){ slash + 1, name.len - (size_t)(slash + 1 - name.ptr) };
    dot = name.len > 1 ? memrchr(name.ptr + 1, '.', name.len - 1) : NULL;
    if (dot)
        name.len = (size_t)(dot - name.ptr);
    if (nc_job_settings(w->job)->raw)
        nc_warn(w->job, NULL, NC_WARN_NO_TITLE, "a page needs a title: \"%.*s\" is used",
                (int)name.len, name.ptr);
    return name;
}

static void set_title(html_writer *w, nc_node *values, const nc_node *doc)
{
    nc_bytes title = html_meta_text(w->job, doc->meta, "title");

    if (!is_set(values, "pagetitle"))
        set_text(w, values, "pagetitle", title.len ? title : found_title(w, doc));
}

/* Languages that are written from right to left. */
static bool is_right_to_left(nc_bytes lang)
{
    static const char *const codes[] = { "ar", "arc", "ckb", "dv", "fa", "he",
                                         "ps", "sd",  "ug",  "ur", "yi" };
    size_t len = 0;

    while (len < lang.len && lang.ptr[len] != '-')
        len++;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (nc_is((nc_bytes){ lang.ptr, len }, codes[i]))
            return true;
    return false;
}

/* What a story's page has beyond pandoc's: a checked language, the line that names who wrote it,
 * facts in the head. */
static void set_news(html_writer *w, nc_node *values, const nc_node *doc)
{
    nc_bytes lang = html_meta_language(w->job, doc);
    bool given = nc_meta_value(nc_job_settings(w->job)->variables, NC_LITERAL("lang")) != NULL;
    const nc_node *byline = nc_meta_value(values, NC_LITERAL("byline"));
    size_t start = w->buf->len;

    if (is_set(values, "lang") && !given) {
        nc_template_set(w->job, values, "lang", lang);
        if (is_right_to_left(lang) && !is_set(values, "dir"))
            nc_template_set(w->job, values, "dir", NC_LITERAL("rtl"));
    }
    if (byline && byline->kind == NC_META_STRING && byline->text.len)
        nc_template_set(w->job, values, "by", byline->text);
    html_put_news_head(w, doc, lang);
    if (!is_set(values, "news-head"))
        nc_template_set(w->job, values, "news-head", taken(w, start));
}

/* The author of `$author$`, a copy: `by` is what the title block prints. */
static void set_by(html_writer *w, nc_node *values)
{
    const nc_node *author = nc_meta_value(values, NC_LITERAL("author"));
    nc_node *by =
        author ? nc_meta_set(w->job, values, NC_LITERAL("by"), (nc_kind)author->kind) : NULL;

    if (!by)
        return;
    nc_append(w->job, by->parent, nc_clone(w->job, author));
    nc_detach(by);
}

static void set_contents(html_writer *w, nc_node *values, const nc_node *doc)
{
    size_t start = w->buf->len;
    bool any;

    if (!nc_job_settings(w->job)->toc)
        return;
    any = html_contents(w, doc);
    if (any) {
        nc_template_set(w->job, values, "table-of-contents", taken(w, start));
        nc_template_set(w->job, values, "toc", NC_LITERAL("true"));
    }
    w->buf->len = start;
}

static nc_node *page_values(html_writer *w, const nc_node *doc)
{
    nc_node *values = nc_template_values(w->job, doc, render_value, w, w->buf);
    const nc_node *meta = doc->meta;

    if (!values)
        return NULL;
    set_title(w, values, doc);
    set_texts(w, values, "author-meta", nc_meta_value(meta, NC_LITERAL("author")));
    set_texts(w, values, "keywords-meta", nc_meta_value(meta, NC_LITERAL("keywords")));
    set_text(w, values, "date-meta", html_meta_text(w->job, meta, "date"));
    set_text(w, values, "description-meta", html_meta_text(w->job, meta, "description"));
    if (is_set(values, "abstract") && !is_set(values, "abstract-title"))
        nc_template_set(w->job, values, "abstract-title", NC_LITERAL("Abstract"));
    if (!is_set(values, "by"))
        set_by(w, values);
    set_contents(w, values, doc);
    if (!nc_job_settings(w->job)->raw)
        set_news(w, values, doc);
    return values;
}

/* ---------------------------------------------------------------- the page */

typedef struct page {
    html_writer *w;
    const nc_node *doc;
} page;

static void put_body(void *data, nc_buf *buf)
{
    const page *p = data;
    html_writer *w = p->w;

    w->fresh = true;
    w->note_count = 0;
    w->line = w->measured = buf->len;
    w->gap = w->width = 0;
    html_body(w, p->doc);
}

nc_status html_standalone(html_writer *w, const nc_node *doc)
{
    const nc_template *compiled = nc_template_chosen(w->job, nc_string(html_template), "html");
    page p = { w, doc };
    nc_template_context context = { page_values(w, doc), put_body, &p };

    nc_template_apply(w->job, compiled, &context, w->buf);
    if (w->buf->len && w->buf->ptr[w->buf->len - 1] != '\n')
        nc_put_char(w->buf, '\n');
    return nc_job_status(w->job);
}
