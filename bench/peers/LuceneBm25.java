import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;

/**
 * Answers questions by Lucene's BM25, as Anserini asks: any of the words that the language's
 * analyzer makes of them, each counting as often as it is said, in one field of title and text.
 *
 * <p>LANGUAGE INDEX ARTICLES QUESTIONS DEPTH K1,B... : articles and questions are lines of a name, a
 * tab and a text. Prints, for each K1,B, lines of `question Q0 article rank score K1,B`.
 */
public final class LuceneBm25 {
  private static final String TEXT = "text";

  /** The largest clause count that a question of every word of an abstract needs. */
  private static final int MAX_CLAUSES = 10_000;

  public static void main(String[] arguments) throws Exception {
    Analyzer analyzer = analyzer(arguments[0]);
    try (FSDirectory folder = FSDirectory.open(Path.of(arguments[1]))) {
      index(folder, analyzer, Path.of(arguments[2]));
      Map<String, String> questions = new LinkedHashMap<>();
      for (String[] row : rows(Path.of(arguments[3]))) {
        questions.put(row[0], row[1]);
      }
      int depth = Integer.parseInt(arguments[4]);
      IndexSearcher.setMaxClauseCount(MAX_CLAUSES);
      try (DirectoryReader reader = DirectoryReader.open(folder);
          PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
        for (String setting : Arrays.asList(arguments).subList(5, arguments.length)) {
          String[] numbers = setting.split(",");
          IndexSearcher searcher = new IndexSearcher(reader);
          searcher.setSimilarity(
              new BM25Similarity(Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1])));
          answer(searcher, analyzer, questions, depth, setting, out);
        }
      }
    }
  }

  private static Analyzer analyzer(String language) {
    return switch (language) {
      case "ar" -> new ArabicAnalyzer();
      case "de" -> new GermanAnalyzer();
      case "en" -> new EnglishAnalyzer();
      case "es" -> new SpanishAnalyzer();
      case "ru" -> new RussianAnalyzer();
      case "tr" -> new TurkishAnalyzer();
      case "zh" -> new CJKAnalyzer();
      default -> new StandardAnalyzer();
    };
  }

  private static List<String[]> rows(Path path) throws IOException {
    List<String[]> found = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      for (String line; (line = lines.readLine()) != null; ) {
        found.add(line.split("\t", 2));
      }
    }
    return found;
  }

  private static void index(FSDirectory folder, Analyzer analyzer, Path articles)
      throws IOException {
    IndexWriterConfig settings = new IndexWriterConfig(analyzer);
    try (IndexWriter writer = new IndexWriter(folder, settings)) {
      for (String[] row : rows(articles)) {
        Document article = new Document();
        article.add(new StringField("name", row[0], Field.Store.YES));
        article.add(new TextField(TEXT, row[1], Field.Store.NO));
        writer.addDocument(article);
      }
      writer.forceMerge(1);
    }
  }

  private static Query read(String question, Analyzer analyzer) throws IOException {
    Map<String, Integer> said = new LinkedHashMap<>();
    try (TokenStream words = analyzer.tokenStream(TEXT, question)) {
      CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
      words.reset();
      while (words.incrementToken()) {
        said.merge(word.toString(), 1, Integer::sum);
      }
      words.end();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    said.forEach(
        (word, times) ->
            any.add(
                new BoostQuery(new TermQuery(new Term(TEXT, word)), times),
                BooleanClause.Occur.SHOULD));
    return any.build();
  }

  private static void answer(
      IndexSearcher searcher,
      Analyzer analyzer,
      Map<String, String> questions,
      int depth,
      String setting,
      PrintStream out)
      throws IOException {
    for (Map.Entry<String, String> asked : questions.entrySet()) {
      Query query = read(asked.getValue(), analyzer);
      int rank = 0;
      for (ScoreDoc hit : searcher.search(query, depth).scoreDocs) {
        String name = searcher.storedFields().document(hit.doc).get("name");
        String row = "%s Q0 %s %d %s %s%n";
        out.printf(Locale.ROOT, row, asked.getKey(), name, ++rank, hit.score, setting);
      }
    }
  }
}
