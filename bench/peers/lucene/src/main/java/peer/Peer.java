// SPDX-License-Identifier: Apache-2.0
package peer;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SlowCodecReaderWrapper;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;
import org.tartarus.snowball.ext.EnglishStemmer;

/** Lucene behind the benchmark's pipe; see ../README.md of the peers. */
public final class Peer {
  private static final String FIELD = "text";
  private static final String ROW = "row";

  private static final class English extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new StandardTokenizer();
      return new TokenStreamComponents(words, new SnowballFilter(new LowerCaseFilter(words), new EnglishStemmer()));
    }
  }

  private static BufferedReader input() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
  }

  private static void add(BufferedReader in, AtomicLong rows, IndexWriter writer, FieldType type) throws IOException {
    Document document = new Document();
    Field field = new Field(FIELD, "", type);
    NumericDocValuesField row = new NumericDocValuesField(ROW, 0);
    document.add(field);
    document.add(row);
    while (true) {
      String line;
      synchronized (in) {
        line = in.readLine();
        row.setLongValue(rows.getAndIncrement());
      }
      if (line == null) {
        return;
      }
      field.setStringValue(line);
      writer.addDocument(document);
    }
  }

  private static void build(String directory, int threads) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new English()).setRAMBufferSizeMB(256);
    config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    config.setUseCompoundFile(false);
    config.getMergePolicy().setNoCFSRatio(0);
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.freeze();
    long begin = System.nanoTime();
    double indexed;
    try (MMapDirectory files = new MMapDirectory(Path.of(directory)); IndexWriter writer = new IndexWriter(files, config)) {
      BufferedReader in = input();
      AtomicReference<Exception> failure = new AtomicReference<>();
      AtomicLong rows = new AtomicLong();
      List<Thread> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(() -> {
          try {
            add(in, rows, writer, type);
          } catch (Exception e) {
            failure.set(e);
          }
        });
        thread.start();
        running.add(thread);
      }
      for (Thread thread : running) {
        thread.join();
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      writer.commit();
      indexed = (System.nanoTime() - begin) / 1e9;
      writer.forceMerge(1);
      writer.commit();
    }
    System.out.printf("{\"seconds\":%.3f,\"merged_seconds\":%.3f}%n", indexed, (System.nanoTime() - begin) / 1e9);
  }

  /** Copies an index of one segment in the order that recursive graph bisection gives it. */
  private static void reorder(String from, String to) throws IOException {
    long begin = System.nanoTime();
    try (MMapDirectory source = new MMapDirectory(Path.of(from));
        MMapDirectory target = new MMapDirectory(Path.of(to));
        DirectoryReader reader = DirectoryReader.open(source);
        IndexWriter writer = new IndexWriter(target, new IndexWriterConfig(new English()))) {
      CodecReader segment = SlowCodecReaderWrapper.wrap(reader.leaves().get(0).reader());
      writer.addIndexes(new BPIndexReorderer().reorder(segment, target, null));
      writer.forceMerge(1);
      writer.commit();
    }
    System.out.printf("{\"seconds\":%.3f,\"merged_seconds\":%1$.3f}%n", (System.nanoTime() - begin) / 1e9);
  }

  private static void stats(String directory) throws IOException {
    try (MMapDirectory files = new MMapDirectory(Path.of(directory)); DirectoryReader reader = DirectoryReader.open(files)) {
      long terms = 0;
      long postings = 0;
      long tokens = 0;
      for (LeafReaderContext leaf : reader.leaves()) {
        Terms of = leaf.reader().terms(FIELD);
        terms += of.size();
        postings += of.getSumDocFreq();
        tokens += of.getSumTotalTermFreq();
      }
      System.out.printf(
          "{\"passages\":%d,\"terms\":%d,\"postings\":%d,\"tokens\":%d,\"segments\":%d,\"version\":\"%s on Java %s\"}%n",
          reader.numDocs(), terms, postings, tokens, reader.leaves().size(), Version.LATEST, Runtime.version());
    }
  }

  /** The ten best once more, outside the time taken, as numbers of lines. */
  private static List<Long> rows(IndexSearcher searcher, Query query) throws IOException {
    List<Long> found = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
      LeafReaderContext leaf = searcher.getLeafContexts().get(ReaderUtil.subIndex(hit.doc, searcher.getLeafContexts()));
      NumericDocValues row = leaf.reader().getNumericDocValues(ROW);
      row.advanceExact(hit.doc - leaf.docBase);
      found.add(row.longValue());
    }
    return found;
  }

  private static Query parse(Analyzer analyzer, String text) throws IOException {
    List<Term> terms = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream(FIELD, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(new Term(FIELD, word.toString()));
      }
      tokens.end();
    }
    if (terms.isEmpty()) {
      return new MatchNoDocsQuery();
    }
    if (terms.size() == 1) {
      return new TermQuery(terms.get(0));
    }
    if (text.startsWith("\"")) {
      PhraseQuery.Builder phrase = new PhraseQuery.Builder();
      terms.forEach(phrase::add);
      return phrase.build();
    }
    BooleanClause.Occur occur = text.startsWith("+") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    BooleanQuery.Builder clauses = new BooleanQuery.Builder();
    terms.forEach(term -> clauses.add(new TermQuery(term), occur));
    return clauses.build();
  }

  private static void serve(String directory) throws IOException {
    try (MMapDirectory files = new MMapDirectory(Path.of(directory)); DirectoryReader reader = DirectoryReader.open(files)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null);
      searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
      Analyzer analyzer = new English();
      BufferedReader in = input();
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
      StringBuilder answers = new StringBuilder();
      for (String line; (line = in.readLine()) != null; ) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
          out.flush();
          continue;
        }
        String command = line.substring(0, tab);
        int limit = command.contains("100") ? 100 : 10;
        long begin = System.nanoTime();
        Query query = parse(analyzer, line.substring(tab + 1));
        long hits;
        if (command.equals("COUNT")) {
          hits = searcher.count(query);
        } else {
          int exact = command.contains("COUNT") ? Integer.MAX_VALUE : 0;
          TopDocs top = searcher.search(query, new TopScoreDocCollectorManager(limit, null, exact));
          hits = command.contains("COUNT") ? top.totalHits.value() : top.scoreDocs.length;
        }
        double took = (System.nanoTime() - begin) / 1e3;
        List<Long> ids = command.equals("HITS_10") ? rows(searcher, query) : List.of();
        answers.append("{\"us\":").append(took).append(",\"hits\":").append(hits);
        out.append(answers.append(",\"ids\":").append(ids).append("}\n"));
        answers.setLength(0);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "build" -> build(arguments[1], Integer.parseInt(arguments[2]));
      case "reorder" -> reorder(arguments[1], arguments[2]);
      case "stats" -> stats(arguments[1]);
      case "serve" -> serve(arguments[1]);
      default -> throw new IllegalArgumentException("usage: Peer build INDEX THREADS | reorder FROM TO | stats INDEX | serve INDEX");
    }
  }
}
