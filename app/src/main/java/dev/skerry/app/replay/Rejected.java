package dev.skerry.app.replay;

import java.util.ArrayList;
import java.util.List;

/// A line of the folder that is not sold, and why.
///
/// @param row of the file, from 1
/// @param store as the folder calls it; empty if that cannot be read
/// @param amount in minor units, as far as it can be read
/// @param fields as they stand in the file
record Rejected(long row, String store, long amount, List<String> fields, String reason) {

    static final String HEADER = "row," + Folder.LINES_HEADER + ",reason";

    static Rejected of(SourceLine line, String reason) {
        return new Rejected(line.row(), line.store(), line.amount(), line.fields(), reason);
    }

    /// As a row of a CSV file (RFC 4180).
    String csv() {
        List<String> all = new ArrayList<>();
        all.add(String.valueOf(row));
        all.addAll(fields);
        all.add(reason);
        return csv(all);
    }

    static String csv(List<String> fields) {
        return String.join(",", fields.stream().map(Rejected::quoted).toList());
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
