/* SPDX-License-Identifier: MIT */
/* What class names and ids say. They are cut into words at hyphens, underscores and capitals, and
 * each word is looked up; the languages are those that news pages are built in. */
#include "plugins/html/article.h"

/* Single words, sorted. */
static const char *const noise[] = {
    "abo",
    "ad",
    "ads",
    "adsense",
    "adv",
    "advert",
    "advertisement",
    "advertising",
    "adverts",
    "anzeige",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "disqus",
    "donate",
    "donation",
    "footer",
    "hidden",
    "kommentar",
    "kommentare",
    "login",
    "masthead",
    "menu",
    "modal",
    "mostpopular",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pagination",
    "paywall",
    "popup",
    "print",
    "promo",
    "promotion",
    "pub",
    "publicidad",
    "publicite",
    "rating",
    "recirc",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "relacionadas",
    "relacionados",
    "related",
    "screenreader",
    "share",
    "sharebar",
    "shares",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "teilen",
    "toolbar",
    "trending",
    "werbung",
    "widget",
    "widgets",
};

static const char *const bylines[] = {
    "author", "authors",  "autor", "autoren", "byline",  "bylines",   "credit",
    "date",   "dateline", "datum", "fecha",   "pubdate", "timestamp",
};

/* Whole names, their letters alone, sorted: containers that hold a story, and standfirsts. */
static const char *const stories[] = {
    "articlebody",  "articlecontent", "articlefulltext", "articletext", "bodycontent",
    "bodycopy",     "bodytext",       "contentbody",     "contenttext", "entrybody",
    "entrycontent", "entrytext",      "maincontent",     "newsbody",    "newscontent",
    "newstext",     "postbody",       "postcontent",     "posttext",    "storybody",
    "storycontent", "storytext",      "textarticle",
};

static const char *const standfirsts[] = {
    "articledek",
    "articledescription",
    "articleintro",
    "articlelead",
    "articlesubtitle",
    "articlesummary",
    "articleteaser",
    "chapo",
    "deck",
    "dek",
    "excerpt",
    "intro",
    "lead",
    "leadtext",
    "standfirst",
    "subheadline",
    "subtitle",
    "vorspann",
};

typedef struct name_words {
    char text[64]; /* the word, in lower case */
    size_t len;
} name_words;

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool next_name_word(nc_bytes *name, name_words *word)
{
    word->len = 0;
    while (name->len && !is_lower(name->ptr[0]) && !is_upper(name->ptr[0])) {
        name->ptr++;
        name->len--;
    }
    while (name->len && (is_lower(name->ptr[0]) || is_upper(name->ptr[0])) &&
           word->len < sizeof word->text) {
        char c = name->ptr[0];

        if (word->len && is_upper(c) && is_lower(name->ptr[-1]))
            break;
        word->text[word->len++] = is_upper(c) ? (char)(c + 'a' - 'A') : c;
        name->ptr++;
        name->len--;
    }
    return word->len > 0;
}

static bool is_among(nc_bytes word, const char *const *list, size_t count)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = strncmp(list[middle], word.ptr, word.len);

        if (order == 0 && !list[middle][word.len])
            return true;
        if (order < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return false;
}

#define IS_AMONG(word, list) is_among((word), (list), sizeof(list) / sizeof *(list))

static html_hint hint_of_word(const name_words *found)
{
    nc_bytes word = { found->text, found->len };

    return IS_AMONG(word, noise)     ? HTML_NOISE
           : IS_AMONG(word, bylines) ? HTML_BYLINE
                                     : HTML_NO_HINT;
}

/* The letters of a class name, in lower case; empty when there are too many. */
static nc_bytes letters_of(nc_bytes name, char folded[40])
{
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!is_lower(c) && !is_upper(c))
            continue;
        if (len == 40)
            return (nc_bytes){ "", 0 };
        folded[len++] = is_upper(c) ? (char)(c + 'a' - 'A') : c;
    }
    return (nc_bytes){ folded, len };
}

static html_hint hint_of_name(nc_bytes name)
{
    html_hint found = HTML_NO_HINT;
    name_words word;
    char folded[40];
    nc_bytes letters = letters_of(name, folded);

    if (IS_AMONG(letters, stories))
        return HTML_STORY;
    if (IS_AMONG(letters, standfirsts))
        return HTML_STANDFIRST;
    while (next_name_word(&name, &word)) {
        html_hint hint = hint_of_word(&word);

        found = hint > found ? hint : found;
    }
    return found;
}

static html_hint hint_of_list(nc_bytes list, html_hint found)
{
    while (list.len) {
        size_t len = 0;
        html_hint hint;

        list = html_trimmed(list);
        while (len < list.len && !html_is_space(list.ptr[len]))
            len++;
        hint = len ? hint_of_name((nc_bytes){ list.ptr, len }) : HTML_NO_HINT;
        if (hint == HTML_STORY)
            return hint;
        found = hint > found ? hint : found;
        list = (nc_bytes){ list.ptr + len, list.len - len };
    }
    return found;
}

html_hint html_hint_of(const dom_node *element)
{
    nc_bytes property = dom_value(element, "itemprop");

    if (nc_is(property, "articleBody") || nc_is(property, "text"))
        return HTML_STORY;
    return hint_of_list(dom_value(element, "class"),
                        hint_of_list(dom_value(element, "id"), HTML_NO_HINT));
}

const char *html_class_meaning(const dom_node *element)
{
    static const char *const meanings[] = { "author", "byline",    "date",    "datum",
                                            "fecha",  "timestamp", "dateline" };
    nc_bytes list = dom_value(element, "class");
    name_words word;

    while (next_name_word(&list, &word))
        for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
            if (nc_is((nc_bytes){ word.text, word.len }, meanings[i]))
                return meanings[i];
    return NULL;
}
