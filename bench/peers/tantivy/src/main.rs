// SPDX-License-Identifier: Apache-2.0
//! Tantivy behind the benchmark's pipe; see ../../README.md.
use std::io::{self, BufRead, Write};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

const TOKENS: &str = "english";

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build()
}

fn terms(analyzer: &mut TextAnalyzer, field: Field, text: &str) -> Vec<Term> {
    let mut found = Vec::new();
    let mut stream = analyzer.token_stream(text);
    stream.process(&mut |token| found.push(Term::from_field_text(field, &token.text)));
    found
}

fn build(directory: &str, threads: usize) -> tantivy::Result<()> {
    let mut schema = Schema::builder();
    let row = schema.add_u64_field("row", FAST);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    std::fs::create_dir_all(directory)?;
    let index = Index::create_in_dir(directory, schema.build())?;
    index.tokenizers().register(TOKENS, analyzer());
    let begin = Instant::now();
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 256_000_000)?;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let mut document = TantivyDocument::default();
        document.add_u64(row, number as u64);
        document.add_text(text, &line?);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let indexed = begin.elapsed().as_secs_f64();
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    println!("{{\"seconds\":{:.3},\"merged_seconds\":{:.3}}}", indexed, begin.elapsed().as_secs_f64());
    Ok(())
}

fn parse(analyzer: &mut TextAnalyzer, field: Field, text: &str) -> Box<dyn Query> {
    let phrase = text.starts_with('"');
    let occur = if text.starts_with('+') { Occur::Must } else { Occur::Should };
    let mut terms = terms(analyzer, field, text);
    if terms.is_empty() {
        return Box::new(EmptyQuery);
    }
    if terms.len() == 1 {
        return Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs));
    }
    if phrase {
        return Box::new(PhraseQuery::new(terms));
    }
    let clauses = terms
        .into_iter()
        .map(|term| (occur, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>))
        .collect();
    Box::new(BooleanQuery::new(clauses))
}

fn serve(directory: &str) -> tantivy::Result<()> {
    let index = Index::open_in_dir(directory)?;
    index.tokenizers().register(TOKENS, analyzer());
    let field = index.schema().get_field("text")?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    let mut analyzer = analyzer();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Some((command, text)) = line.split_once('\t') else {
            out.flush()?;
            continue;
        };
        let limit = if command.contains("100") { 100 } else { 10 };
        let begin = Instant::now();
        let query = parse(&mut analyzer, field, text);
        let hits = if command == "COUNT" {
            searcher.search(&query, &Count)?
        } else if command.contains("COUNT") {
            searcher.search(&query, &(TopDocs::with_limit(limit).order_by_score(), Count))?.1
        } else {
            searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?.len()
        };
        let took = begin.elapsed().as_nanos() as f64 / 1e3;
        let ids = if command == "HITS_10" { rows(&searcher, &query)? } else { Vec::new() };
        writeln!(out, "{{\"us\":{took:.2},\"hits\":{hits},\"ids\":{ids:?}}}")?;
    }
    Ok(())
}

/// The ten best once more, outside the time taken, as numbers of lines.
fn rows(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<Vec<u64>> {
    let mut found = Vec::new();
    for (_, at) in searcher.search(query, &TopDocs::with_limit(10).order_by_score())? {
        let column = searcher.segment_reader(at.segment_ord).fast_fields().u64("row")?;
        found.extend(column.first(at.doc_id));
    }
    Ok(found)
}

fn stats(directory: &str) -> tantivy::Result<()> {
    let index = Index::open_in_dir(directory)?;
    let field = index.schema().get_field("text")?;
    let searcher = index.reader()?.searcher();
    let (mut terms, mut postings, mut tokens) = (0u64, 0u64, 0u64);
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().stream()?;
        while stream.advance() {
            terms += 1;
            postings += u64::from(stream.value().doc_freq);
        }
        tokens += inverted.total_num_tokens();
    }
    println!(
        "{{\"passages\":{},\"terms\":{terms},\"postings\":{postings},\"tokens\":{tokens},\"segments\":{},\"version\":\"{}\"}}",
        searcher.num_docs(),
        searcher.segment_readers().len(),
        tantivy::version_string()
    );
    Ok(())
}

fn main() -> tantivy::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("build") => build(&arguments[2], arguments[3].parse().expect("THREADS is a number")),
        Some("serve") => serve(&arguments[2]),
        Some("stats") => stats(&arguments[2]),
        _ => panic!("usage: peer-tantivy build INDEX THREADS | serve INDEX | stats INDEX"),
    }
}
