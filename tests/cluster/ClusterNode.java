import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of OpenSearch in a process of its own, so that a test can kill it as a machine dies.
 *
 * Arguments: the node's folder, its name, its HTTP port, its transport port, the transport
 * addresses of all nodes (with commas between), and the names of all nodes. Prints `ready` when the
 * node answers. When its standard input ends it deletes its folder and ends too: nothing outlives
 * who started it.
 */
public final class ClusterNode {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("node.name", arguments[1]);
            settings.put("http.port", arguments[2]);
            settings.put("transport.port", arguments[3]);
            settings.put("network.host", "127.0.0.1");
            settings.putList("discovery.seed_hosts", arguments[4].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", arguments[5].split(","));
            // So that an article that is too long for it need not be as long as for most clusters.
            settings.put("http.max_content_length", "16mb");
            // The disks of test machines are fuller than a cluster's may be.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.setMaxHttpPort(-1);
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(folder.toString()).clusterName("pinakes-tests").numOfNode(1)
            .disableESLogger().useLogger());
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() != -1) { }
        runner.close();
        runner.clean();
        System.exit(0);
    }
}
