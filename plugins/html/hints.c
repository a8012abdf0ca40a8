/* SPDX-License-Identifier: MIT */
/* What class names and ids say. They are cut into words at hyphens, underscores and capitals, and each word is looked up;
 * the languages are those that news pages are built in. */
#include "plugins/html/article.h"

typedef struct hint_word {
    const char *word;
    html_hint hint;
} hint_word;

/* Sorted. */
static const hint_word words[] = {
    { "abo", HTML_NOISE }, { "ad", HTML_NOISE }, { "ads", HTML_NOISE }, { "adsense", HTML_NOISE }, { "adv", HTML_NOISE },
    { "advert", HTML_NOISE }, { "advertisement", HTML_NOISE }, { "advertising", HTML_NOISE }, { "adverts", HTML_NOISE },
    { "anzeige", HTML_NOISE }, { "author", HTML_BYLINE }, { "authors", HTML_BYLINE }, { "autor", HTML_BYLINE },
    { "autoren", HTML_BYLINE }, { "banner", HTML_NOISE }, { "breadcrumb", HTML_NOISE }, { "breadcrumbs", HTML_NOISE },
    { "byline", HTML_BYLINE }, { "bylines", HTML_BYLINE },
    { "comment", HTML_NOISE }, { "comments", HTML_NOISE }, { "commentlist", HTML_NOISE }, { "consent", HTML_NOISE },
    { "cookie", HTML_NOISE }, { "cookies", HTML_NOISE }, { "copyright", HTML_NOISE }, { "credit", HTML_BYLINE },
    { "date", HTML_BYLINE }, { "dateline", HTML_BYLINE }, { "datum", HTML_BYLINE }, { "dek", HTML_STANDFIRST },
    { "disqus", HTML_NOISE }, { "donate", HTML_NOISE }, { "donation", HTML_NOISE }, { "fecha", HTML_BYLINE },
    { "footer", HTML_NOISE }, { "hidden", HTML_NOISE }, { "kommentar", HTML_NOISE }, { "kommentare", HTML_NOISE },
    { "login", HTML_NOISE }, { "masthead", HTML_NOISE }, { "menu", HTML_NOISE }, { "modal", HTML_NOISE },
    { "mostpopular", HTML_NOISE }, { "nav", HTML_NOISE }, { "navbar", HTML_NOISE }, { "navigation", HTML_NOISE },
    { "newsletter", HTML_NOISE }, { "outbrain", HTML_NOISE }, { "overlay", HTML_NOISE }, { "pagination", HTML_NOISE },
    { "paywall", HTML_NOISE }, { "popup", HTML_NOISE }, { "print", HTML_NOISE }, { "promo", HTML_NOISE },
    { "promotion", HTML_NOISE }, { "pub", HTML_NOISE }, { "publicidad", HTML_NOISE }, { "publicite", HTML_NOISE },
    { "pubdate", HTML_BYLINE }, { "rating", HTML_NOISE }, { "recirc", HTML_NOISE }, { "recommend", HTML_NOISE },
    { "recommendation", HTML_NOISE }, { "recommendations", HTML_NOISE }, { "recommended", HTML_NOISE },
    { "related", HTML_NOISE }, { "relacionadas", HTML_NOISE }, { "relacionados", HTML_NOISE }, { "screenreader", HTML_NOISE },
    { "share", HTML_NOISE }, { "sharebar", HTML_NOISE }, { "shares", HTML_NOISE }, { "sharing", HTML_NOISE },
    { "sidebar", HTML_NOISE }, { "signup", HTML_NOISE }, { "skip", HTML_NOISE }, { "social", HTML_NOISE },
    { "sponsor", HTML_NOISE }, { "sponsored", HTML_NOISE }, { "standfirst", HTML_STANDFIRST },
    { "subscribe", HTML_NOISE }, { "subscription", HTML_NOISE }, { "taboola", HTML_NOISE }, { "tagcloud", HTML_NOISE },
    { "taglist", HTML_NOISE }, { "tags", HTML_NOISE }, { "teilen", HTML_NOISE }, { "timestamp", HTML_BYLINE },
    { "toolbar", HTML_NOISE }, { "trending", HTML_NOISE }, { "werbung", HTML_NOISE }, { "widget", HTML_NOISE },
    { "widgets", HTML_NOISE },
};

/* Whole names of containers that hold a story. */
static const char *const stories[] = {
    "articlebody", "articlecontent", "articletext", "bodytext", "contentbody", "entrycontent", "entrybody", "entrytext",
    "newstext", "postbody", "postcontent", "posttext", "storybody", "storycontent", "storytext", "textarticle",
    "maincontent", "articlefulltext", "contenttext", "bodycopy", "bodycontent", "newsbody", "newscontent",
};

static const char *const standfirsts[] = {
    "articlelead", "articlesummary", "articledescription", "articleintro", "articlesubtitle", "articleteaser", "chapo",
    "deck", "excerpt", "intro", "lead", "leadtext", "standfirst", "subheadline", "subtitle", "vorspann", "articledek",
};

typedef struct name_words {
    char text[64];              /* the word, in lower case */
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
    while (name->len && (is_lower(name->ptr[0]) || is_upper(name->ptr[0])) && word->len < sizeof word->text) {
        char c = name->ptr[0];

        if (word->len && is_upper(c) && is_lower(name->ptr[-1]))
            break;
        word->text[word->len++] = is_upper(c) ? (char)(c + 'a' - 'A') : c;
        name->ptr++;
        name->len--;
    }
    return word->len > 0;
}

static html_hint hint_of_word(const name_words *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].word[0] == word->text[0] && nc_is((nc_bytes){ word->text, word->len }, words[i].word))
            return words[i].hint;
    return HTML_NO_HINT;
}

/* Letters of one class name, hyphens and case folded, against a list of names. */
static bool is_listed(nc_bytes name, const char *const *list, size_t count)
{
    char folded[40];
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!is_lower(c) && !is_upper(c))
            continue;
        if (len == sizeof folded)
            return false;
        folded[len++] = is_upper(c) ? (char)(c + 'a' - 'A') : c;
    }
    for (size_t i = 0; i < count; i++)
        if (nc_is((nc_bytes){ folded, len }, list[i]))
            return true;
    return false;
}

static html_hint hint_of_name(nc_bytes name)
{
    html_hint found = HTML_NO_HINT;
    name_words word;

    if (is_listed(name, stories, sizeof stories / sizeof *stories))
        return HTML_STORY;
    if (is_listed(name, standfirsts, sizeof standfirsts / sizeof *standfirsts))
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
    return hint_of_list(dom_value(element, "class"), hint_of_list(dom_value(element, "id"), HTML_NO_HINT));
}

const char *html_class_meaning(const dom_node *element)
{
    static const char *const meanings[] = { "author", "byline", "date", "datum", "fecha", "timestamp", "dateline" };
    nc_bytes list = dom_value(element, "class");
    name_words word;

    while (next_name_word(&list, &word))
        for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
            if (nc_is((nc_bytes){ word.text, word.len }, meanings[i]))
                return meanings[i];
    return NULL;
}
