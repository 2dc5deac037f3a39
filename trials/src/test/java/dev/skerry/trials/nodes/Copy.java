package dev.skerry.trials.nodes;

import dev.skerry.stream.Bytes;
import dev.skerry.stream.OffsetToken;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.StreamName;
import dev.skerry.stream.client.PageRead;
import dev.skerry.stream.client.StreamClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One node's copy of a stream of numbered messages, read over HTTP from its beginning on.
final class Copy {

    private static final Pattern NUMBER = Pattern.compile("^\\{\"n\":(\\d+)[,}]");

    private final StreamClient client;
    private final StreamName stream;
    private final MessageDigest digest;
    private final List<Long> numbers = new ArrayList<>();
    private String next = OffsetToken.BEGINNING;

    Copy(StreamClient client, StreamName stream) {
        this.client = client;
        this.stream = stream;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// A message as [#numbers] knows it.
    static Bytes message(long number, String padding) {
        return Bytes.of("{\"n\":%d,\"pad\":\"%s\"}".formatted(number, padding));
    }

    /// Reads what has been added. What is there stays there: that is never read again.
    ///
    /// @return whether all was read; false if the node is out of reach, or has no such stream yet
    boolean readOn() {
        while (true) {
            try {
                switch (client.read(stream, next)) {
                    case PageRead.Page page -> {
                        page.messages().forEach(this::take);
                        next = page.next();
                        if (page.upToDate()) {
                            return true;
                        }
                    }
                    case PageRead.NoStream _ -> {
                        return false;
                    }
                    case PageRead.Dropped _ ->
                            throw new AssertionError(stream + " has dropped something at " + next);
                }
            } catch (StreamException e) {
                if (!e.retryable()) {
                    throw e;
                }
                return false;
            }
        }
    }

    private void take(Bytes message) {
        digest.update(message.array(), message.from(), message.length());
        digest.update((byte) '\n');
        Matcher number = NUMBER.matcher(message.text());
        if (!number.find()) {
            throw new AssertionError(
                    "nobody wrote this to " + stream + ": " + message.text().substring(0, 80));
        }
        numbers.add(Long.parseLong(number.group(1)));
    }

    /// The numbers of all messages read, in their order.
    List<Long> numbers() {
        return numbers;
    }

    /// Where it ends, as far as read.
    String tail() {
        return next;
    }

    /// Of all messages read: two copies with the same are equal.
    String checksum() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "%s: %d messages, tail %s".formatted(stream, numbers.size(), next);
    }
}
