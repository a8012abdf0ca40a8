/* SPDX-License-Identifier: MIT */
/* What kind of picture some bytes are, and how large it is. Reads headers only, never pixels. */
#ifndef NEWSCONV_IMAGE_H
#define NEWSCONV_IMAGE_H

#include "core/plugin.h"

typedef enum nc_image_kind {
    NC_IMAGE_NONE,              /* no picture that we know */
    NC_IMAGE_PNG, NC_IMAGE_JPEG, NC_IMAGE_GIF, NC_IMAGE_BMP, NC_IMAGE_TIFF, NC_IMAGE_WEBP, NC_IMAGE_AVIF,
    NC_IMAGE_SVG, NC_IMAGE_EMF, NC_IMAGE_WMF, NC_IMAGE_PDF, NC_IMAGE_EPS,
    NC_IMAGE_KINDS
} nc_image_kind;

typedef struct nc_image {
    nc_image_kind kind;
    int64_t width, height;      /* pixels as stored; 0: unknown. Of vectors, units of which dpi make an inch. */
    int64_t dpi_x, dpi_y;       /* 72 when the picture does not say, 96 for SVG */
    int orientation;            /* EXIF: 1 upright, 3 upside down, 6 and 8 lying; even ones of 2 to 7 are mirrored */
} nc_image;

#pragma GCC visibility push(default)

/* pandoc's name of a kind ("png"), its extension and its media type, indexed by kind. */
typedef struct nc_image_name {
    const char *name, *extension, *media_type;
} nc_image_name;

extern const nc_image_name nc_image_names[NC_IMAGE_KINDS];

/* Look at `bytes` and say what picture they are. Every byte may be hostile; time is bounded by the headers.
 * Errors: a kind without sizes when they cannot be found. */
nc_image nc_image_read(nc_bytes bytes);

#pragma GCC visibility pop

#endif
