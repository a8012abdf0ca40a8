/* SPDX-License-Identifier: MIT */
/* The properties of elements, made from the fields of kinds.def, and how they are read from the
 * tree. */
#include "core/lua/value.h"

const char *kind_name(int kind)
{
    static const char *const names[] = { "Space", "SoftBreak", "Attr", "AttributeList",
                                         "ListAttributes" };

    return kind < NC_KIND_COUNT ? nc_kinds[kind].name : names[kind - NC_KIND_COUNT];
}

bool is_inline_kind(int kind)
{
    return kind < NC_KIND_COUNT ? nc_kinds[kind].level == NC_LEVEL_INLINE
                                : kind == KIND_SPACE || kind == KIND_SOFT_BREAK;
}

bool is_block_kind(int kind)
{
    return kind < NC_KIND_COUNT && nc_kinds[kind].level == NC_LEVEL_BLOCK;
}

int find_property(const lua_host *host, int kind, const char *name)
{
    for (int i = 0; i < host->property_count[kind]; i++)
        if (strcmp(host->properties[kind][i].name, name) == 0)
            return i + 1;
    return 0;
}

/* ------------------------------------------------------------ making the table */

static property *add(lua_host *host, int kind, const char *name, property_type type)
{
    property *p = &host->properties[kind][host->property_count[kind]++];

    *p = (property){ .name = name, .type = type };
    return p;
}

static const char *const *enum_names(uint8_t type)
{
    switch (type) {
    case NC_FIELD_QUOTE_TYPE: return nc_quote_type_names;
    case NC_FIELD_MATH_TYPE: return nc_math_type_names;
    case NC_FIELD_ALIGNMENT: return nc_alignment_names;
    default: return nc_citation_mode_names;
    }
}

static property_type part_type(const nc_field *field)
{
    bool named = nc_kinds[field->part].name[0];

    if (field->type == NC_FIELD_PART)
        return named ? PROPERTY_PART : PROPERTY_PART_LIST;
    if (field->part == NC_TERM)
        return PROPERTY_DEFINITIONS;
    return named ? PROPERTY_PARTS : PROPERTY_PART_LISTS;
}

static property_type type_of_field(const nc_field *field)
{
    switch ((nc_field_type)field->type) {
    case NC_FIELD_ATTR: return PROPERTY_ATTR;
    case NC_FIELD_TEXT:
    case NC_FIELD_TARGET: return PROPERTY_STRING;
    case NC_FIELD_INT:
    case NC_FIELD_BOOL: return PROPERTY_INTEGER;
    case NC_FIELD_LIST_ATTRIBUTES: return PROPERTY_LIST_ATTRIBUTES;
    case NC_FIELD_COLUMN_SPECS: return PROPERTY_COLUMNS;
    case NC_FIELD_QUOTE_TYPE: return PROPERTY_WIDE_ENUM;
    case NC_FIELD_INLINES: return PROPERTY_INLINES;
    case NC_FIELD_BLOCKS: return PROPERTY_BLOCKS;
    case NC_FIELD_PART:
    case NC_FIELD_PARTS: return part_type(field);
    default: return PROPERTY_ENUM;
    }
}

/* The type of list that the property is, where it is one. */
static list_type list_of(int kind, const property *p)
{
    uint64_t holds = nc_kinds[p->type == PROPERTY_PART_LIST ? p->part : kind].holds;

    if (p->type == PROPERTY_INLINES || (p->type == PROPERTY_PART_LIST && (holds & NC_INLINES)))
        return LIST_INLINES;
    return p->type == PROPERTY_BLOCKS ? LIST_BLOCKS : LIST_PLAIN;
}

static void add_field(lua_host *host, int kind, const nc_field *field)
{
    bool target = field->type == NC_FIELD_TARGET;
    property *p =
        add(host, kind, target && kind == NC_IMAGE ? "src" : field->name, type_of_field(field));

    p->part = field->part;
    p->in_record = field->in_record;
    p->offset = field->offset;
    p->names = enum_names(field->type);
    p->list = list_of(kind, p);
    if (kind == NC_CELL)
        p->preset = p->type == PROPERTY_ENUM ? NC_ALIGN_DEFAULT : 1;
    else if (kind == NC_CITATION && p->type == PROPERTY_ENUM)
        p->preset = NC_NORMAL_CITATION;
    if (target) {
        p = add(host, kind, "title", PROPERTY_STRING);
        p->in_record = field->in_record;
        p->offset = (uint8_t)(field->offset + offsetof(nc_target, title));
    }
}

void properties_make(lua_host *host)
{
    for (int kind = 0; kind < NC_META_MAP; kind++)
        for (size_t i = 0; i < nc_kinds[kind].field_count; i++)
            add_field(host, kind, &nc_kinds[kind].fields[i]);
    add(host, NC_DOCUMENT, "meta", PROPERTY_META)->list = LIST_META;
    add(host, KIND_ATTR, "identifier", PROPERTY_STRING);
    add(host, KIND_ATTR, "classes", PROPERTY_CLASSES);
    add(host, KIND_ATTR, "attributes", PROPERTY_ATTRIBUTES);
    add(host, KIND_ATTRIBUTES, "pairs", PROPERTY_PAIRS);
    add(host, KIND_LIST_ATTRIBUTES, "start", PROPERTY_INTEGER);
    add(host, KIND_LIST_ATTRIBUTES, "style", PROPERTY_ENUM)->names = nc_list_style_names;
    add(host, KIND_LIST_ATTRIBUTES, "delimiter", PROPERTY_ENUM)->names = nc_list_delim_names;
}

/* ------------------------------------------------------------ reading from the tree */

static void push_bytes(lua_State *L, nc_bytes text)
{
    lua_pushlstring(L, text.len ? text.ptr : "", text.len);
}

static const void *place(const element *e, const property *p)
{
    const char *base = p->in_record ? e->node->record : (const char *)e->node;

    return base + p->offset;
}

static void push_string(lua_State *L, const element *e, const property *p)
{
    if (e->kind == NC_TEXT)
        push_bytes(L, e->text);
    else if (e->kind == KIND_ATTR)
        push_bytes(L, e->attr ? e->attr->id : (nc_bytes){ "", 0 });
    else if (e->node)
        push_bytes(L, *(const nc_bytes *)place(e, p));
    else
        lua_pushnil(L);
}

static void push_enum(lua_State *L, const element *e, const property *p)
{
    if (e->kind == KIND_LIST_ATTRIBUTES)
        lua_pushstring(L, p->names[p->name[0] == 's' ? e->list.style : e->list.delimiter]);
    else if (p->type == PROPERTY_WIDE_ENUM)
        lua_pushstring(L, p->names[*(const int64_t *)place(e, p)]);
    else
        lua_pushstring(L, p->names[*(const int *)place(e, p)]);
}

static void push_columns(lua_State *L, const nc_columns *columns)
{
    new_list(L, LIST_PLAIN, (int)columns->count);
    for (size_t i = 0; i < columns->count; i++) {
        lua_createtable(L, 2, 0);
        lua_pushstring(L, nc_alignment_names[columns->items[i].alignment]);
        lua_rawseti(L, -2, 1);
        if (columns->items[i].width >= 0) {
            lua_pushnumber(L, columns->items[i].width);
            lua_rawseti(L, -2, 2);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static nc_node *find_part(const element *e, int kind)
{
    nc_node *child = e->node ? e->node->first : NULL;

    while (child && child->kind != kind)
        child = child->next;
    return child;
}

static void push_part_list(lua_State *L, const element *e, const property *p)
{
    nc_node *part = find_part(e, p->part);

    if (part)
        push_children(L, part);
    else if (p->part == NC_SHORT_CAPTION)
        lua_pushnil(L);
    else
        new_list(L, p->list, 0);
}

/* The children of kind `part`: as elements, or as lists where they have no name. */
static void push_parts(lua_State *L, const element *e, const property *p)
{
    lua_Integer count = 0;

    new_list(L, LIST_PLAIN, 0);
    for (nc_node *child = e->node ? e->node->first : NULL; child; child = child->next) {
        if (child->kind != p->part)
            continue;
        if (p->type == PROPERTY_PARTS)
            push_node(L, child);
        else
            push_children(L, child);
        lua_rawseti(L, -2, ++count);
    }
}

/* Pairs of a term and its definitions, which stand flat in the tree. */
static void push_definitions(lua_State *L, const element *e)
{
    lua_Integer count = 0, definitions = 0;

    new_list(L, LIST_PLAIN, 0);
    for (nc_node *child = e->node->first; child; child = child->next) {
        if (child->kind == NC_TERM) {
            lua_createtable(L, 2, 0);
            push_children(L, child);
            lua_rawseti(L, -2, 1);
            new_list(L, LIST_PLAIN, 0);
            lua_rawseti(L, -2, 2);
            lua_rawseti(L, -2, ++count);
            definitions = 0;
        } else if (count) {
            lua_rawgeti(L, -1, count);
            lua_rawgeti(L, -1, 2);
            push_children(L, child);
            lua_rawseti(L, -2, ++definitions);
            lua_pop(L, 2);
        }
    }
}

static void push_structure(lua_State *L, element *e, const property *p)
{
    nc_node *part;

    switch (p->type) {
    case PROPERTY_ATTR: new_element(L, KIND_ATTR)->attr = e->node ? e->node->attr : NULL; break;
    case PROPERTY_LIST_ATTRIBUTES:
        new_element(L, KIND_LIST_ATTRIBUTES)->list = e->node->list;
        break;
    case PROPERTY_COLUMNS: push_columns(L, e->node->columns); break;
    case PROPERTY_CLASSES: push_classes(L, e->attr); break;
    case PROPERTY_ATTRIBUTES: new_element(L, KIND_ATTRIBUTES)->attr = e->attr; break;
    case PROPERTY_META: push_meta(L, e->node->meta); break;
    case PROPERTY_INLINES:
    case PROPERTY_BLOCKS: push_children(L, e->node); break;
    case PROPERTY_PART:
        part = find_part(e, p->part);
        if (part)
            push_node(L, part);
        else
            new_element(L, p->part);
        break;
    case PROPERTY_PART_LIST: push_part_list(L, e, p); break;
    case PROPERTY_DEFINITIONS: push_definitions(L, e); break;
    default: push_parts(L, e, p);
    }
}

/* What an element born in Lua has where it was given nothing. */
static void push_default(lua_State *L, const property *p)
{
    switch (p->type) {
    case PROPERTY_STRING: lua_pushliteral(L, ""); break;
    case PROPERTY_INTEGER: lua_pushinteger(L, p->preset); break;
    case PROPERTY_ENUM:
    case PROPERTY_WIDE_ENUM: lua_pushstring(L, p->names[p->preset]); break;
    case PROPERTY_ATTR: new_element(L, KIND_ATTR); break;
    case PROPERTY_LIST_ATTRIBUTES: new_element(L, KIND_LIST_ATTRIBUTES)->list.start = 1; break;
    case PROPERTY_PART: new_element(L, p->part); break;
    default:
        if (p->part == NC_SHORT_CAPTION)
            lua_pushnil(L);
        else
            new_list(L, p->list, 0);
    }
}

static void push_scalar(lua_State *L, int index, const element *e, const property *p)
{
    if (p->type == PROPERTY_STRING)
        push_string(L, e, p);
    else if (p->type == PROPERTY_PAIRS)
        push_pairs(L, index);
    else if (p->type != PROPERTY_INTEGER)
        push_enum(L, e, p);
    else if (e->kind == KIND_LIST_ATTRIBUTES)
        lua_pushinteger(L, e->list.start);
    else
        lua_pushinteger(L, *(const int64_t *)place(e, p));
}

void push_property(lua_State *L, int index, int slot)
{
    element *e = lua_touserdata(L, index);
    const property *p = &host_of(L)->properties[e->kind][slot - 1];
    bool structure = p->type >= PROPERTY_ATTR && p->type != PROPERTY_PAIRS;

    if (lua_getiuservalue(L, index, slot) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, NULL);
    if (!e->node && e->kind != NC_TEXT && e->kind < KIND_ATTR)
        push_default(L, p);
    else if (structure)
        push_structure(L, e, p);
    else
        push_scalar(L, index, e, p);
    if (structure && !lua_isnil(L, -1)) {
        lua_pushvalue(L, -1);
        lua_setiuservalue(L, index, slot);
    }
}
