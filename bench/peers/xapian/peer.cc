// SPDX-License-Identifier: Apache-2.0
// Xapian behind the benchmark's pipe; see ../README.md.
#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

using std::string;

static double seconds_now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

static void build(const string &directory)
{
    double begin = seconds_now();
    {
        Xapian::WritableDatabase database(directory + ".parts", Xapian::DB_CREATE_OR_OVERWRITE);
        Xapian::TermGenerator words;
        words.set_stemmer(Xapian::Stem("en"));
        words.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
        for (string line; std::getline(std::cin, line);) {
            Xapian::Document document;
            words.set_document(document);
            words.set_termpos(0);
            words.index_text(line);
            database.add_document(document);
        }
        database.commit();
    }
    double indexed = seconds_now() - begin;
    Xapian::Database(directory + ".parts").compact(directory, Xapian::DBCOMPACT_NO_RENUMBER);
    std::printf("{\"seconds\":%.3f,\"merged_seconds\":%.3f}\n", indexed, seconds_now() - begin);
}

// Terms as the generator made them, so that both sides split words alike.
static std::vector<string> terms_of(const string &text)
{
    Xapian::Document document;
    Xapian::TermGenerator words;
    words.set_stemmer(Xapian::Stem("en"));
    words.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
    words.set_document(document);
    words.index_text(text);
    std::vector<string> at;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
        for (auto place = term.positionlist_begin(); place != term.positionlist_end(); ++place) {
            at.resize(*place > at.size() ? *place : at.size());
            at[*place - 1] = *term;
        }
    }
    return at;
}

static Xapian::Query parse(const string &text)
{
    std::vector<string> terms = terms_of(text);
    Xapian::Query::op op = text[0] == '"'   ? Xapian::Query::OP_PHRASE
                           : text[0] == '+' ? Xapian::Query::OP_AND
                                            : Xapian::Query::OP_OR;
    return terms.size() == 1 ? Xapian::Query(terms[0])
                             : Xapian::Query(op, terms.begin(), terms.end());
}

static void serve(const string &directory)
{
    Xapian::Database database(directory);
    Xapian::Enquire enquire(database);
    Xapian::BM25Weight ranked(1.2, 0, 1, 0.75, 0.5);
    Xapian::BoolWeight counted;
    for (string line; std::getline(std::cin, line);) {
        size_t tab = line.find('\t');
        if (tab == string::npos) {
            std::fflush(stdout);
            continue;
        }
        string command = line.substr(0, tab);
        double begin = seconds_now();
        bool counts = command.find("COUNT") != string::npos, only = command == "COUNT";
        Xapian::doccount limit = only ? 0 : command.find("100") != string::npos ? 100 : 10;
        enquire.set_weighting_scheme(only ? static_cast<Xapian::Weight &>(counted) : ranked);
        enquire.set_query(parse(line.substr(tab + 1)));
        Xapian::MSet hits = enquire.get_mset(0, limit, counts ? database.get_doccount() : 0);
        Xapian::doccount found = counts ? hits.get_matches_estimated() : hits.size();
        std::printf("{\"us\":%.2f,\"hits\":%u,\"ids\":[", (seconds_now() - begin) * 1e6, found);
        if (command == "HITS_10") {
            const char *comma = "";
            for (auto hit = hits.begin(); hit != hits.end(); ++hit, comma = ",") {
                std::printf("%s%u", comma, *hit - 1);
            }
        }
        std::printf("]}\n");
    }
}

static void print_stats(const string &directory)
{
    Xapian::Database database(directory);
    unsigned long long terms = 0, postings = 0;
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        terms++;
        postings += term.get_termfreq();
    }
    std::printf("{\"passages\":%u,\"terms\":%llu,\"postings\":%llu,\"tokens\":%llu,"
                "\"version\":\"%s\"}\n",
                database.get_doccount(), terms, postings,
                static_cast<unsigned long long>(database.get_total_length()),
                Xapian::version_string());
}

int main(int argc, char **argv)
{
    try {
        if (argc > 2 && string(argv[1]) == "build") {
            build(argv[2]);
        } else if (argc > 2 && string(argv[1]) == "serve") {
            serve(argv[2]);
        } else if (argc > 2 && string(argv[1]) == "stats") {
            print_stats(argv[2]);
        } else {
            std::fprintf(stderr, "usage: peer-xapian build|serve|stats INDEX\n");
            return 2;
        }
    } catch (const Xapian::Error &error) {
        std::fprintf(stderr, "peer-xapian: %s\n", error.get_description().c_str());
        return 2;
    }
    return 0;
}
