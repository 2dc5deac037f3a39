package dev.skerry.app;

import dev.skerry.node.config.Configuration;
import dev.skerry.node.config.NodeSettings;
import dev.skerry.node.config.Schema;
import dev.skerry.node.config.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every command that starts a node can be told: where its data is, and its settings.
final class NodeOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept; made if it is not there.")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "P", description = "Short for --set http.port=P.")
    private @Nullable String port;

    @Option(names = "--host", paramLabel = "H", description = "Short for --set http.host=H.")
    private @Nullable String host;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, instead of those in DIR/skerry.conf.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting; wins over files and SKERRY_ variables.")
    private Map<String, String> settings;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    NodeOptions() {
        // picocli fills these in before anything runs.
        settings = new LinkedHashMap<>();
        mixee = CommandSpec.create();
    }

    /// Asked for only when it is used: `hq store add` is below `hq`, and has its own.
    Path data() {
        if (data == null) {
            throw new ParameterException(
                    mixee.commandLine(), "--data=DIR is missing: where is everything to be kept?");
        }
        return data;
    }

    /// The settings from the file, the environment and the command line; of these, a later one wins.
    ///
    Configuration load(Schema schema) {
        return load(schema, List.of());
    }

    /// @param standardPort where the node listens if nothing says otherwise
    Configuration load(Schema schema, int standardPort) {
        return load(
                schema,
                List.of(
                        Source.option(
                                "this kind of node",
                                NodeSettings.HTTP_PORT,
                                String.valueOf(standardPort))));
    }

    /// Where settings of a node are looked for that is not told anything.
    static List<Source> standard(Path data) {
        List<Source> sources = new ArrayList<>();
        Path file = data.resolve("skerry.conf");
        if (Files.exists(file)) {
            sources.add(Source.file(file));
        }
        sources.add(Source.environment(System.getenv()));
        return sources;
    }

    private Configuration load(Schema schema, List<Source> first) {
        List<Source> sources = new ArrayList<>(first);
        if (config != null) {
            sources.add(Source.file(config));
            sources.add(Source.environment(System.getenv()));
        } else {
            sources.addAll(standard(data()));
        }
        sources.add(Source.options(settings));
        if (port != null) {
            sources.add(Source.option("--port", NodeSettings.HTTP_PORT, port));
        }
        if (host != null) {
            sources.add(Source.option("--host", NodeSettings.HTTP_HOST, host));
        }
        return Configuration.load(schema, sources);
    }
}
