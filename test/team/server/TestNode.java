import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One real OpenSearch node in this JVM, for tests. Usage: TestNode HOME PLUGIN,PLUGIN KEY=VALUE…
 *
 * It says READY with its address, and ends when its standard input does: with whoever started it.
 */
public class TestNode extends Node {
    TestNode(Settings settings, Collection<Class<? extends Plugin>> plugins) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "test-node"), plugins, false);
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(home.resolve("config"));
        List<Class<? extends Plugin>> plugins = new ArrayList<>();
        for (String name : args[1].split(",")) plugins.add(Class.forName(name).asSubclass(Plugin.class));
        Settings.Builder settings = Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", home.resolve("data").toString())
            .put("path.logs", home.resolve("logs").toString())
            .put("cluster.name", "test")
            .put("node.name", "test-node")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("transport.port", "0")
            .put("node.processors", 2)
            .put("action.auto_create_index", "+.opendistro*");
        for (int i = 2; i < args.length; i++) {
            int sign = args[i].indexOf('=');
            String key = args[i].substring(0, sign);
            String value = args[i].substring(sign + 1);
            if (value.startsWith("[")) settings.putList(key, value.substring(1, value.length() - 1).split(";"));
            else settings.put(key, value);
        }
        TestNode node = new TestNode(settings.build(), plugins);
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
            stop.countDown();
        }));
        node.start();
        System.out.println("READY " + node.injector().getInstance(HttpServerTransport.class)
            .boundAddress().publishAddress());
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
