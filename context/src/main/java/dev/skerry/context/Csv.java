package dev.skerry.context;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads comma-separated values (RFC 4180) a row at a time. For one thread.
public final class Csv {

    /// Longer fields are no product's: a quote was not closed.
    public static final int FIELD_LENGTH_MAX = 10_000;

    private final BufferedReader in;
    private long line;

    public Csv(BufferedReader in) {
        this.in = in;
    }

    /// Opens `NAME.csv.gz`, or `NAME.csv` where that is not there.
    ///
    /// @throws IOException if neither is; and by the reader for what is not UTF-8
    public static BufferedReader open(Path folder, String name) throws IOException {
        Path packed = folder.resolve(name + ".csv.gz");
        InputStream in =
                Files.exists(packed)
                        ? new GZIPInputStream(Files.newInputStream(packed))
                        : Files.newInputStream(folder.resolve(name + ".csv"));
        // Given a decoder, it reports what is not UTF-8 instead of replacing it.
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    /// A value as a field: in quotes where it has to be.
    public static String field(String value) {
        return value.indexOf(',') < 0
                        && value.indexOf('"') < 0
                        && value.indexOf('\n') < 0
                        && value.indexOf('\r') < 0
                ? value
                : '"' + value.replace("\"", "\"\"") + '"';
    }

    /// @param line on which it begins, from 1
    /// @param wrong what is wrong with it; null if nothing is
    public record Row(long line, List<String> fields, @Nullable String wrong) {
        public Row {
            fields = List.copyOf(fields);
        }
    }

    /// The next row; null after the last.
    ///
    /// @throws IOException as the reader
    public @Nullable Row next() throws IOException {
        String text = in.readLine();
        if (text == null) {
            return null;
        }
        line++;
        long first = line;
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int at = 0;
        while (true) {
            if (at == text.length()) {
                if (!quoted) {
                    fields.add(field.toString());
                    return new Row(first, fields, null);
                }
                String more = field.length() > FIELD_LENGTH_MAX ? null : in.readLine();
                if (more == null) {
                    return new Row(first, fields, "a quote is opened and not closed");
                }
                line++;
                field.append('\n');
                text = more;
                at = 0;
                continue;
            }
            char c = text.charAt(at++);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (at < text.length() && text.charAt(at) == '"') {
                    field.append('"');
                    at++;
                } else {
                    quoted = false;
                }
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else {
                field.append(c);
            }
        }
    }
}
