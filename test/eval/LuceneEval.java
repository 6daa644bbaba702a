import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene with Nori, its defaults, BM25: {@code DOCUMENTS QUERIES K}. A document or query a line; for each query a line
 * with the numbers of its best documents.
 */
public final class LuceneEval {
  public static void main(String[] args) throws IOException {
    IndexSearcher.setMaxClauseCount(4096);
    Analyzer analyzer = new KoreanAnalyzer();
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        List<String> documents = Files.readAllLines(Path.of(args[0]));
        for (int number = 0; number < documents.size(); number++) {
          Document document = new Document();
          document.add(new StoredField("number", number));
          document.add(new TextField("text", documents.get(number), Field.Store.NO));
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (String text : Files.readAllLines(Path.of(args[1]))) {
          Query query = new QueryBuilder(analyzer).createBooleanQuery("text", text);
          StringBuilder answer = new StringBuilder();
          if (query != null)
            for (ScoreDoc hit : searcher.search(query, Integer.parseInt(args[2])).scoreDocs)
              answer.append(' ').append(searcher.storedFields().document(hit.doc).getField("number").numericValue());
          System.out.println(answer.toString().trim());
        }
      }
    }
  }
}
