/* SPDX-License-Identifier: MIT */
/* Finding the story in a page: the element in which most good text stands together, without what
 * its tags, roles and class names say is something else. "Good" is a block of some length that is
 * not mostly links.
 *
 * Elements are numbered in the order of the page, so sums over what is in an element are made in
 * one pass from the end. */
#include "plugins/html/article.h"

enum {
    INDEX_SHIFT = 8, /* an element's number stands in its mark above the flags */
    MAX_ELEMENTS = 1 << 24,
    GOOD_LENGTH = 80, /* bytes of text */
    STORY_LENGTH = 400
};

typedef struct part {
    dom_node *node;
    uint32_t parent, block;   /* numbers; `block` the nearest block, itself included */
    uint32_t own, linked;     /* bytes of text whose nearest block this is; those in links */
    uint32_t all, all_linked; /* of all text in it */
    uint32_t good;            /* bytes of good text in it */
    float score;
    uint8_t hint; /* html_hint */
    bool in_link, noise, sentence;
} part;

typedef struct story {
    html_reader *reader;
    part *parts;
    size_t count;
    nc_bytes headline;
    size_t taken, blocks;
    bool evidence;
} story;

/* ---------------------------------------------------------------- measuring */

static size_t index_of(const dom_node *node)
{
    return *dom_mark((dom_node *)(uintptr_t)node) >> INDEX_SHIFT;
}

static size_t count_elements(const dom_node *root)
{
    size_t count = 0;

    for (const dom_node *node = root; node; node = dom_following(root, node, false))
        count += dom_node_kind(node) == DOM_ELEMENT;
    return count;
}

static bool ends_sentence(nc_bytes text)
{
    static const char *const ends[] = { ".",
                                        "!",
                                        "?",
                                        "\"",
                                        ":",
                                        "\xE2\x80\x9D",
                                        "\xE2\x80\x9C",
                                        "\xC2\xBB",
                                        "\xE3\x80\x82",
                                        "\xE0\xA5\xA4",
                                        "\xE2\x80\xA6" };

    text = html_trimmed(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);

        if (text.len >= len && memcmp(text.ptr + text.len - len, ends[i], len) == 0)
            return true;
    }
    return false;
}

static size_t visible_length(nc_bytes text)
{
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++)
        len += !html_is_space(text.ptr[i]) || (i && !html_is_space(text.ptr[i - 1]));
    return html_is_blank(text) ? 0 : len;
}

static void measure_text(story *s, const dom_node *text)
{
    const part *in = &s->parts[index_of(dom_parent(text))];
    part *block = &s->parts[in->block];
    uint32_t len = (uint32_t)visible_length(dom_text(text));

    if (!len)
        return;
    block->own += len;
    block->linked += in->in_link ? len : 0;
    block->sentence = ends_sentence(dom_text(text));
}

static void measure_element(story *s, dom_node *node, size_t index)
{
    part *at = &s->parts[index];
    dom_tag tag = dom_node_tag(node);

    *at = (part){ .node = node };
    *dom_mark(node) =
        (*dom_mark(node) & ((1u << INDEX_SHIFT) - 1)) | (uint32_t)(index << INDEX_SHIFT);
    at->parent = index ? (uint32_t)index_of(dom_parent(node)) : 0;
    at->block = dom_tags[tag].content >= DOM_IS_BLOCK || !index ? (uint32_t)index
                                                                : s->parts[at->parent].block;
    at->in_link = tag == DOM_A || tag == DOM_BUTTON || (index && s->parts[at->parent].in_link);
    at->hint = (uint8_t)html_hint_of(node);
}

static void measure(story *s)
{
    dom_node *root = s->reader->document.root;
    size_t index = 0;

    for (dom_node *node = root; node; node = dom_following(root, node, false))
        if (dom_node_kind(node) == DOM_TEXT)
            measure_text(s, node);
        else
            measure_element(s, node, index++);
    for (size_t i = s->count; i > 0; i--) {
        part *at = &s->parts[i - 1];

        at->all += at->own;
        at->all_linked += at->linked;
        if (i > 1) {
            s->parts[at->parent].all += at->all;
            s->parts[at->parent].all_linked += at->all_linked;
        }
    }
}

/* ---------------------------------------------------------------- good text and noise */

static bool is_good(const part *at)
{
    dom_tag tag = dom_node_tag(at->node);

    if (at->noise || at->linked * 3 > at->own || (tag >= DOM_H1 && tag <= DOM_H6))
        return false;
    return at->own >= GOOD_LENGTH || (tag == DOM_P && at->sentence && at->own >= 30);
}

/* Good bytes in each element, and a score that is highest where good blocks meet. */
static void sum_up(story *s)
{
    for (size_t i = 0; i < s->count; i++) {
        s->parts[i].good = is_good(&s->parts[i]) ? s->parts[i].own : 0;
        s->parts[i].score = (float)s->parts[i].good;
    }
    for (size_t i = s->count; i > 1; i--) {
        part *at = &s->parts[i - 1], *parent = &s->parts[at->parent];

        if (at->hint == HTML_STORY)
            at->score *= 1.5f;
        parent->good += at->good;
        parent->score += at->score * (at->block == i - 1 ? 0.6f : 1.0f);
    }
}

static bool is_noise_tag(dom_tag tag)
{
    switch (tag) {
    case DOM_NAV:
    case DOM_ASIDE:
    case DOM_FOOTER:
    case DOM_FORM:
    case DOM_BUTTON:
    case DOM_SELECT:
    case DOM_TEXTAREA:
    case DOM_NOSCRIPT:
    case DOM_TEMPLATE:
    case DOM_HEAD:
    case DOM_SVG:
    case DOM_INPUT:
    case DOM_MENU:
    case DOM_LABEL:
    case DOM_FIELDSET:
    case DOM_OBJECT:
    case DOM_EMBED:
    case DOM_CANVAS:
    case DOM_STYLE:
    case DOM_SCRIPT:
    case DOM_DIR: return true;
    default: return false;
    }
}

static bool is_noise_role(nc_bytes role)
{
    static const char *const roles[] = { "navigation", "complementary", "banner",  "contentinfo",
                                         "search",     "dialog",        "alert",   "alertdialog",
                                         "menu",       "menubar",       "toolbar", "tablist" };

    for (size_t i = 0; role.len && i < sizeof roles / sizeof *roles; i++)
        if (nc_is(role, roles[i]))
            return true;
    return false;
}

static bool is_invisible(const dom_node *node)
{
    return dom_value(node, "hidden").ptr || nc_is(dom_value(node, "aria-hidden"), "true") ||
           nc_is(html_css_value(dom_value(node, "style"), "display"), "none");
}

/* What the element says that it is; but what holds half of the good text of the page is no noise.
 */
static bool says_noise(const story *s, const part *at)
{
    if (at->good * 2 > s->parts[0].good && at->good > GOOD_LENGTH)
        return dom_node_tag(at->node) == DOM_HEAD;
    return is_noise_tag(dom_node_tag(at->node)) || is_noise_role(dom_value(at->node, "role")) ||
           is_invisible(at->node) || at->hint == HTML_NOISE ||
           (at->hint == HTML_BYLINE && at->all < 1200);
}

static void mark_noise(story *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->parts[i].noise =
            (i && s->parts[s->parts[i].parent].noise) || says_noise(s, &s->parts[i]);
}

/* ---------------------------------------------------------------- choosing the container */

static size_t best_element(const story *s)
{
    size_t best = 0;

    for (size_t i = 1; i < s->count; i++)
        if (s->parts[i].block == i && !s->parts[i].noise &&
            dom_node_tag(s->parts[i].node) != DOM_BODY &&
            (!best || s->parts[i].score > s->parts[best].score))
            best = i;
    return best;
}

/* Up from the best element while a good deal more good text comes with it. */
static size_t widen(const story *s, size_t at)
{
    size_t chosen = at;

    for (size_t up = s->parts[at].parent; up; up = s->parts[up].parent) {
        const part *wider = &s->parts[up], *so_far = &s->parts[chosen];
        dom_tag tag = dom_node_tag(wider->node);

        if (tag == DOM_BODY || tag == DOM_HTML)
            break;
        if (so_far->hint == HTML_STORY && so_far->good > STORY_LENGTH && wider->hint != HTML_STORY)
            break;
        if ((wider->good > so_far->good + so_far->good / 8 && wider->all_linked * 2 < wider->all) ||
            (wider->hint == HTML_STORY && wider->good > so_far->good))
            chosen = up;
    }
    return chosen;
}

/* ---------------------------------------------------------------- evidence */

static bool names_article(nc_bytes script)
{
    static const char *const types[] = { "NewsArticle\"", "\"Article\"", "BlogPosting\"",
                                         "ReportageNewsArticle\"" };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (script.len && memmem(script.ptr, script.len, types[i], strlen(types[i])))
            return true;
    return false;
}

static bool facts_name_article(html_reader *reader)
{
    const nc_fact *fact;

    for (size_t i = 0; (fact = nc_fact_at(reader->job, i)); i++)
        if ((nc_is(fact->name, "og:type") && nc_is(fact->value, "article")) ||
            nc_is(fact->name, "article:published_time") ||
            (nc_is(nc_string(fact->syntax), "json-ld") && names_article(fact->value)))
            return true;
    return false;
}

/* Whether the page looks like a story among other things. */
static bool is_story(const story *s, size_t best)
{
    size_t furniture = 0;

    if (s->parts[best].good < STORY_LENGTH / 2)
        return false;
    if (facts_name_article(s->reader) || s->parts[best].hint == HTML_STORY)
        return true;
    for (size_t i = 1; i < s->count; i++) {
        dom_tag tag = dom_node_tag(s->parts[i].node);

        if (tag == DOM_NAV || tag == DOM_FOOTER || tag == DOM_ASIDE || tag == DOM_FORM ||
            s->parts[i].hint == HTML_NOISE)
            furniture++;
    }
    return furniture >= 3 && s->parts[best].good > STORY_LENGTH;
}

/* ---------------------------------------------------------------- hiding the rest */

static void hide(dom_node *node)
{
    *dom_mark(node) |= HTML_HIDDEN;
}

/* A block that is only a link, or a label and a link, points elsewhere. */
static bool points_elsewhere(const part *at)
{
    dom_tag tag = dom_node_tag(at->node);

    if (tag == DOM_TD || tag == DOM_TH || tag == DOM_TR || tag == DOM_FIGCAPTION ||
        tag == DOM_FIGURE)
        return false;
    if (tag == DOM_ARTICLE && at->all_linked && at->all < 800) /* the teaser of another story */
        return true;
    return at->all && at->all_linked * 10 > at->all * 7 && at->all < 600;
}

static bool is_headline(const story *s, const part *at)
{
    dom_tag tag = dom_node_tag(at->node);

    if (tag == DOM_H1)
        return true;
    if (!s->headline.len || at->all > s->headline.len * 2 + 20 ||
        at->all * 2 + 20 < s->headline.len)
        return false;
    return tag >= DOM_H2 && tag <= DOM_H6 &&
           html_same_words(html_some_text(s->reader, at->node, 400), s->headline);
}

static void clean(story *s, size_t container)
{
    const dom_node *root = s->parts[container].node;

    for (dom_node *node = dom_first(root), *next; node; node = next) {
        bool drop = false;

        if (dom_node_kind(node) == DOM_ELEMENT) {
            const part *at = &s->parts[index_of(node)];

            drop = at->noise ||
                   (at->block == index_of(node) && (points_elsewhere(at) || is_headline(s, at)));
        }
        if (drop)
            hide(node);
        next = dom_following(root, node, drop);
    }
}

/* The standfirst: before the container, named so, with a sentence in it. */
static size_t find_standfirst(const story *s, size_t container)
{
    for (size_t i = container; i > 1; i--) {
        const part *at = &s->parts[i - 1];

        if (at->hint == HTML_STANDFIRST && !at->noise && at->all > 40 && at->all < 1500 &&
            at->all_linked * 3 < at->all &&
            !html_same_words(html_some_text(s->reader, at->node, 400), s->headline))
            return i - 1;
    }
    return 0;
}

static bool is_within(const story *s, size_t at, size_t in)
{
    while (at > in)
        at = s->parts[at].parent;
    return at == in;
}

/* Hide what is on no path to what is kept. */
static void hide_others(story *s, size_t container, size_t standfirst)
{
    dom_node *root = s->parts[0].node;

    for (dom_node *node = root, *next; node; node = next) {
        size_t index = dom_node_kind(node) == DOM_ELEMENT ? index_of(node) : 0;
        bool kept = index && (index == container || (standfirst && index == standfirst));
        bool path =
            dom_node_kind(node) == DOM_ELEMENT &&
            (is_within(s, container, index) || (standfirst && is_within(s, standfirst, index)));

        if (!kept && !path)
            hide(node);
        next = dom_following(root, node, kept || !path);
    }
}

static void count_blocks(story *s)
{
    bool *hidden = nc_alloc(s->reader->job, s->count * sizeof *hidden);

    for (size_t i = 0; hidden && i < s->count; i++) {
        hidden[i] =
            (i && hidden[s->parts[i].parent]) || (*dom_mark(s->parts[i].node) & HTML_HIDDEN);
        if (s->parts[i].own) {
            s->blocks++;
            s->taken += !hidden[i];
        }
    }
}

static void take(story *s, size_t container)
{
    size_t standfirst = find_standfirst(s, container);

    hide_others(s, container, standfirst);
    clean(s, container);
    count_blocks(s);
    nc_warn(s->reader->job, NULL, NC_WARN_ARTICLE,
            "took %zu of %zu blocks; --article=never keeps all", s->taken, s->blocks);
}

static void set_title(html_reader *reader, nc_bytes headline)
{
    nc_node *title = headline.len ? nc_meta_set(reader->job, reader->doc->meta, NC_LITERAL("title"),
                                                NC_META_INLINES)
                                  : NULL;

    nc_text(reader->job, title, headline);
    nc_trim(reader->job, title);
}

void html_pick_article(html_reader *reader)
{
    nc_article wish = nc_job_settings(reader->job)->article;
    story s = { .reader = reader,
                .count = count_elements(reader->document.root),
                .headline = html_headline(reader) };
    size_t container;

    set_title(reader, s.headline);
    if (wish == NC_ARTICLE_NEVER || s.count >= MAX_ELEMENTS)
        return;
    s.parts = nc_alloc(reader->job, s.count * sizeof *s.parts);
    if (!s.parts)
        return;
    measure(&s);
    sum_up(&s);
    mark_noise(&s);
    sum_up(&s);
    container = best_element(&s);
    if (container && (wish == NC_ARTICLE_ALWAYS || is_story(&s, container)))
        take(&s, widen(&s, container));
}
