package dev.skerry.node.config;

/// The page about every setting of a schema, in Markdown. The test that keeps the page true also
/// writes it.
final class ReferencePage {

    private static final String HEAD =
            """
            # Configuration

            <!-- Generated from the settings in the code: change them there, then run ./dev docs -->

            A node needs no configuration: every setting has a default that suits a store's server.
            A value is taken from the last of these that has it:

            1. the file `skerry.conf`: lines of `http.port = 4437`, in UTF-8; a line that begins with
               `#` is a comment; no quotes, no escapes;
            2. the environment: `SKERRY_HTTP_PORT=4437`, `SKERRY_HTTP_BODY_BYTES_MAX=4MiB`;
            3. the command line: `--set http.port=4437`.

            What is misspelt, doubled, unreadable or out of range is never ignored: the node says all
            that is wrong, each with its place, and does not start. At start it prints every value and
            where it came from, secrets as `******`.

            Bytes are written `512 B`, `64 KiB`, `16 MiB` or `2 GiB`; times `500ms`, `30s`, `5m`, `2h` or
            `1d`; counts as plain digits.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ReferencePage() {}

    static String of(Schema schema) {
        ReferencePage reference = new ReferencePage();
        String group = "";
        for (Setting<?> setting : schema.settings()) {
            String next = setting.key().replaceFirst("[.].*", "");
            if (!next.equals(group)) {
                reference.heading(next);
            }
            reference.row(setting);
            group = next;
        }
        reference.removed(schema);
        return reference.page.toString();
    }

    private void heading(String group) {
        page.append("\n## ").append(group);
        page.append("\n\n| setting | meaning | default | allowed |\n|---|---|---|---|\n");
    }

    private <T> void row(Setting<T> setting) {
        page.append(
                "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                setting.key(),
                                setting.meaning(),
                                setting.standard()
                                        .map(it -> "`" + setting.type().write(it) + "`")
                                        .orElse("none: must be set"),
                                setting.type().allowed()));
    }

    private void removed(Schema schema) {
        if (!schema.removed().isEmpty()) {
            page.append("\n## Removed\n\n| setting | why |\n|---|---|\n");
        }
        for (Schema.Removed old : schema.removed()) {
            page.append("| `%s` | %s |\n".formatted(old.key(), old.reason()));
        }
    }
}
