package dev.skerry.stream.client;

import dev.skerry.stream.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts server-sent events out of bytes that arrive in pieces of any size. Lines end in LF, CR or CRLF; comments and the
/// fields `id` and `retry` mean nothing here. An event whose closing empty line never comes is not an event.
final class SseParser {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int eventBytesMax;
    private byte[] line = new byte[256];
    private int lineLength;
    private byte[] data = new byte[256];
    private int dataLength;
    private boolean hasData;
    private String type = "";
    private boolean afterCr;
    private boolean firstLine = true;

    /// @param eventBytesMax the largest event taken
    SseParser(int eventBytesMax) {
        this.eventBytesMax = eventBytesMax;
    }

    /// Takes bytes until an event is complete.
    ///
    /// @return the event, what is left of the input being taken by the next call; null if the input was used up before
    /// @throws MalformedException if an event is too large
    @Nullable SseEvent next(ByteBuffer input) throws MalformedException {
        while (input.hasRemaining()) {
            if (afterCr) {
                afterCr = false;
                if (input.get(input.position()) == '\n') {
                    input.get();
                    continue;
                }
            }
            int length = untilLineEnd(input);
            append(input, length);
            if (!input.hasRemaining()) {
                return null;
            }
            afterCr = input.get() == '\r';
            SseEvent event = endOfLine();
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    private static int untilLineEnd(ByteBuffer input) {
        int at = input.position();
        while (at < input.limit() && input.get(at) != '\n' && input.get(at) != '\r') {
            at++;
        }
        return at - input.position();
    }

    private void append(ByteBuffer input, int length) throws MalformedException {
        checkRoom((long) lineLength + length);
        line = grown(line, lineLength + length);
        input.get(line, lineLength, length);
        lineLength += length;
    }

    private @Nullable SseEvent endOfLine() throws MalformedException {
        int from = 0;
        if (firstLine) {
            firstLine = false;
            if (startsWith(BYTE_ORDER_MARK, 0)) {
                from = BYTE_ORDER_MARK.length;
            }
        }
        if (lineLength == from) {
            lineLength = 0;
            return dispatch();
        }
        field(from);
        lineLength = 0;
        return null;
    }

    private void field(int from) throws MalformedException {
        int colon = from;
        while (colon < lineLength && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, lineLength);
        if (value < lineLength && line[value] == ' ') {
            value++;
        }
        String name = new Bytes(line, from, colon - from).text();
        if (name.equals("event")) {
            type = new Bytes(line, value, lineLength - value).text();
        } else if (name.equals("data")) {
            int length = lineLength - value;
            checkRoom((long) dataLength + 1 + length);
            data = grown(data, dataLength + 1 + length);
            if (hasData) {
                data[dataLength++] = '\n';
            }
            System.arraycopy(line, value, data, dataLength, length);
            dataLength += length;
            hasData = true;
        }
    }

    private @Nullable SseEvent dispatch() {
        SseEvent event =
                hasData ? new SseEvent(type, Bytes.of(Arrays.copyOf(data, dataLength))) : null;
        type = "";
        dataLength = 0;
        hasData = false;
        return event;
    }

    private boolean startsWith(byte[] mark, int from) {
        return lineLength >= mark.length
                && Arrays.equals(line, from, mark.length, mark, 0, mark.length);
    }

    private void checkRoom(long length) throws MalformedException {
        if (length > eventBytesMax) {
            throw new MalformedException(
                    "a server-sent event is larger than " + eventBytesMax + " bytes");
        }
    }

    private static byte[] grown(byte[] array, int length) {
        return length <= array.length
                ? array
                : Arrays.copyOf(
                        array, (int) Math.max(length, Math.min(2L * array.length, 1 << 30)));
    }
}
