package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Messages of a JSON stream, as they stand in an answer and in a request: an array of them. Cuts and joins bytes; what is
/// inside a message is neither read nor changed.
final class JsonMessages {

    private final byte[] bytes;
    private final int end;
    private int at;

    private JsonMessages(Bytes text) {
        bytes = text.array();
        at = text.from();
        end = text.from() + text.length();
    }

    /// The elements of an array, as slices of it; a value that is no array is itself the only message.
    ///
    /// @throws MalformedException if the text is cut off or its brackets do not balance
    static List<Bytes> split(Bytes text) throws MalformedException {
        return new JsonMessages(text).messages();
    }

    static Bytes join(List<Bytes> messages) {
        int length = 2;
        for (Bytes message : messages) {
            length += message.length() + 1;
        }
        byte[] array = new byte[length];
        int to = 0;
        for (Bytes message : messages) {
            array[to] = (byte) (to == 0 ? '[' : ',');
            to++;
            System.arraycopy(message.array(), message.from(), array, to, message.length());
            to += message.length();
        }
        array[to++] = ']';
        return new Bytes(array, 0, to);
    }

    private List<Bytes> messages() throws MalformedException {
        List<Bytes> messages = new ArrayList<>();
        skipSpace();
        if (at == end || bytes[at] != '[') {
            messages.add(value());
        } else {
            at++;
            skipSpace();
            if (peek() == ']') {
                at++;
            } else {
                elements(messages);
            }
        }
        skipSpace();
        if (at != end) {
            throw new MalformedException("there is something after the JSON messages");
        }
        return messages;
    }

    private void elements(List<Bytes> messages) throws MalformedException {
        while (true) {
            messages.add(value());
            skipSpace();
            byte next = peek();
            at++;
            if (next == ']') {
                return;
            }
            if (next != ',') {
                throw new MalformedException("a comma is missing between JSON messages");
            }
            skipSpace();
        }
    }

    /// One value: a string, a balanced object or array, or a run of other characters.
    private Bytes value() throws MalformedException {
        int start = at;
        int depth = 0;
        do {
            byte b = peek();
            switch (b) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        throw new MalformedException("a JSON message is missing");
                    }
                    depth--;
                    at++;
                }
                default -> {
                    if (depth == 0) {
                        word();
                    } else {
                        at++;
                    }
                }
            }
        } while (depth > 0);
        return new Bytes(bytes, start, at - start);
    }

    private void string() throws MalformedException {
        at++;
        while (true) {
            byte b = peek();
            at++;
            if (b == '"') {
                return;
            }
            if (b == '\\') {
                peek();
                at++;
            }
        }
    }

    private void word() throws MalformedException {
        int start = at;
        while (at < end
                && (Character.isLetterOrDigit(bytes[at])
                        || bytes[at] == '-'
                        || bytes[at] == '+'
                        || bytes[at] == '.')) {
            at++;
        }
        if (at == start) {
            throw new MalformedException("a JSON message is missing");
        }
    }

    private void skipSpace() {
        while (at < end
                && (bytes[at] == ' '
                        || bytes[at] == '\n'
                        || bytes[at] == '\r'
                        || bytes[at] == '\t')) {
            at++;
        }
    }

    private byte peek() throws MalformedException {
        if (at == end) {
            throw new MalformedException("the JSON is cut off");
        }
        return bytes[at];
    }
}
