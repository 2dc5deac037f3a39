package dev.skerry.node.config;

import java.util.List;

/// The configuration is wrong. The message tells every error, a line each: where it is, what it is,
/// and what would be right. Trying again helps only after somebody has changed something.
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConfigurationException(List<String> problems) {
        super(
                (problems.size() == 1
                                ? "The configuration has an error:"
                                : "The configuration has " + problems.size() + " errors:")
                        + "\n  "
                        + String.join("\n  ", problems));
    }
}
