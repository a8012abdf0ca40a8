/* SPDX-License-Identifier: MIT */
/* SHA-1, FIPS 180-4. */
#include "core/sha1.h"

static uint32_t rotate(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

static void mix(uint32_t state[5], const unsigned char block[64])
{
    static const uint32_t constants[4] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
    uint32_t w[80], s[5];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[i * 4] << 24 | (uint32_t)block[i * 4 + 1] << 16 |
               (uint32_t)block[i * 4 + 2] << 8 | block[i * 4 + 3];
    for (int i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    memcpy(s, state, sizeof(s));
    for (int i = 0; i < 80; i++) {
        uint32_t choice = i < 20              ? (s[1] & s[2]) | (~s[1] & s[3])
                          : i >= 40 && i < 60 ? (s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])
                                              : s[1] ^ s[2] ^ s[3];
        uint32_t sum = rotate(s[0], 5) + choice + s[4] + constants[i / 20] + w[i];

        s[4] = s[3];
        s[3] = s[2];
        s[2] = rotate(s[1], 30);
        s[1] = s[0];
        s[0] = sum;
    }
    for (int i = 0; i < 5; i++)
        state[i] += s[i];
}

void nc_sha1(nc_bytes text, char hex[NC_SHA1_HEX])
{
    uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
    unsigned char tail[128] = { 0 };
    size_t whole = text.len / 64 * 64, rest = text.len - whole, end = rest < 56 ? 64 : 128;

    for (size_t at = 0; at < whole; at += 64)
        mix(state, (const unsigned char *)text.ptr + at);
    if (rest)
        memcpy(tail, text.ptr + whole, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++)
        tail[end - 1 - (size_t)i] = (unsigned char)((uint64_t)text.len * 8 >> (8 * i));
    for (size_t at = 0; at < end; at += 64)
        mix(state, tail + at);
    for (int i = 0; i < NC_SHA1_HEX; i++)
        hex[i] = "0123456789abcdef"[state[i / 8] >> (28 - 4 * (i % 8)) & 15];
}
