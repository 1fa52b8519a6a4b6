/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite FTS5 behind the benchmark's pipe; see ../README.md. */
#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE_MAX_BYTES = 1 << 20 };

static char line[LINE_MAX_BYTES], match[2 * LINE_MAX_BYTES];

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void require(int code, sqlite3 *database)
{
    if (code != SQLITE_OK) {
        fprintf(stderr, "peer-fts5: %s\n", sqlite3_errmsg(database));
        exit(2);
    }
}

static void run(sqlite3 *database, const char *statement)
{
    require(sqlite3_exec(database, statement, NULL, NULL, NULL), database);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *statement)
{
    sqlite3_stmt *made;
    require(sqlite3_prepare_v2(database, statement, -1, &made, NULL), database);
    return made;
}

static void build(sqlite3 *database)
{
    double begin = microseconds();
    run(database,
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;"
        "CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='porter unicode61');"
        "BEGIN");
    sqlite3_stmt *insert = prepare(database, "INSERT INTO t(rowid, text) VALUES (?, ?)");
    for (sqlite3_int64 row = 1; fgets(line, sizeof line, stdin) != NULL; row++) {
        sqlite3_bind_int64(insert, 1, row);
        sqlite3_bind_text(insert, 2, line, -1, SQLITE_STATIC);
        sqlite3_step(insert);
        require(sqlite3_reset(insert), database);
    }
    sqlite3_finalize(insert);
    run(database, "COMMIT");
    double indexed = microseconds() - begin;
    run(database, "INSERT INTO t(t) VALUES ('optimize'); VACUUM");
    printf("{\"seconds\":%.3f,\"merged_seconds\":%.3f}\n", indexed / 1e6,
           (microseconds() - begin) / 1e6);
}

/* Words in double quotes, joined as the query asks. */
static void translate(const char *query)
{
    const char *joint = query[0] == '+' ? "\" AND \"" : "\" OR \"";
    char *to = match;
    if (query[0] == '"') {
        strcpy(match, query);
        return;
    }
    *to++ = '"';
    for (const char *p = query; *p != '\0'; p++) {
        if (*p == ' ') {
            to = stpcpy(to, joint);
        } else if (*p != '+' && *p != '"') {
            *to++ = *p;
        }
    }
    strcpy(to, "\"");
}

/* The ten best once more, outside the time taken: rows from 0. */
static void print_hits(sqlite3_stmt *top)
{
    for (const char *comma = ""; sqlite3_step(top) == SQLITE_ROW; comma = ",") {
        printf("%s%lld", comma, (long long)sqlite3_column_int64(top, 0) - 1);
    }
    sqlite3_reset(top);
}

static void serve(sqlite3 *database)
{
    sqlite3_stmt *top =
        prepare(database, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?");
    sqlite3_stmt *count = prepare(database, "SELECT count(*) FROM t WHERE t MATCH ?");
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *query = strchr(line, '\t');
        if (query == NULL) {
            fflush(stdout);
            continue;
        }
        *query++ = '\0';
        double begin = microseconds();
        sqlite3_int64 hits = 0;
        translate(query);
        if (strcmp(line, "COUNT") != 0) {
            sqlite3_bind_text(top, 1, match, -1, SQLITE_STATIC);
            sqlite3_bind_int(top, 2, strstr(line, "100") != NULL ? 100 : 10);
            while (sqlite3_step(top) == SQLITE_ROW) {
                hits++;
            }
            sqlite3_reset(top);
        }
        if (strstr(line, "COUNT") != NULL) {
            sqlite3_bind_text(count, 1, match, -1, SQLITE_STATIC);
            hits = sqlite3_step(count) == SQLITE_ROW ? sqlite3_column_int64(count, 0) : 0;
            sqlite3_reset(count);
        }
        printf("{\"us\":%.2f,\"hits\":%lld,\"ids\":[", microseconds() - begin, (long long)hits);
        if (strcmp(line, "HITS_10") == 0) {
            print_hits(top);
        }
        printf("]}\n");
    }
    sqlite3_finalize(top);
    sqlite3_finalize(count);
}

/* Postings are (row, term) pairs, as fts5vocab counts them. */
static void print_stats(sqlite3 *database)
{
    run(database, "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, t, row)");
    sqlite3_stmt *sums = prepare(database, "SELECT count(*), sum(doc), sum(cnt) FROM temp.v");
    sqlite3_stmt *rows = prepare(database, "SELECT count(*) FROM t_docsize");
    sqlite3_step(sums);
    sqlite3_step(rows);
    printf("{\"passages\":%lld,\"terms\":%lld,\"postings\":%lld,\"tokens\":%lld,\"parts\":{",
           (long long)sqlite3_column_int64(rows, 0), (long long)sqlite3_column_int64(sums, 0),
           (long long)sqlite3_column_int64(sums, 1), (long long)sqlite3_column_int64(sums, 2));
    sqlite3_finalize(sums);
    sqlite3_finalize(rows);
    sqlite3_stmt *parts =
        prepare(database, "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY name");
    for (const char *comma = ""; sqlite3_step(parts) == SQLITE_ROW; comma = ",") {
        printf("%s\"%s\":%lld", comma, (const char *)sqlite3_column_text(parts, 0),
               (long long)sqlite3_column_int64(parts, 1));
    }
    printf("},\"version\":\"%s\"}\n", sqlite3_libversion());
    sqlite3_finalize(parts);
}

int main(int argc, char **argv)
{
    sqlite3 *database;
    if (argc < 3) {
        fprintf(stderr, "usage: peer-fts5 build|serve|stats INDEX\n");
        return 2;
    }
    require(sqlite3_open(argv[2], &database), database);
    if (strcmp(argv[1], "build") == 0) {
        build(database);
    } else if (strcmp(argv[1], "stats") == 0) {
        print_stats(database);
    } else {
        run(database, "PRAGMA cache_size=-1048576; PRAGMA mmap_size=4294967296");
        serve(database);
    }
    sqlite3_close(database);
    return 0;
}
