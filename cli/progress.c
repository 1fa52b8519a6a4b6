/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include "cli/human.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR = 24 /* columns */ };
static const double REDRAW_SECONDS = 0.1, LINE_SECONDS = 5;

nn_progress nn_progress_start(bool silent, uint64_t bytes_total)
{
    nn_progress progress = {.silent = silent,
                            .redraws = nn_terminal_can_redraw(STDERR_FILENO),
                            .bytes_total = bytes_total,
                            .started = nn_seconds_now()};
    progress.shown = progress.started;
    return progress;
}

double nn_progress_seconds(const nn_progress *progress)
{
    return nn_seconds_now() - progress->started;
}

/** "43 % · 1:23 left", or nothing where the end is not known. */
static void describe_share(const nn_progress *progress, uint64_t bytes_read, char *to, size_t room)
{
    char left[NN_HUMAN_ROOM];
    to[0] = '\0';
    if (progress->bytes_total > 0 && bytes_read > 0 && bytes_read <= progress->bytes_total) {
        double share = (double)bytes_read / (double)progress->bytes_total;
        double seconds = nn_progress_seconds(progress) * (1 - share) / share;
        (void)snprintf(to, room, "%.0f %% · %s left · ", 100 * share,
                       nn_human_seconds(seconds, left));
    }
}

static void draw(nn_progress *progress, uint64_t bytes_read, const char *text)
{
    char bar[BAR + 1] = "";
    if (progress->bytes_total > 0) {
        uint64_t read = bytes_read < progress->bytes_total ? bytes_read : progress->bytes_total;
        size_t full = (size_t)((double)read / (double)progress->bytes_total * BAR);
        for (size_t i = 0; i < BAR; i++) {
            bar[i] = i < full ? '=' : i == full ? '>' : ' ';
        }
        bar[BAR] = '\0';
    }
    (void)fprintf(stderr, "\r\033[K%s%s%s%s", bar[0] == '\0' ? "" : "[", bar,
                  bar[0] == '\0' ? "" : "] ", text);
    (void)fflush(stderr);
    progress->drawn = true;
}

void nn_progress_update(nn_progress *progress, uint64_t articles, uint64_t bytes_read,
                        uint64_t text_bytes)
{
    if (progress->silent) {
        return;
    }
    double now = nn_seconds_now();
    if (now - progress->shown < (progress->redraws ? REDRAW_SECONDS : LINE_SECONDS)) {
        return;
    }
    char share[80], text[200], count[NN_HUMAN_ROOM];
    double seconds = now - progress->started;
    describe_share(progress, bytes_read, share, sizeof share);
    (void)snprintf(text, sizeof text, "%s%s articles · %.1f MB/s", share,
                   nn_human_count(articles, count), (double)text_bytes / 1e6 / seconds);
    if (progress->redraws) {
        draw(progress, bytes_read, text);
    } else {
        nn_message("%s", text);
    }
    progress->shown = now;
}

void nn_progress_clear(nn_progress *progress)
{
    if (progress->drawn) {
        (void)fprintf(stderr, "\r\033[K");
        (void)fflush(stderr);
        progress->drawn = false;
    }
}
