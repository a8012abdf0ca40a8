/* SPDX-License-Identifier: MIT */
/* Attributes of elements as the tree has them: id, classes, and pairs, from which a "data-" prefix
 * goes unless the name would then be one that HTML gives a meaning to. */
#include "plugins/html/attributes.h"

/* Names of HTML, HTML 4 and RDFa, each between blanks. */
static const char known[] =
    " abbr about accept accept-charset accesskey action align alink allow allowfullscreen alt"
    " archive as async autocapitalize autocomplete autofocus autoplay axis background bgcolor"
    " border cellpadding cellspacing char charoff charset checked cite class classid clear"
    " code codebase codetype color cols colspan compact content contenteditable controls"
    " coords crossorigin data datatype datetime declare decoding default defer dir dirname"
    " disabled download draggable enctype enterkeyhint face for form formaction formenctype"
    " formmethod formnovalidate formtarget frame frameborder headers height hidden high href"
    " hreflang hspace http-equiv id imagesizes imagesrcset inputmode integrity is ismap itemid"
    " itemprop itemref itemscope itemtype kind label lang language link list longdesc loop low"
    " manifest marginheight marginwidth max maxlength media method min minlength multiple"
    " muted name nohref nomodule nonce noresize noshade novalidate nowrap object onabort"
    " onblur onchange onclick ondblclick onerror onfocus onkeydown onkeypress onkeyup onload"
    " onmousedown onmousemove onmouseout onmouseover onmouseup onreset onresize onscroll"
    " onselect onsubmit onunload open optimum pattern ping placeholder playsinline poster"
    " prefix preload profile prompt property readonly referrerpolicy rel required resource rev"
    " reversed role rows rowspan rules sandbox scheme scope scrolling selected shape size"
    " sizes slot span spellcheck src srcdoc srclang srcset standby start step style summary"
    " tabindex target text title translate type typeof usemap valign value valuetype version"
    " vlink vocab vspace width workertype wrap ";

bool html_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

nc_bytes html_trimmed(nc_bytes text)
{
    while (text.len && html_is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len && html_is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool html_is_blank(nc_bytes text)
{
    return html_trimmed(text).len == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool html_same_ignoring_case(nc_bytes a, nc_bytes b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

/* The next white-space separated word of `*list`, which is cut. */
static bool next_word(nc_bytes *list, nc_bytes *word)
{
    size_t len = 0;

    *list = html_trimmed(*list);
    if (list->len == 0) /* maybe NULL, to which nothing may be added */
        return false;
    while (len < list->len && !html_is_space(list->ptr[len]))
        len++;
    *word = (nc_bytes){ list->ptr, len };
    list->ptr += len;
    list->len -= len;
    return true;
}

static bool has_slice(nc_bytes list, nc_bytes word)
{
    nc_bytes found;

    while (next_word(&list, &found))
        if (nc_same(found, word))
            return true;
    return false;
}

bool html_has_word(nc_bytes list, const char *word)
{
    return has_slice(list, nc_string(word));
}

static bool is_known(nc_bytes name)
{
    const char *at = known;

    if (!name.len || name.len > 20)
        return false;
    while ((at = strstr(at, " ")) && at[1]) {
        at++;
        if (strncmp(at, name.ptr, name.len) == 0 && at[name.len] == ' ')
            return true;
    }
    return false;
}

static nc_bytes key_of(nc_bytes name)
{
    nc_bytes bare = { name.ptr + 5, name.len - 5 };

    if (nc_is(name, "xml:lang"))
        return NC_LITERAL("lang");
    if (name.len < 5 || memcmp(name.ptr, "data-", 5) != 0 || is_known(bare))
        return name;
    return bare;
}

/* The pairs of `element`. Of two with one key the later counts. */
static size_t collect_pairs(const dom_node *element, const char *drop, nc_pair *pairs)
{
    size_t count = 0, total = dom_attribute_count(element);
    bool is_heading = dom_node_tag(element) >= DOM_H1 && dom_node_tag(element) <= DOM_H6;

    for (size_t i = total; i > 0; i--) {
        nc_pair pair = dom_attribute(element, i - 1);
        bool seen = nc_is(pair.key, "id") || nc_is(pair.key, "class") ||
                    (nc_is(pair.key, "name") && !is_heading);
        nc_pair *slot = pairs + total - count - 1;

        *slot = (nc_pair){ key_of(pair.key), pair.value };
        for (size_t j = 1; j <= count && !seen; j++)
            seen = nc_same(slot[j].key, slot->key);
        if (!seen && !(drop && has_slice(nc_string(drop), pair.key)))
            count++;
    }
    return count;
}

static size_t count_words(nc_bytes list)
{
    nc_bytes word;
    size_t count = 0;

    while (next_word(&list, &word))
        count++;
    return count;
}

/* A name stands for a missing id, but for headings. */
static nc_bytes identifier(const dom_node *element)
{
    nc_bytes id = dom_value(element, "id");

    if (id.len || (dom_node_tag(element) >= DOM_H1 && dom_node_tag(element) <= DOM_H6))
        return id;
    return dom_value(element, "name");
}

static const nc_attr *build(nc_job *job, const dom_node *element, const char *extra,
                            nc_bytes epub_type, const nc_pair *pairs, size_t pair_count)
{
    nc_bytes list = dom_value(element, "class"), word;
    size_t most = count_words(list) + count_words(epub_type) + 1, count = 0;
    nc_bytes few[16], *classes = most > 16 ? nc_alloc(job, most * sizeof *classes) : few;

    if (!classes)
        return NULL;
    if (extra)
        classes[count++] = nc_string(extra);
    while (next_word(&list, &word))
        classes[count++] = word;
    while (next_word(&epub_type, &word))
        classes[count++] = word;
    return nc_attr_new(job, identifier(element), classes, count, pairs, pair_count);
}

/* Classes of any element but headings. */
static nc_bytes epub_type(const dom_node *element)
{
    bool heading = dom_node_tag(element) >= DOM_H1 && dom_node_tag(element) <= DOM_H6;

    return heading ? (nc_bytes){ NULL, 0 } : dom_value(element, "epub:type");
}

const nc_attr *html_attr(nc_job *job, const dom_node *element, const char *drop, const char *extra)
{
    size_t total = dom_attribute_count(element), count;
    nc_pair few[16], *pairs = total > 16 ? nc_alloc(job, total * sizeof *pairs) : few;

    if (!pairs || (!total && !extra))
        return NULL;
    count = collect_pairs(element, drop, pairs);
    return build(job, element, extra, epub_type(element), pairs + total - count, count);
}

const nc_attr *html_attr_plain(nc_job *job, const dom_node *element, const char *extra)
{
    return build(job, element, extra, (nc_bytes){ NULL, 0 }, NULL, 0);
}

const nc_attr *html_attr_id(nc_job *job, nc_bytes id)
{
    return nc_attr_new(job, id, NULL, 0, NULL, 0);
}

nc_bytes html_css_value(nc_bytes style, const char *property)
{
    while (style.len) {
        const char *end = memchr(style.ptr, ';', style.len);
        size_t len = end ? (size_t)(end - style.ptr) : style.len;
        const char *colon = memchr(style.ptr, ':', len);

        if (colon && html_same_ignoring_case(
                         html_trimmed((nc_bytes){ style.ptr, (size_t)(colon - style.ptr) }),
                         nc_string(property)))
            return html_trimmed((nc_bytes){ colon + 1, len - (size_t)(colon + 1 - style.ptr) });
        style.ptr += len + (end ? 1 : 0);
        style.len -= len + (end ? 1 : 0);
    }
    return (nc_bytes){ "", 0 };
}
