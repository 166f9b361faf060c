import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;

/**
 * The worker for Lucene: reads requests, one a line, fields parted by tabs, and answers in JSON.
 *
 * <p>build FOLDER TSV CORES MEMORY_MB, open FOLDER, measure JOIN ASKED PASSES SECONDS SEED CLOCK
 * INSIDE WARM QUERIES, answers JOIN QUERIES; queries are parted by `;`, their words by spaces.
 */
public final class Lucene {
  private static final int TOP = 10;

  /** Queries before the clock starts, so that the machine code of a kind of query is there. */
  private static final int WARM_UP = 1000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private IndexSearcher searcher;
  private final Analyzer analyzer = analyzer();

  public static void main(String[] arguments) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    Lucene worker = new Lucene();
    replies.println("{\"ready\": true}");
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = requests.readLine()) != null; ) {
      String[] request = line.split("\t", -1);
      String reply =
          switch (request[0]) {
            case "describe" -> "{\"version\": \"" + org.apache.lucene.util.Version.LATEST + "\"}";
            case "build" -> worker.build(request);
            case "open" -> worker.open(Path.of(request[1]));
            case "measure" -> worker.measure(request);
            case "answers" -> worker.answers(request);
            default -> throw new IllegalArgumentException(request[0]);
          };
      replies.println(reply);
      replies.flush();
    }
  }

  private static Analyzer analyzer() {
    return new PerFieldAnalyzerWrapper(words(false), Map.of("stem", words(true)));
  }

  private static Analyzer words(boolean stems) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
        TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(tokenizer));
        return new TokenStreamComponents(
            tokenizer, stems ? new SnowballFilter(words, "English") : words);
      }
    };
  }

  private String build(String[] request) throws Exception {
    Path folder = Path.of(request[1]);
    List<String> rows = Files.readAllLines(Path.of(request[2]), StandardCharsets.UTF_8);
    int cores = Integer.parseInt(request[3]);
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setRAMBufferSizeMB(Math.min(2000, Integer.parseInt(request[4])));
    long began = System.nanoTime();
    long beganCpu = cpuNanoseconds();
    try (FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      ExecutorService pool = Executors.newFixedThreadPool(cores);
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < cores; part++) {
        List<String> own =
            rows.subList(rows.size() * part / cores, rows.size() * (part + 1) / cores);
        parts.add(pool.submit(() -> add(writer, own)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
      pool.shutdown();
      pool.awaitTermination(1, TimeUnit.HOURS);
      writer.commit();
      long took = System.nanoTime() - began;
      long tookCpu = cpuNanoseconds() - beganCpu;
      writer.forceMerge(1);
      writer.commit();
      return String.format(
          Locale.ROOT,
          "{\"seconds\": %f, \"cpu_seconds\": %f, \"passages\": %d}",
          took / 1e9,
          tookCpu / 1e9,
          rows.size());
    }
  }

  private static long cpuNanoseconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void add(IndexWriter writer, List<String> rows) {
    FieldType word = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true);
    FieldType stem = type(IndexOptions.DOCS_AND_FREQS, false);
    try {
      for (String row : rows) {
        int tab = row.indexOf('\t');
        Document document = new Document();
        document.add(new StoredField("id", row.substring(0, tab)));
        document.add(new Field("word", row.substring(tab + 1), word));
        document.add(new Field("stem", row.substring(tab + 1), stem));
        writer.addDocument(document);
      }
    } catch (IOException error) {
      throw new java.io.UncheckedIOException(error);
    }
  }

  private static FieldType type(IndexOptions options, boolean stored) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.setStored(stored);
    type.freeze();
    return type;
  }

  private String open(Path folder) throws IOException {
    searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
    searcher.setQueryCache(null);
    return "{}";
  }

  private String measure(String[] request) throws IOException {
    String join = request[1];
    int limit = request[2].equals("totals") ? Integer.MAX_VALUE : TOP;
    boolean isCpu = request[6].equals("cpu");
    boolean isParsedInside = request[7].equals("true");
    List<String[]> warm = queries(request[8]);
    for (int done = 0; done < WARM_UP && !warm.isEmpty(); done++) {
      search(prepare(warm.get(done % warm.size()), join), limit);
    }
    List<String[]> asked = queries(request[9]);
    List<Query> prepared = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (String[] words : asked) {
      order.add(prepared.size());
      prepared.add(prepare(words, join));
    }
    Random random = new Random(Long.parseLong(request[5]));
    List<String> passes = new ArrayList<>();
    long began = System.nanoTime();
    double seconds = Double.parseDouble(request[4]);
    while (passes.size() < Integer.parseInt(request[3])) {
      Collections.shuffle(order, random);
      long[] took = new long[prepared.size()];
      for (int place : order) {
        long start = isCpu ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        search(isParsedInside ? prepare(asked.get(place), join) : prepared.get(place), limit);
        took[place] = (isCpu ? THREADS.getCurrentThreadCpuTime() : System.nanoTime()) - start;
      }
      passes.add(java.util.Arrays.toString(took));
      double spent = (System.nanoTime() - began) / 1e9;
      if (spent * (passes.size() + 1) / passes.size() > seconds) {
        break;
      }
    }
    return "{\"passes\": " + passes + "}";
  }

  private static List<String[]> queries(String field) {
    List<String[]> queries = new ArrayList<>();
    for (String query : field.isEmpty() ? new String[0] : field.split(";")) {
      queries.add(query.split(" "));
    }
    return queries;
  }

  private Query prepare(String[] words, String join) throws IOException {
    if (join.equals("phrase")) {
      return new PhraseQuery("word", words);
    }
    BooleanClause.Occur occur =
        join.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    for (String word : words) {
      builder.add(new TermQuery(new Term("stem", stem(word))), occur);
    }
    return builder.build();
  }

  private String stem(String word) throws IOException {
    try (TokenStream stream = analyzer.tokenStream("stem", word)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      String stem = stream.incrementToken() ? term.toString() : word;
      stream.end();
      return stem;
    }
  }

  private TopDocs search(Query query, int limit) throws IOException {
    return searcher.search(query, new TopScoreDocCollectorManager(TOP, null, limit));
  }

  private String answers(String[] request) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String[] words : queries(request[2])) {
      TopDocs found = search(prepare(words, request[1]), Integer.MAX_VALUE);
      List<String> hits = new ArrayList<>();
      for (ScoreDoc hit : found.scoreDocs) {
        String id = searcher.storedFields().document(hit.doc).get("id");
        hits.add("[\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\", " + hit.score + "]");
      }
      answers.add("[" + hits + ", " + found.totalHits.value + "]");
    }
    return "{\"answers\": " + answers + "}";
  }
}
