/* SPDX-License-Identifier: MIT */
/* From the bytes of an input to valid UTF-8. */
#ifndef NEWSCONV_ENCODING_H
#define NEWSCONV_ENCODING_H

#include "core/job.h"

/* Decode `raw` for `format` into `text`: valid UTF-8 without NUL, without a byte order mark and without C1 controls
 * (which become what windows-1252 has at their place, as browsers read them). Text that is all right as it stands is
 * not copied; binary formats get their bytes unchanged.
 * What decides, in this order: settings.from_encoding, a byte order mark, what the document declares (unless its bytes
 * are UTF-8 beyond doubt), validity as UTF-8, detection. Bytes that do not fit become U+FFFD, with one warning that
 * names the first place.
 * Errors: EUSAGE for an unknown --from-encoding; EMEM, ELIMIT.
 * Source: HTML standard, 13.2.3; Encoding Standard, 4.2 (labels). */
nc_status nc_decode(nc_job *job, const nc_format *format, nc_bytes raw, nc_bytes *text);

#endif
