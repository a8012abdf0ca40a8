/* SPDX-License-Identifier: MIT */
/* Says what newsconv finds in each file named: author, source, warnings, length of the text.
 *
 *     cc headlines.c $(pkg-config --cflags --libs newsconv) -o headlines */
#include <newsconv.h>
#include <stdio.h>

static void print_messages(const newsconv *conv)
{
    const newsconv_message *message;

    for (size_t i = 0; (message = newsconv_message_at(conv, i)); i++)
        if (message->verbosity == NEWSCONV_WARNING)
            printf("  warning: %s\n", message->text);
}

static void print_decisions(const newsconv *conv)
{
    const newsconv_decision *decision;

    for (size_t i = 0; (decision = newsconv_decision_at(conv, i)); i++)
        printf("  %s: %s (%s)\n", decision->key, decision->value, decision->evidence);
}

static int convert(newsconv *conv, const char *path)
{
    const char *text;
    size_t size;

    printf("%s\n", path);
    if (newsconv_input_file(conv, path) != NEWSCONV_OK ||
        newsconv_convert_memory(conv, &text, &size) != NEWSCONV_OK) {
        printf("  error: %s\n", newsconv_error(conv)->text);
        return 1;
    }
    print_decisions(conv);
    print_messages(conv);
    printf("  %zu bytes of plain text\n", size);
    return 0;
}

int main(int count, char **paths)
{
    newsconv *conv = newsconv_open();
    int failures = 0;

    if (!conv || newsconv_set(conv, "to", "plain") != NEWSCONV_OK ||
        newsconv_set(conv, "max-memory", "256M") != NEWSCONV_OK) {
        fprintf(stderr, "headlines: %s\n", conv ? newsconv_error(conv)->text : "out of memory");
        newsconv_close(conv);
        return 1;
    }
    for (int i = 1; i < count; i++)
        failures += convert(conv, paths[i]);
    newsconv_close(conv);
    return failures != 0;
}
