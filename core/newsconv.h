/* SPDX-License-Identifier: MIT */
/* newsconv: any document in, one tree, Lua scripts over the tree, any document out.
 *
 *     newsconv *conv = newsconv_open();
 *     newsconv_set(conv, "to", "docx");
 *     newsconv_input_file(conv, "story.html");
 *     if (newsconv_convert_file(conv, "story.docx") != NEWSCONV_OK)
 *         fprintf(stderr, "%s\n", newsconv_error(conv)->text);
 *     newsconv_close(conv);
 *
 * Threads: a handle belongs to one thread at a time; any number of handles work at once. Only newsconv_cancel may be
 *          called from elsewhere.
 * Memory:  what these functions return belongs to the handle. Each declaration says how long it lives.
 * Text:    file names are bytes as the system has them, all other text is UTF-8 and ends with a NUL. */
#ifndef NEWSCONV_H
#define NEWSCONV_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define NEWSCONV_API __attribute__((visibility("default")))
#else
#define NEWSCONV_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* One conversion after another: the options stay, the inputs are those of the next conversion. */
typedef struct newsconv newsconv;

typedef enum newsconv_status {
    NEWSCONV_OK,
    NEWSCONV_EMEM,              /* out of memory */
    NEWSCONV_EIO,               /* a file could not be read or written */
    NEWSCONV_EINPUT,            /* the input is not what its format demands */
    NEWSCONV_ELIMIT,            /* a limit was reached */
    NEWSCONV_EUNSUPPORTED,      /* unknown format, extension or feature */
    NEWSCONV_ESCRIPT,           /* a Lua script failed */
    NEWSCONV_EUSAGE,            /* a wrong option or call */
    NEWSCONV_ECANCELED          /* newsconv_cancel was called */
} newsconv_status;

typedef enum newsconv_verbosity {
    NEWSCONV_ERROR,
    NEWSCONV_WARNING,           /* something was lost or is not as it should be */
    NEWSCONV_NOTICE,            /* what the user should know of a document that lost nothing */
    NEWSCONV_INFO
} newsconv_verbosity;

/* An error or a warning. */
typedef struct newsconv_message {
    newsconv_verbosity verbosity;
    newsconv_status status;     /* of an error; NEWSCONV_OK otherwise */
    int exit_status;            /* of an error: what the command exits with, as pandoc does */
    const char *type;           /* "EncodingWarning", … ; "Error" */
    const char *text;           /* one sentence, without place and newline */
    const char *file;           /* the input, chapter or entry that it is about; NULL: none */
    size_t line, column;        /* from 1; 0: not known */
    size_t times;               /* how often it was said */
} newsconv_message;

/* Why a script chose a value. */
typedef struct newsconv_decision {
    const char *key;            /* of the metadata: "author" */
    const char *value;
    const char *evidence;
    double confidence;          /* 0 to 1 */
    const char *file;
    size_t line, column;        /* as above */
} newsconv_decision;

typedef struct newsconv_format {
    const char *name;
    const char *title;
    const char *extensions;     /* of file names, apart by blanks */
    const char *media_types;    /* apart by blanks */
    const char *module;         /* the file that it comes from; "": linked in */
    bool reads, writes;
    bool binary;                /* its output is no text */
} newsconv_format;

/* An option of the command line, or of a format. */
typedef struct newsconv_option {
    char letter;                /* 's' for -s; 0: none */
    const char *name;           /* without dashes */
    const char *argument;       /* what its value is called; NULL: a switch, which takes true or false */
    const char *values;         /* the words that it takes, apart by blanks; NULL: any */
    const char *preset;         /* the default as text; "": none */
    const char *group;          /* heading in the help */
    const char *help;           /* NULL: another name for an option, not shown */
    bool repeats;               /* each use adds to what was given before */
    bool argument_optional;     /* it may stand without argument */
    bool command;               /* only the command knows it; newsconv_set refuses it */
    bool extension;             /* of a format: a switch set with +name and -name; the others are variables */
} newsconv_option;

/* Make a handle with the default options.
 * Owner:  the caller, who closes it.
 * Errors: NULL when memory ends. */
NEWSCONV_API newsconv *newsconv_open(void);

/* Release a handle and all that it returned. NULL is fine. */
NEWSCONV_API void newsconv_close(newsconv *conv);

/* Set an option by its long name on the command line (newsconv_option_at lists them): "to", "standalone",
 * "max-depth". A value of NULL is true for a switch; any other option goes back to its default, one that repeats
 * forgets what it has.
 * Owner:  `value` is copied.
 * Errors: EUSAGE for an unknown option or value; newsconv_error names the nearest one. */
NEWSCONV_API newsconv_status newsconv_set(newsconv *conv, const char *name, const char *value);

/* Add a file to the inputs of the next conversion; "-" is standard input. It is opened when the conversion runs.
 * Owner:  `path` is copied. */
NEWSCONV_API newsconv_status newsconv_input_file(newsconv *conv, const char *path);

/* Add bytes to the inputs of the next conversion. `name` stands in messages, and its extension tells the format; it
 * may be NULL. Files that the bytes name, such as pictures, are looked for only in the folders of "resource-path".
 * Owner:  `name` is copied; `bytes` must stay as they are until the conversion is over. */
NEWSCONV_API newsconv_status newsconv_input_memory(newsconv *conv, const char *name, const void *bytes, size_t size);

/* Convert the inputs to a file; "-" is standard output. Without inputs, standard input is read. The extension of `path`
 * chooses the format unless "to" is set. The file appears whole or not at all.
 * Errors: see newsconv_error; warnings are in newsconv_message_at either way. */
NEWSCONV_API newsconv_status newsconv_convert_file(newsconv *conv, const char *path);

/* Convert the inputs to memory.
 * Owner:  the handle, until its next input is added, or it is closed.
 * Errors: as above; *bytes is NULL then. */
NEWSCONV_API newsconv_status newsconv_convert_memory(newsconv *conv, const char **bytes, size_t *size);

/* The error of the last call that failed; NULL when the last call did not.
 * Owner:  the handle, until its next call that may fail. */
NEWSCONV_API const newsconv_message *newsconv_error(const newsconv *conv);

/* The warning number `index` of the last conversion, NULL past the last.
 * Owner:  the handle, until its next input is added, or it is closed. */
NEWSCONV_API const newsconv_message *newsconv_message_at(const newsconv *conv, size_t index);

/* The decision number `index` of the last conversion, NULL past the last. Owner: as above. */
NEWSCONV_API const newsconv_decision *newsconv_decision_at(const newsconv *conv, size_t index);

/* Have `report` called when a conversion enters a stage ("read", "write", …), with the share of the inputs that are
 * done (0 to 1). NULL ends it. It must not call functions of this handle other than newsconv_cancel. */
NEWSCONV_API void newsconv_on_progress(newsconv *conv, void (*report)(void *data, const char *stage, double done),
                                       void *data);

/* Stop the conversion that runs, or the next one if none does, with ECANCELED.
 * Safe from another thread and from a signal handler. */
NEWSCONV_API void newsconv_cancel(newsconv *conv);

/* The format number `index`, in alphabetical order; NULL past the last, or (with an error) if the formats could not be
 * listed. Owner: the handle, until it is closed. */
NEWSCONV_API const newsconv_format *newsconv_format_at(newsconv *conv, size_t index);

/* The option number `index` of the command line (`format` NULL) or of a format, NULL past the last, or (with an error)
 * for an unknown format. Owner: the handle, until the next call of this function. */
NEWSCONV_API const newsconv_option *newsconv_option_at(newsconv *conv, const char *format, size_t index);

/* The default template of a format, NULL (with an error) for an unknown one, "" if it has none.
 * Owner:  the handle, until it is closed. */
NEWSCONV_API const char *newsconv_template(newsconv *conv, const char *format);

/* The version of the library, "1.2.3". */
NEWSCONV_API const char *newsconv_version(void);

#ifdef __cplusplus
}
#endif

#endif
