/* SPDX-License-Identifier: MIT */
/* SVG and MathML: HTML, 13.2.6.5, and the dispatcher's conditions in 13.2.6. */
#include "plugins/html/parser/parser.h"

#include <strings.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* SVG's names that have capitals. */
static const char *const svg_names[] = {
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "clipPath",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "foreignObject",
    "glyphRef",
    "linearGradient",
    "radialGradient",
    "textPath",
};

static const char *const svg_attributes[] = {
    "attributeName",
    "attributeType",
    "baseFrequency",
    "baseProfile",
    "calcMode",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "filterUnits",
    "glyphRef",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "kernelUnitLength",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "refX",
    "refY",
    "repeatCount",
    "repeatDur",
    "requiredExtensions",
    "requiredFeatures",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "viewBox",
    "viewTarget",
    "xChannelSelector",
    "yChannelSelector",
    "zoomAndPan",
};

static const char *const mathml_attributes[] = { "definitionURL" };

/* HTML elements whose start tag ends foreign content. */
static const dom_tag breaking_out[] = {
    DOM_B,       DOM_BIG,   DOM_BLOCKQUOTE, DOM_BODY,   DOM_BR,     DOM_CENTER, DOM_CODE, DOM_DD,
    DOM_DIV,     DOM_DL,    DOM_DT,         DOM_EM,     DOM_EMBED,  DOM_H1,     DOM_H2,   DOM_H3,
    DOM_H4,      DOM_H5,    DOM_H6,         DOM_HEAD,   DOM_HR,     DOM_I,      DOM_IMG,  DOM_LI,
    DOM_LISTING, DOM_MENU,  DOM_META,       DOM_NOBR,   DOM_OL,     DOM_P,      DOM_PRE,  DOM_RUBY,
    DOM_S,       DOM_SMALL, DOM_SPAN,       DOM_STRONG, DOM_STRIKE, DOM_SUB,    DOM_SUP,  DOM_TABLE,
    DOM_TT,      DOM_U,     DOM_UL,         DOM_VAR,
};

static nc_bytes spelled(nc_bytes name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == name.len && strncasecmp(names[i], name.ptr, name.len) == 0)
            return nc_string(names[i]);
    return name;
}

void parser_adjust_foreign(html_parser *parser, dom_space space)
{
    html_token *token = &parser->token;
    bool svg = space == SPACE_SVG;

    if (svg)
        token->name = spelled(token->name, svg_names, COUNT(svg_names));
    for (size_t i = 0; i < token->attribute_count; i++)
        token->attributes[i].key =
            spelled(token->attributes[i].key, svg ? svg_attributes : mathml_attributes,
                    svg ? COUNT(svg_attributes) : COUNT(mathml_attributes));
}

/* ------------------------------------------------------------ integration points */

static dom_node *adjusted_current(const html_parser *parser)
{
    return parser->context && parser->depth == 1 ? parser->context : parser_current(parser);
}

static bool is_mathml_point(const dom_node *node)
{
    return node->space == SPACE_MATHML &&
           (node->tag == DOM_MI || node->tag == DOM_MO || node->tag == DOM_MN ||
            node->tag == DOM_MS || node->tag == DOM_MTEXT);
}

static bool has_html_encoding(const dom_attributes *attributes)
{
    for (size_t i = 0; attributes && i < attributes->count; i++) {
        nc_bytes value = attributes->items[i].value;

        if (nc_is(attributes->items[i].key, "encoding"))
            return (value.len == 9 && strncasecmp(value.ptr, "text/html", 9) == 0) ||
                   (value.len == 21 && strncasecmp(value.ptr, "application/xhtml+xml", 21) == 0);
    }
    return false;
}

static bool is_html_point(const dom_node *node)
{
    if (node->space == SPACE_SVG)
        return node->tag == DOM_FOREIGNOBJECT || node->tag == DOM_DESC || node->tag == DOM_TITLE;
    return node->space == SPACE_MATHML && node->tag == DOM_ANNOTATION_XML &&
           has_html_encoding(node->attributes);
}

bool parser_is_foreign_token(const html_parser *parser)
{
    const html_token *token = &parser->token;
    const dom_node *node = adjusted_current(parser);
    bool text = token->kind == TOKEN_TEXT || token->kind == TOKEN_SPACE;
    bool start = token->kind == TOKEN_START;

    if (!node || node->space == SPACE_HTML || token->kind == TOKEN_EOF)
        return false;
    if (is_mathml_point(node) &&
        (text || (start && token->tag != DOM_MGLYPH && token->tag != DOM_MALIGNMARK)))
        return false;
    if (node->space == SPACE_MATHML && node->tag == DOM_ANNOTATION_XML && start &&
        token->tag == DOM_SVG)
        return false;
    return !(is_html_point(node) && (start || text));
}

/* ------------------------------------------------------------ the rules */

static bool breaks_out(const html_parser *parser)
{
    const html_token *token = &parser->token;

    for (size_t i = 0; i < COUNT(breaking_out); i++)
        if (token->tag == breaking_out[i])
            return true;
    for (size_t i = 0; token->tag == DOM_FONT && i < token->attribute_count; i++)
        if (nc_is(token->attributes[i].key, "color") || nc_is(token->attributes[i].key, "face") ||
            nc_is(token->attributes[i].key, "size"))
            return true;
    return false;
}

static bool leave_foreign(html_parser *parser)
{
    while (parser->depth > 1) {
        const dom_node *node = parser_current(parser);

        if (node->space == SPACE_HTML || is_mathml_point(node) || is_html_point(node))
            break;
        parser_pop(parser);
    }
    return true;
}

/* NUL becomes U+FFFD here. */
static void insert_text(html_parser *parser)
{
    nc_bytes text = parser->token.text;

    for (size_t i = 0; i < text.len && parser->frameset_ok; i++)
        if (!parser_is_space(text.ptr[i]) && text.ptr[i])
            parser->frameset_ok = false;
    if (text.len && memchr(text.ptr, 0, text.len)) {
        html_content content = parser->content;

        parser->content = HTML_RAWTEXT;
        text = parser_resolve(parser, text, false, false);
        parser->content = content;
    }
    parser_insert_text(parser, text);
}

static bool start_foreign(html_parser *parser)
{
    dom_space space = adjusted_current(parser)->space;

    if (breaks_out(parser))
        return leave_foreign(parser);
    parser_adjust_foreign(parser, space);
    parser_insert_foreign(parser, space);
    return false;
}

static bool end_foreign(html_parser *parser)
{
    uint16_t tag = parser->token.tag;
    size_t index = parser_topmost_foreign(parser, tag);

    if (tag == DOM_BR || tag == DOM_P)
        return leave_foreign(parser);
    if (index > parser->tops.html) {
        parser_pop_foreign(parser, tag);
        return false;
    }
    return parser->depth > 1;
}

/* True: the token is to be processed by the rules of the insertion mode. */
bool parser_in_foreign(html_parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_SPACE:
    case TOKEN_TEXT: insert_text(parser); return false;
    case TOKEN_COMMENT: return parser_comment_here(parser);
    case TOKEN_START: return start_foreign(parser);
    case TOKEN_END: return end_foreign(parser);
    default: return false;
    }
}
