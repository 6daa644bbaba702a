import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as the others are measured: learned sparse weights as feature fields (9 bits of each weight), the texts'
 * terms with BM25. {@code build INDEX PASSAGES} reads passages; {@code serve INDEX} answers lines from stdin:
 * {@code s K dimension:weight ...}, {@code l K term ...}, {@code u FIRST PASSAGES} with "nanoseconds id id ...".
 */
public final class LuceneBench {
  public static void main(String[] args) throws IOException {
    IndexSearcher.setMaxClauseCount(4096);
    try (Directory directory = FSDirectory.open(Path.of(args[1]));
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()).setRAMBufferSizeMB(256))) {
      if (args[0].equals("build")) {
        add(writer, Path.of(args[2]), 0, false);
        writer.forceMerge(1);
        writer.commit();
      } else serve(writer);
    }
  }

  private static void add(IndexWriter writer, Path file, int first, boolean replace) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      for (int id = first; ; id++) {
        int count;
        try {
          count = in.readInt();
        } catch (EOFException end) {
          return;
        }
        Document document = new Document();
        document.add(new StringField("id", Integer.toString(id), Field.Store.NO));
        document.add(new StoredField("number", id));
        for (int i = 0; i < count; i++) {
          int dimension = in.readInt();
          document.add(new FeatureField("vector", Integer.toString(dimension), in.readFloat()));
        }
        byte[] text = new byte[in.readInt()];
        in.readFully(text);
        document.add(new TextField("text", new String(text, StandardCharsets.UTF_8), Field.Store.NO));
        if (replace) writer.updateDocument(new Term("id", Integer.toString(id)), document);
        else writer.addDocument(document);
      }
    }
  }

  private static void serve(IndexWriter writer) throws IOException {
    DirectoryReader reader = DirectoryReader.open(writer);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      long started = System.nanoTime();
      StringBuilder answer = new StringBuilder();
      if (words[0].equals("u")) {
        add(writer, Path.of(words[2]), Integer.parseInt(words[1]), true);
        writer.commit();
        DirectoryReader changed = DirectoryReader.openIfChanged(reader, writer);
        if (changed != null) {
          reader.close();
          reader = changed;
        }
      } else {
        IndexSearcher searcher = new IndexSearcher(reader);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (int i = 2; i < words.length; i++) {
          if (words[0].equals("l")) query.add(new TermQuery(new Term("text", words[i])), BooleanClause.Occur.SHOULD);
          else {
            String[] pair = words[i].split(":");
            query.add(
                FeatureField.newLinearQuery("vector", pair[0], Float.parseFloat(pair[1])), BooleanClause.Occur.SHOULD);
          }
        }
        for (ScoreDoc hit : searcher.search(query.build(), Integer.parseInt(words[1])).scoreDocs)
          answer.append(' ').append(reader.storedFields().document(hit.doc).getField("number").numericValue());
      }
      System.out.println((System.nanoTime() - started) + answer.toString());
    }
    reader.close();
  }
}
