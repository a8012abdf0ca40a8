/* SPDX-License-Identifier: MIT */
#include "core/encoding.h"
#include "core/detect.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

enum { HEAD = 4096 };

#define REPLACEMENT "\xEF\xBF\xBD"

static const struct {
    const char *label, *decoder;
} labels[] = {
#define NC_ENCODING(label, decoder) { label, decoder },
#include "core/encodings.def"
#undef NC_ENCODING
};

/* Byte order marks. Encoding Standard, 6.1; UTF-32 is not of the web, but of files. */
static const struct {
    nc_bytes mark;
    const char *decoder;
} marks[] = {
    { NC_LITERAL_INIT("\xEF\xBB\xBF"), "UTF-8" },
    { NC_LITERAL_INIT("\xFF\xFE\0\0"), "UTF-32LE" },
    { NC_LITERAL_INIT("\0\0\xFE\xFF"), "UTF-32BE" },
    { NC_LITERAL_INIT("\xFF\xFE"), "UTF-16LE" },
    { NC_LITERAL_INIT("\xFE\xFF"), "UTF-16BE" },
};

/* The characters at 0x80 to 0x9F of windows-1252, 0 where it has none. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

typedef struct decoding {
    nc_job *job;
    nc_buf out;
    size_t bad, first_bad; /* bytes that did not fit, and where in the output the first one was */
} decoding;

static void put_bad(decoding *d)
{
    if (d->bad++ == 0)
        d->first_bad = d->out.len;
    NC_PUT(&d->out, REPLACEMENT);
}

/* ------------------------------------------------------------ UTF-8 */

/* The next byte from `at` on that cannot stay as it is: not UTF-8, NUL, or a C1 control. */
static size_t next_trouble(nc_bytes text)
{
    size_t end = nc_utf8_valid(text);
    const char *at = end ? memchr(text.ptr, 0, end) : NULL;

    if (end == 0)
        return 0;
    if (at)
        end = (size_t)(at - text.ptr);
    for (at = text.ptr; (at = memchr(at, '\xC2', end - (size_t)(at - text.ptr))) != NULL; at++)
        if ((unsigned char)at[1] < 0xA0)
            return (size_t)(at - text.ptr);
    return end;
}

/* How many bytes from `at` on, all valid, can stay. */
static size_t sound_length(nc_bytes text, size_t at, size_t end)
{
    size_t start = at;

    for (; at < end; at++) {
        unsigned char c = (unsigned char)text.ptr[at];

        if (c == 0 || (c == 0xC2 && (unsigned char)text.ptr[at + 1] < 0xA0))
            break;
    }
    return at - start;
}

static size_t repair_one(decoding *d, nc_bytes text, size_t at, bool valid)
{
    uint16_t character;
    char bytes[4];

    if (!valid || !text.ptr[at]) {
        put_bad(d);
        return 1;
    }
    character = windows_1252[(unsigned char)text.ptr[at + 1] - 0x80];
    if (character)
        nc_put(&d->out, (nc_bytes){ bytes, nc_utf8_put(bytes, character) });
    else
        put_bad(d);
    return 2;
}

/* Each byte is looked at twice at most, however many there are to be repaired. */
static void repair_utf8(decoding *d, nc_bytes text)
{
    size_t at = 0, valid = 0; /* text is valid from `at` up to `valid` */

    while (at < text.len && !d->job->status) {
        size_t sound;

        if (valid <= at)
            valid = at + nc_utf8_valid((nc_bytes){ text.ptr + at, text.len - at });
        sound = sound_length(text, at, valid);
        nc_put(&d->out, (nc_bytes){ text.ptr + at, sound });
        at += sound;
        if (at < text.len)
            at += repair_one(d, text, at, at < valid);
    }
}

/* ------------------------------------------------------------ other encodings */

static void convert(decoding *d, iconv_t converter, nc_bytes raw)
{
    char *in = (char *)(uintptr_t)raw.ptr; /* iconv does not write to it */
    size_t left = raw.len;

    while (left && nc_buf_reserve(&d->out, left + 16)) {
        char *out = d->out.ptr + d->out.len;
        size_t room = d->out.capacity - d->out.len;
        size_t result = iconv(converter, &in, &left, &out, &room);

        d->out.len = (size_t)(out - d->out.ptr);
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        put_bad(d);
        in++;
        left--;
    }
}

/* Order of a label of the table, ended by NUL, and one that may have capitals. */
static int compare_label(const char *label, nc_bytes other)
{
    int order = strncasecmp(label, other.ptr, other.len);

    return order ? order : label[other.len] != 0;
}

/* The decoder of a label, NULL if the standard knows none. */
static const char *decoder_of(nc_bytes label)
{
    size_t low = 0, high = sizeof(labels) / sizeof(labels[0]);

    while (label.len && (unsigned char)label.ptr[0] <= ' ')
        label = (nc_bytes){ label.ptr + 1, label.len - 1 };
    while (label.len && (unsigned char)label.ptr[label.len - 1] <= ' ')
        label.len--;
    while (label.len && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_label(labels[middle].label, label);

        if (order == 0)
            return labels[middle].decoder;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_utf8(const char *decoder)
{
    return strcasecmp(decoder, "UTF-8") == 0;
}

/* ------------------------------------------------------------ the decision */

static const char *byte_order_mark(nc_bytes *raw)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (raw->len >= marks[i].mark.len &&
            memcmp(raw->ptr, marks[i].mark.ptr, marks[i].mark.len) == 0) {
            *raw = (nc_bytes){ raw->ptr + marks[i].mark.len, raw->len - marks[i].mark.len };
            return marks[i].decoder;
        }
    return NULL;
}

/* UTF-16 without a mark: nearly every other byte of western text and of markup is NUL. */
static const char *unmarked_utf16(nc_bytes raw)
{
    size_t pairs = raw.len < 256 ? raw.len / 2 : 128, nul[2] = { 0, 0 };

    for (size_t i = 0; i < pairs * 2; i++)
        nul[i % 2] += raw.ptr[i] == 0;
    if (pairs < 4)
        return NULL;
    return nul[1] > pairs * 3 / 4 && !nul[0]   ? "UTF-16LE"
           : nul[0] > pairs * 3 / 4 && !nul[1] ? "UTF-16BE"
                                               : NULL;
}

/* How much of the bytes is UTF-8 that is not ASCII, against what is neither. */
static void count_sequences(nc_bytes raw, size_t *good, size_t *bad)
{
    size_t at = 0;

    *good = *bad = 0;
    while (at < raw.len) {
        size_t end = at + nc_utf8_valid((nc_bytes){ raw.ptr + at, raw.len - at });

        for (; at < end; at++)
            *good += (unsigned char)raw.ptr[at] >= 0xC2;
        *bad += at < raw.len;
        at++;
    }
}

static bool has_escapes(nc_bytes raw)
{
    return memchr(raw.ptr, 0x1B, raw.len) !=
           NULL; /* ISO-2022: ASCII bytes that are not ASCII text */
}

/* The decoder for bytes without mark. A declaration counts unless the bytes prove it wrong. */
static const char *choose(nc_job *job, const nc_format *format, nc_bytes raw)
{
    nc_bytes declared = { NULL, 0 };
    const char *decoder = NULL, *found;
    bool valid = nc_utf8_valid(raw) == raw.len;
    size_t good, bad;

    if (format->declared_encoding)
        declared =
            format->declared_encoding((nc_bytes){ raw.ptr, raw.len < HEAD ? raw.len : HEAD });
    if (declared.len)
        decoder = decoder_of(declared);
    /* HTML, 13.2.3.2: a declaration that can be read as ASCII is not UTF-16 */
    if (decoder && strncmp(decoder, "UTF-16", 6) == 0)
        decoder = "UTF-8";
    if (decoder && strcmp(decoder, "USER-DEFINED") == 0)
        decoder = "CP1252";
    if (valid && (!decoder || is_utf8(decoder)))
        return "UTF-8";
    count_sequences(raw, &good, &bad);
    if (valid && !has_escapes(raw)) {
        if (good)
            nc_warn(job, NULL, NC_WARN_ENCODING, "declared to be %.*s, but its bytes are UTF-8",
                    (int)declared.len, declared.ptr);
        return "UTF-8";
    }
    if (decoder && !(is_utf8(decoder) && bad > good))
        return decoder;
    if (good > 4 * bad)
        return "UTF-8";
    found = nc_detect_encoding(job, raw);
    if (decoder)
        nc_warn(job, NULL, NC_WARN_ENCODING,
                "declared to be %.*s, but its bytes are not: read as %s", (int)declared.len,
                declared.ptr, found);
    return found;
}

/* Encoding Standard, 14.5: bytes above 0x7F are characters of private use. */
static void decode_user_defined(decoding *d, nc_bytes raw)
{
    for (size_t i = 0; i < raw.len && !d->job->status; i++) {
        unsigned char byte = (unsigned char)raw.ptr[i];
        char bytes[4];

        nc_put(&d->out,
               (nc_bytes){ bytes, nc_utf8_put(bytes, byte < 0x80 ? byte : 0xF700u + byte) });
    }
}

static void decode_by_iconv(decoding *d, const char *decoder, nc_bytes raw)
{
    iconv_t converter = iconv_open("UTF-8", decoder);

    if (converter == (iconv_t)-1) {
        nc_fail(d->job, NC_EUNSUPPORTED, "iconv does not know %s; is libc-bin complete?", decoder);
        return;
    }
    convert(d, converter, raw);
    iconv_close(converter);
}

static void decode_as(decoding *d, const char *decoder, nc_bytes raw)
{
    nc_bytes converted;

    if (is_utf8(decoder)) {
        repair_utf8(d, raw);
        return;
    }
    if (strcmp(decoder, "REPLACEMENT") == 0) /* encodings that attacks hide in: 14.1 */
        put_bad(d);
    else if (strcmp(decoder, "USER-DEFINED") == 0)
        decode_user_defined(d, raw);
    else
        decode_by_iconv(d, decoder, raw);
    converted = (nc_bytes){ d->out.ptr, d->out.len };
    if (!d->job->status && next_trouble(converted) < converted.len) {
        nc_buf whole = d->out;

        nc_buf_open(&d->out, d->job);
        d->out.maximum = SIZE_MAX;
        repair_utf8(d, converted);
        nc_buf_close(&whole);
    }
}

/* The decoder that --from-encoding names: a label, or whatever iconv knows. NULL and a failed job
 * if none. */
static const char *asked_decoder(nc_job *job, const char *name)
{
    const char *decoder = decoder_of(nc_string(name));
    iconv_t known;

    if (decoder)
        return decoder;
    known = iconv_open("UTF-8", name);
    if (known == (iconv_t)-1) {
        nc_fail(job, NC_EUSAGE, "--from-encoding: %s is not known; see iconv -l", name);
        return NULL;
    }
    iconv_close(known);
    return name;
}

static void warn_of_bad_bytes(const decoding *d, const char *decoder)
{
    uint32_t offset = d->first_bad < UINT32_MAX ? (uint32_t)d->first_bad : UINT32_MAX;
    nc_node place = { .part = d->job->part, .offset = offset };

    nc_warn(d->job, &place, NC_WARN_ENCODING,
            "%zu byte%s not valid %s, the first one here; U+FFFD stands there instead", d->bad,
            d->bad == 1 ? " is" : "s are", decoder);
}

nc_status nc_decode(nc_job *job, const nc_format *format, nc_bytes raw, nc_bytes *text)
{
    const char *decoder;
    decoding d = { .job = job };
    nc_buf *kept;

    *text = raw;
    if ((format->flags & NC_FORMAT_BINARY) || job->status)
        return job->status;
    decoder = byte_order_mark(&raw);
    *text = raw;
    if (job->settings.from_encoding)
        decoder = asked_decoder(job, job->settings.from_encoding);
    if (job->status)
        return job->status;
    if (!decoder)
        decoder = unmarked_utf16(raw);
    if (!decoder)
        decoder = choose(job, format, raw);
    if (job->status || (is_utf8(decoder) && next_trouble(raw) == raw.len))
        return job->status;
    nc_buf_open(&d.out, job);
    d.out.maximum = SIZE_MAX; /* the limit on memory holds */
    decode_as(&d, decoder, raw);
    if (d.bad)
        warn_of_bad_bytes(&d, decoder);
    *text = (nc_bytes){ d.out.ptr ? d.out.ptr : "", d.out.len };
    kept = nc_list_push(job, &job->buffers, sizeof(*kept));
    if (kept)
        *kept = d.out;
    else
        nc_buf_close(&d.out);
    return job->status;
}
