/* SPDX-License-Identifier: MIT */
#include "core/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct sample {
    const char *what;
    nc_bytes bytes;
    nc_image expected;
} sample;

static const sample samples[] = {
    { "png with 300 dpi",
      NC_LITERAL_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x80\x08\2\0\0\0\0\0\0\0"
                      "\0\0\0\tpHYs\0\0\x2e\x24\0\0\x2e\x24\1\0\0\0\0"),
      { NC_IMAGE_PNG, 256, 128, 300, 300, 1 } },
    { "gif", NC_LITERAL_INIT("GIF89a\x0a\0\x05\0"), { NC_IMAGE_GIF, 10, 5, 72, 72, 1 } },
    { "jpeg with density and a rotation",
      NC_LITERAL_INIT("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\1\0\x60\0\x60\0\0"
                      "\xff\xe1\0\x22"
                      "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
                      "\xff\xc0\0\x11\x08\0\x20\0\x40\3"),
      { NC_IMAGE_JPEG, 64, 32, 96, 96, 6 } },
    { "bmp stored top down",
      NC_LITERAL_INIT("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x07\0\0\0\xfd\xff\xff\xff\1\0\x18\0"
                      "\0\0\0\0\0\0\0\0\x13\x0b\0\0\x13\x0b\0\0"),
      { NC_IMAGE_BMP, 7, 3, 72, 72, 1 } },
    { "tiff",
      NC_LITERAL_INIT("II*\0\x08\0\0\0\2\0\0\1\3\0\1\0\0\0\x0c\0\0\0\1\1\3\0\1\0\0\0\x09\0\0\0"),
      { NC_IMAGE_TIFF, 12, 9, 72, 72, 1 } },
    { "webp",
      NC_LITERAL_INIT("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\0\0\x0f\0\0"),
      { NC_IMAGE_WEBP, 32, 16, 72, 72, 1 } },
    { "svg in millimetres",
      NC_LITERAL_INIT(
          "<?xml version='1.0'?>\n<!-- <svg> -->\n<svg xmlns='x' width='25.4mm' height=\"1in\">"),
      { NC_IMAGE_SVG, 96, 96, 96, 96, 1 } },
    { "svg with a view box only",
      NC_LITERAL_INIT("<svg viewBox='0 0 30.4 20'/>"),
      { NC_IMAGE_SVG, 30, 20, 96, 96, 1 } },
    { "svg with one side",
      NC_LITERAL_INIT("<svg viewBox='0,0,40,20' width='10'/>"),
      { NC_IMAGE_SVG, 10, 5, 96, 96, 1 } },
    { "pdf",
      NC_LITERAL_INIT("%PDF-1.4\n<< /MediaBox [0 0 200 100.4] >>"),
      { NC_IMAGE_PDF, 200, 100, 72, 72, 1 } },
    { "eps",
      NC_LITERAL_INIT("%!PS-Adobe-3.0\n%%BoundingBox: 10 10 110 60\n"),
      { NC_IMAGE_EPS, 100, 50, 72, 72, 1 } },
    { "html",
      NC_LITERAL_INIT("<!DOCTYPE html><html><svg width='5' height='5'>"),
      { NC_IMAGE_NONE, 0, 0, 72, 72, 1 } },
    { "nothing", NC_LITERAL_INIT(""), { NC_IMAGE_NONE, 0, 0, 72, 72, 1 } },
};

enum { SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static void kinds_and_sizes_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        nc_image got = nc_image_read(samples[i].bytes);
        const nc_image *expected = &samples[i].expected;

        if (memcmp(&got, expected, sizeof(got)) != 0)
            fail_msg("%s: kind %d, %d x %d at %d x %d, turned %d", samples[i].what, (int)got.kind,
                     (int)got.width, (int)got.height, (int)got.dpi_x, (int)got.dpi_y,
                     got.orientation);
    }
}

/* Every prefix, and every sample with each byte changed, ends without a fault. */
static void hostile_bytes_are_survived(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        size_t len = samples[i].bytes.len;

        for (size_t most = 1; most <= len; most++) {
            char *bytes = malloc(most);

            memcpy(bytes, samples[i].bytes.ptr, most);
            nc_image_read((nc_bytes){ bytes, most });
            for (int value = 0; value < 256; value += 51) {
                bytes[most - 1] = (char)value;
                nc_image_read((nc_bytes){ bytes, most });
            }
            free(bytes);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_and_sizes_are_found),
        cmocka_unit_test(hostile_bytes_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
