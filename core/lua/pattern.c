/* SPDX-License-Identifier: MIT */
/* Lua's patterns, for the sandbox: the same results as Lua's own matcher, which nothing can
 * interrupt; this one counts each step as a step of the script.
 * The depth of recursion is bounded by MOST_DEPTH, and grows with the pattern, not with the text.
 */
#include "core/lua/value.h"

#include <ctype.h>

enum { MOST_DEPTH = 200, MOST_CAPTURES = 32, STEPS_AT_ONCE = 4096, OPEN = -1, POSITION = -2 };

typedef struct capture {
    const char *start;
    ptrdiff_t length; /* or OPEN, or POSITION */
} capture;

typedef struct matcher {
    lua_State *L;
    const char *text, *text_end, *pattern_end;
    size_t steps;
    int depth, count;
    capture captures[MOST_CAPTURES];
} matcher;

static const char *match(matcher *m, const char *s, const char *p);

static void step(matcher *m, size_t count)
{
    m->steps += count;
    if (m->steps >= STEPS_AT_ONCE) {
        charge_steps(m->L, m->steps);
        m->steps = 0;
    }
}

/* ------------------------------------------------------------ single characters */

/* Whether `c` is of the class that stands behind '%'. */
static bool is_of(int c, int class)
{
    bool is;

    switch (tolower(class)) {
    case 'a': is = isalpha(c); break;
    case 'c': is = iscntrl(c); break;
    case 'd': is = isdigit(c); break;
    case 'g': is = isgraph(c); break;
    case 'l': is = islower(c); break;
    case 'p': is = ispunct(c); break;
    case 's': is = isspace(c); break;
    case 'u': is = isupper(c); break;
    case 'w': is = isalnum(c); break;
    case 'x': is = isxdigit(c); break;
    case 'z': is = c == 0; break;
    default: return class == c;
    }
    return isupper(class) ? !is : is;
}

/* `p` is at '[', `last` at its ']'. */
static bool is_in_set(int c, const char *p, const char *last)
{
    bool negated = p[1] == '^';

    for (p += 1 + negated; p < last; p++) {
        if (*p == '%') {
            p++;
            if (is_of(c, (unsigned char)*p))
                return !negated;
        } else if (p[1] == '-' && p + 2 < last) {
            p += 2;
            if ((unsigned char)p[-2] <= c && c <= (unsigned char)*p)
                return !negated;
        } else if ((unsigned char)*p == c) {
            return !negated;
        }
    }
    return negated;
}

/* The end of the item for one character at `p`. */
static const char *item_end(const matcher *m, const char *p)
{
    char first = *p++;

    if (first == '%') {
        if (p == m->pattern_end)
            luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (first != '[')
        return p;
    if (p < m->pattern_end && *p == '^')
        p++;
    do { /* what comes first is no end of the set */
        if (p == m->pattern_end)
            luaL_error(m->L, "malformed pattern (missing ']')");
        if (*p++ == '%' && p < m->pattern_end)
            p++;
    } while (p == m->pattern_end || *p != ']');
    return p + 1;
}

/* Whether the character at `s` fits the item from `p` to `end`. */
static bool fits(matcher *m, const char *s, const char *p, const char *end)
{
    int c;

    step(m, 1 + (size_t)(end - p) / 8);
    if (s == m->text_end)
        return false;
    c = (unsigned char)*s;
    switch (*p) {
    case '.': return true;
    case '%': return is_of(c, (unsigned char)p[1]);
    case '[': return is_in_set(c, p, end - 1);
    default: return (unsigned char)*p == c;
    }
}

/* ------------------------------------------------------------ repetition */

static const char *match_most(matcher *m, const char *s, const char *p, const char *end)
{
    const char *at = s, *result;

    while (fits(m, at, p, end))
        at++;
    for (;; at--) {
        if ((result = match(m, at, end + 1)) || at == s)
            return result;
    }
}

static const char *match_fewest(matcher *m, const char *s, const char *p, const char *end)
{
    const char *result;

    while (!(result = match(m, s, end + 1)) && fits(m, s, p, end))
        s++;
    return result;
}

/* The item at *p with what stands behind it. Returns whether matching goes on at *s and *p; if not,
 * *s is the result. */
static bool match_item(matcher *m, const char **s, const char **p)
{
    const char *end = item_end(m, *p), *result;
    char sign = end < m->pattern_end ? *end : 0;

    if (sign == '*' || sign == '-') {
        *s = (sign == '*' ? match_most : match_fewest)(m, *s, *p, end);
        return false;
    }
    if (!fits(m, *s, *p, end)) {
        if (sign == '?')
            *p = end + 1;
        else
            *s = NULL;
        return sign == '?';
    }
    if (sign == '+') {
        *s = match_most(m, *s + 1, *p, end);
        return false;
    }
    if (sign == '?') {
        if ((result = match(m, *s + 1, end + 1)))
            *s = result;
        else
            *p = end + 1;
        return !result;
    }
    ++*s;
    *p = end;
    return true;
}

/* ------------------------------------------------------------ captures and special items */

static const char *open_capture(matcher *m, const char *s, const char *p)
{
    bool position = p + 1 < m->pattern_end && p[1] == ')';
    const char *result;

    if (m->count == MOST_CAPTURES)
        luaL_error(m->L, "too many captures");
    m->captures[m->count++] = (capture){ s, position ? POSITION : OPEN };
    if (!(result = match(m, s, p + 1 + position)))
        m->count--;
    return result;
}

static const char *close_capture(matcher *m, const char *s, const char *p)
{
    int i = m->count - 1;
    const char *result;

    while (i >= 0 && m->captures[i].length != OPEN)
        i--;
    if (i < 0)
        luaL_error(m->L, "invalid pattern capture");
    m->captures[i].length = s - m->captures[i].start;
    if (!(result = match(m, s, p + 1)))
        m->captures[i].length = OPEN;
    return result;
}

static const char *match_captured(matcher *m, const char *s, int digit)
{
    int i = digit - '1';
    size_t length;

    if (i < 0 || i >= m->count || m->captures[i].length == OPEN)
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    length = (size_t)m->captures[i].length; /* of a position: larger than any text */
    if ((size_t)(m->text_end - s) < length)
        return NULL;
    step(m, length / 8);
    return memcmp(m->captures[i].start, s, length) == 0 ? s + length : NULL;
}

/* %bxy; `p` is at x. */
static const char *match_balanced(matcher *m, const char *s, const char *p)
{
    size_t open = 1;

    if (m->pattern_end - p < 2)
        luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s == m->text_end || *s != *p)
        return NULL;
    while (++s < m->text_end) {
        step(m, 1);
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == *p) {
            open++;
        }
    }
    return NULL;
}

/* %f[set]; *p is at '[' and moves behind the set. */
static bool match_frontier(matcher *m, const char *s, const char **p)
{
    const char *set = *p;
    int before = s == m->text ? 0 : (unsigned char)s[-1];
    int here = s == m->text_end ? 0 : (unsigned char)*s;

    if (set == m->pattern_end || *set != '[')
        luaL_error(m->L, "missing '[' after '%%f' in pattern");
    *p = item_end(m, set);
    step(m, (size_t)(*p - set) / 4);
    return !is_in_set(before, set, *p - 1) && is_in_set(here, set, *p - 1);
}

/* An item that begins with '%'; returns as match_item does. */
static bool match_special(matcher *m, const char **s, const char **p)
{
    int second = *p + 1 < m->pattern_end ? (unsigned char)(*p)[1] : 0;

    if (second == 'b') {
        *s = match_balanced(m, *s, *p + 2);
        *p += 4;
    } else if (second == 'f') {
        *p += 2;
        if (!match_frontier(m, *s, p))
            *s = NULL;
    } else if (isdigit(second)) {
        *s = match_captured(m, *s, second);
        *p += 2;
    } else {
        return match_item(m, s, p);
    }
    return *s;
}

/* The end of the match of the pattern from `p` on at `s`, NULL if there is none. */
static const char *match(matcher *m, const char *s, const char *p)
{
    bool more = true;

    if (m->depth++ == MOST_DEPTH)
        luaL_error(m->L, "pattern too complex");
    while (more && p < m->pattern_end) {
        step(m, 1);
        if (*p == '(') {
            s = open_capture(m, s, p);
            more = false;
        } else if (*p == ')') {
            s = close_capture(m, s, p);
            more = false;
        } else if (*p == '$' && p + 1 == m->pattern_end) {
            s = s == m->text_end ? s : NULL;
            more = false;
        } else {
            more = (*p == '%' ? match_special : match_item)(m, &s, &p);
        }
    }
    m->depth--;
    return s;
}

/* ------------------------------------------------------------ results */

static const char *match_anew(matcher *m, const char *s, const char *p)
{
    m->count = 0;
    m->depth = 0;
    step(m, 1);
    return match(m, s, p);
}

/* Push capture `i` of the match from `s` to `end`; the whole match if there is none at all. */
static void push_capture(matcher *m, int i, const char *s, const char *end)
{
    const capture *one = &m->captures[i];

    if (i >= m->count) {
        if (i > 0)
            luaL_error(m->L, "invalid capture index %%%d", i + 1);
        lua_pushlstring(m->L, s, (size_t)(end - s));
    } else if (one->length == OPEN) {
        luaL_error(m->L, "unfinished capture");
    } else if (one->length == POSITION) {
        lua_pushinteger(m->L, one->start - m->text + 1);
    } else {
        lua_pushlstring(m->L, one->start, (size_t)one->length);
    }
}

/* Push all captures, or the whole match when `s` is given and there are none. Returns how many. */
static int push_captures(matcher *m, const char *s, const char *end)
{
    int count = m->count == 0 && s ? 1 : m->count;

    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++)
        push_capture(m, i, s, end);
    return count;
}

/* The matcher for the text and the pattern at these indices; *p: the pattern. */
static matcher matcher_of(lua_State *L, int text, int pattern, const char **p)
{
    size_t text_length, pattern_length;
    matcher m = { .L = L };

    m.text = luaL_checklstring(L, text, &text_length);
    m.text_end = m.text + text_length;
    *p = luaL_checklstring(L, pattern, &pattern_length);
    m.pattern_end = *p + pattern_length;
    return m;
}

/* The place in the text that argument `index` names, NULL if it lies behind the text. */
static const char *start_at(const matcher *m, int index)
{
    lua_Integer length = m->text_end - m->text, start = luaL_optinteger(m->L, index, 1);

    if (start < 0)
        start = start < -length ? 1 : length + start + 1;
    else if (start == 0)
        start = 1;
    return start > length + 1 ? NULL : m->text + start - 1;
}

/* Whether the match that `find` asks for is one of plain text. */
static bool is_plain(lua_State *L, const char *p, const char *end)
{
    if (lua_toboolean(L, 4))
        return true;
    for (; p < end; p++)
        if (strchr("^$*+?.([%-", *p) && *p)
            return false;
    return true;
}

static const char *find_plain(matcher *m, const char *s, const char *p)
{
    size_t length = (size_t)(m->pattern_end - p);

    for (; (size_t)(m->text_end - s) >= length; s++) {
        step(m, 1);
        if (length == 0 || (*s == *p && memcmp(s, p, length) == 0))
            return s;
        if (*s == *p)
            step(m, length / 8);
    }
    return NULL;
}

static int find_or_match(lua_State *L, bool find)
{
    const char *p, *end = NULL;
    matcher m = matcher_of(L, 1, 2, &p);
    const char *s = start_at(&m, 3);
    bool anchored = p < m.pattern_end && *p == '^';

    if (s && find && is_plain(L, p, m.pattern_end)) {
        s = find_plain(&m, s, p);
        end = s ? s + (m.pattern_end - p) : NULL;
    } else if (s) {
        while (!(end = match_anew(&m, s, p + anchored)) && !anchored && s < m.text_end)
            s++;
    }
    charge_steps(L, m.steps);
    if (!end) {
        lua_pushnil(L);
        return 1;
    }
    if (!find)
        return push_captures(&m, s, end);
    lua_pushinteger(L, s - m.text + 1);
    lua_pushinteger(L, end - m.text);
    return push_captures(&m, NULL, NULL) + 2;
}

static int pattern_find(lua_State *L)
{
    return find_or_match(L, true);
}

static int pattern_match(lua_State *L)
{
    return find_or_match(L, false);
}

/* Upvalues: text, pattern, the offset to go on from, the end of the last match or -1. */
static int next_match(lua_State *L)
{
    const char *p, *end;
    matcher m = matcher_of(L, lua_upvalueindex(1), lua_upvalueindex(2), &p);
    const char *s = m.text + lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    int count = 0;

    for (; s <= m.text_end && !count; s++) {
        if (!(end = match_anew(&m, s, p)) || end - m.text == last)
            continue;
        lua_pushinteger(L, end - m.text);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        count = push_captures(&m, s, end);
    }
    charge_steps(L, m.steps);
    return count;
}

static int pattern_gmatch(lua_State *L)
{
    const char *p;
    matcher m = matcher_of(L, 1, 2, &p);
    const char *s = start_at(&m, 3);

    lua_settop(L, 2);
    lua_pushinteger(L, s ? s - m.text : m.text_end - m.text + 1);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

/* ------------------------------------------------------------ replacing */

/* The replacement string with its captures. */
static void add_string(matcher *m, luaL_Buffer *out, const char *s, const char *end)
{
    size_t length;
    const char *text = lua_tolstring(m->L, 3, &length);

    for (const char *stop = text + length; text < stop; text++) {
        step(m, 1);
        if (*text != '%') {
            luaL_addchar(out, *text);
        } else if (++text < stop && *text == '%') {
            luaL_addchar(out, '%');
        } else if (text < stop && *text == '0') {
            luaL_addlstring(out, s, (size_t)(end - s));
        } else if (text < stop && isdigit((unsigned char)*text)) {
            push_capture(m, *text - '1', s, end);
            luaL_tolstring(m->L, -1, NULL);
            lua_remove(m->L, -2);
            luaL_addvalue(out);
        } else {
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        }
    }
}

/* What the function or table at 3 gives for the match; the match itself for nil and false. */
static void add_result(matcher *m, luaL_Buffer *out, const char *s, const char *end)
{
    lua_State *L = m->L;

    if (lua_isfunction(L, 3)) {
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(m, s, end), 1);
    } else {
        push_capture(m, 0, s, end);
        lua_gettable(L, 3);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, s, (size_t)(end - s));
    } else if (lua_isstring(L, -1)) {
        luaL_addvalue(out);
    } else {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    }
}

static int pattern_gsub(lua_State *L)
{
    const char *p, *end, *last = NULL;
    matcher m = matcher_of(L, 1, 2, &p);
    const char *s = m.text;
    lua_Integer most = luaL_optinteger(L, 4, m.text_end - m.text + 1), count = 0;
    bool anchored = p < m.pattern_end && *p == '^', string = lua_isstring(L, 3);
    luaL_Buffer out;

    luaL_argexpected(L, string || lua_istable(L, 3) || lua_isfunction(L, 3), 3,
                     "string/function/table");
    luaL_buffinit(L, &out);
    while (count < most) {
        if ((end = match_anew(&m, s, p + anchored)) && end != last) {
            count++;
            (string ? add_string : add_result)(&m, &out, s, end);
            s = last = end;
        } else if (s < m.text_end) {
            luaL_addchar(&out, *s++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    charge_steps(L, m.steps);
    luaL_addlstring(&out, s, (size_t)(m.text_end - s));
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}

void patterns_open(lua_State *L)
{
    static const luaL_Reg functions[] = { { "find", pattern_find },
                                          { "match", pattern_match },
                                          { "gmatch", pattern_gmatch },
                                          { "gsub", pattern_gsub },
                                          { NULL, NULL } };

    lua_getglobal(L, LUA_STRLIBNAME);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
