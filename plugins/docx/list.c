/* SPDX-License-Identifier: MIT */
/* Lists: a number (w:num) for each list, so that each counts for itself, and a look
 * (w:abstractNum) for each kind of marker. Further paragraphs of an item have the number of a
 * look whose marker is a blank. */
#include "docx.h"
#include "parts.h"

enum {
    LOOK_BLANK,
    LOOK_BULLET,
    LOOK_UNCHECKED,
    LOOK_CHECKED,
    LOOK_ORDERED,
    LOOKS = LOOK_ORDERED + 7 * 4
};

static const nc_bytes unchecked = NC_LITERAL_INIT("\u2610"), checked = NC_LITERAL_INIT("\u2612");

static int64_t add_number(docx *d, int look, int level, int64_t start)
{
    list_number *number = nc_alloc(d->job, sizeof(*number));

    if (!number)
        return 0;
    if (!d->number_count && look != LOOK_BLANK)
        add_number(d, LOOK_BLANK, 0, 1);
    *number = (list_number){ .look = look, .level = level, .start = start };
    *d->last_number = number;
    d->last_number = &number->next;
    d->looks_used[look] = true;
    return d->number_base + ++d->number_count;
}

static int level_of(const docx *d)
{
    return d->now.list_level < MOST_LIST_LEVELS ? d->now.list_level : MOST_LIST_LEVELS - 1;
}

/* Called for each paragraph in a list: the first of an item takes the item's number. */
void docx_put_number(docx *d)
{
    NC_PUT(d->xml, "<w:numPr><w:ilvl w:val=\"");
    nc_put_int(d->xml, level_of(d));
    NC_PUT(d->xml, "\"/><w:numId w:val=\"");
    nc_put_int(d->xml, d->number_used ? d->number_base + 1 : d->now.list_number);
    NC_PUT(d->xml, "\"/></w:numPr>");
}

/* ------------------------------------------------------------ tasks */

/* The look of a task, whose text begins with a box and a blank; LOOK_BULLET: it is none. */
static int task_look(const nc_node *item)
{
    const nc_node *block = item->first, *text = block ? block->first : NULL;
    int look = LOOK_BULLET;

    if (!(nc_bit(block) & (NC_BIT(PLAIN) | NC_BIT(PARA))) || !text || text->kind != NC_TEXT)
        return LOOK_BULLET;
    if (text->text.len < unchecked.len)
        return LOOK_BULLET;
    if (memcmp(text->text.ptr, unchecked.ptr, unchecked.len) == 0)
        look = LOOK_UNCHECKED;
    else if (memcmp(text->text.ptr, checked.ptr, checked.len) == 0)
        look = LOOK_CHECKED;
    if (text->text.len > unchecked.len)
        return text->text.ptr[unchecked.len] == ' ' ? look : LOOK_BULLET;
    text = text->next;
    return text && text->kind == NC_TEXT && text->text.len && *text->text.ptr == ' ' ? look
                                                                                     : LOOK_BULLET;
}

static bool all_tasks(const nc_node *list)
{
    for (const nc_node *item = list->first; item; item = item->next)
        if (task_look(item) == LOOK_BULLET)
            return false;
    return list->first != NULL;
}

/* ------------------------------------------------------------ rules */

static int look_of(const nc_node *list)
{
    if (list->kind == NC_BULLET_LIST)
        return LOOK_BULLET;
    return LOOK_ORDERED + list->list.style * 4 + list->list.delimiter;
}

bool docx_open_list(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);
    bool ordered = node->kind == NC_ORDERED_LIST;

    docx_context_push(d);
    d->now.list_level++;
    if (d->now.list_level == MOST_LIST_LEVELS)
        nc_warn(d->job, node, NC_WARN_LOSS, "a list is nested deeper than the nine levels of Word");
    d->now.tasks = !ordered && all_tasks(node);
    if (!d->now.tasks)
        d->now.list_number =
            add_number(d, look_of(node), level_of(d), ordered ? node->list.start : 1);
    return true;
}

void docx_close_list(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    (void)node;
    docx_context_pop(d);
    d->first_paragraph = true;
}

bool docx_open_item(nc_out *out, const nc_node *node)
{
    docx *d = docx_of(out);

    docx_context_push(d);
    d->now.in_list = true;
    d->number_used = false;
    if (d->now.tasks) {
        d->now.list_number = add_number(d, task_look(node), level_of(d), 1);
        d->text_to_skip = unchecked.len + 1;
        d->now.tasks = false;
    }
    /* A list or table at once would leave the item without its own number. */
    if (nc_bit(node->first) & (NC_BIT(BULLET_LIST) | NC_BIT(ORDERED_LIST) | NC_BIT(TABLE)) ||
        (!node->first && !d->settings->raw)) {
        docx_begin_paragraph(d, &d->styles[STYLE_COMPACT]);
        docx_end_paragraph(d);
    }
    return true;
}

void docx_close_item(nc_out *out, const nc_node *node)
{
    (void)node;
    docx_context_pop(docx_of(out));
}

/* ------------------------------------------------------------ word/numbering.xml */

static void put_level_text(nc_buf *buf, int look, int level)
{
    static const char *const bullets[] = { "\u2022", "\u2013", "\u25aa" };
    static const char *const delimiters[4][2] = {
        { "", "." }, { "", "." }, { "", ")" }, { "(", ")" }
    };

    NC_PUT(buf, "<w:lvlText w:val=\"");
    switch (look) {
    case LOOK_BLANK: NC_PUT(buf, " "); break;
    case LOOK_BULLET: nc_put(buf, nc_string(bullets[level % 3])); break;
    case LOOK_UNCHECKED: nc_put(buf, unchecked); break;
    case LOOK_CHECKED: nc_put(buf, checked); break;
    default:
        nc_put(buf, nc_string(delimiters[(look - LOOK_ORDERED) % 4][0]));
        NC_PUT(buf, "%");
        nc_put_int(buf, level + 1);
        nc_put(buf, nc_string(delimiters[(look - LOOK_ORDERED) % 4][1]));
    }
    NC_PUT(buf, "\"/>");
}

static const char *number_format(int look, int level)
{
    static const char *const formats[] = { "",           "decimal",     "decimal",    "lowerRoman",
                                           "upperRoman", "lowerLetter", "upperLetter" };
    static const char *const by_level[] = { "decimal", "lowerLetter", "lowerRoman" };
    int style = (look - LOOK_ORDERED) / 4;

    if (look < LOOK_ORDERED)
        return "bullet";
    return style == NC_DEFAULT_STYLE ? by_level[level % 3] : formats[style];
}

static void put_level(nc_buf *buf, int look, int level)
{
    NC_PUT(buf, "<w:lvl w:ilvl=\"");
    nc_put_int(buf, level);
    NC_PUT(buf, "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"");
    nc_put(buf, nc_string(number_format(look, level)));
    NC_PUT(buf, "\"/>");
    put_level_text(buf, look, level);
    NC_PUT(buf, "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"");
    nc_put_int(buf, (level + 1) * LIST_INDENT);
    NC_PUT(buf, "\" w:hanging=\"");
    nc_put_int(buf, LIST_HANGING);
    NC_PUT(buf, "\"/></w:pPr>");
    if (look == LOOK_UNCHECKED || look == LOOK_CHECKED)
        NC_PUT(buf, "<w:rPr><w:rFonts w:ascii=\"MS Gothic\" w:hAnsi=\"MS Gothic\" "
                    "w:eastAsia=\"MS Gothic\"/></w:rPr>");
    NC_PUT(buf, "</w:lvl>");
}

void docx_put_abstract_numbers(docx *d, nc_buf *buf, int64_t first_id)
{
    for (int look = 0; look < LOOKS; look++) {
        if (!d->looks_used[look])
            continue;
        NC_PUT(buf, "<w:abstractNum w:abstractNumId=\"");
        nc_put_int(buf, first_id + look);
        NC_PUT(buf, "\"><w:multiLevelType w:val=\"hybridMultilevel\"/>");
        for (int level = 0; level < MOST_LIST_LEVELS; level++)
            put_level(buf, look, level);
        NC_PUT(buf, "</w:abstractNum>");
    }
}

void docx_put_numbers(docx *d, nc_buf *buf, int64_t first_id)
{
    int64_t id = d->number_base;

    for (const list_number *number = d->first_number; number; number = number->next) {
        NC_PUT(buf, "<w:num w:numId=\"");
        nc_put_int(buf, ++id);
        NC_PUT(buf, "\"><w:abstractNumId w:val=\"");
        nc_put_int(buf, first_id + number->look);
        NC_PUT(buf, "\"/>");
        if (number->look >= LOOK_ORDERED) {
            NC_PUT(buf, "<w:lvlOverride w:ilvl=\"");
            nc_put_int(buf, number->level);
            NC_PUT(buf, "\"><w:startOverride w:val=\"");
            nc_put_int(buf, number->start);
            NC_PUT(buf, "\"/></w:lvlOverride>");
        }
        NC_PUT(buf, "</w:num>");
    }
}
