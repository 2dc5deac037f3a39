package dev.skerry.benchmarks.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.benchmarks.Sales;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One end of a peer in a process of its own: does what [RemoteEnds] writes on its input, answers on its output, and ends
/// with its input.
final class EndProcess {

    /// What is not marked so was written by somebody else.
    static final String ANSWER = "> ";

    static final String FAILED = "! ";
    private static final byte[] MARK = "\"sequence\":\"".getBytes(UTF_8);
    private static final int DIGITS = 8;

    private EndProcess() {}

    static void serve(StoreEnd store) throws IOException {
        Sales sales = new Sales();
        answer((word, numbers) ->
                switch (word) {
                    case "take" -> {
                        store.take(events(sales, numbers[0], numbers[1]));
                        yield "";
                    }
                    case "send" -> text(send(store, sales, numbers[0], numbers[1], numbers[2]));
                    default -> throw new IllegalArgumentException(word);
                });
    }

    static void serve(HqEnd hq) throws IOException {
        answer((word, numbers) ->
                switch (word) {
                    case "count" -> Long.toString(hq.count());
                    case "read" -> tally(hq).write();
                    case "receive" -> text(receive(hq, numbers[0], numbers[1]));
                    default -> throw new IllegalArgumentException(word);
                });
    }

    @FunctionalInterface
    interface Answerer {
        String answer(String word, int[] numbers) throws Exception;
    }

    /// Answers until nobody asks any more, and then ends the process.
    static void answer(Answerer answerer) throws IOException {
        System.out.println(ANSWER + "ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            int[] numbers = new int[words.length - 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Integer.parseInt(words[i + 1]);
            }
            try {
                System.out.println(ANSWER + answerer.answer(words[0], numbers));
            } catch (Exception e) {
                System.out.println(FAILED + e);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static List<byte[]> events(Sales sales, int first, int count) {
        List<byte[]> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(sales.numbered(first + i));
        }
        return events;
    }

    /// @return when each was durable, by `System.nanoTime()`, which all processes of a machine share
    private static long[] send(StoreEnd store, Sales sales, int first, int count, int perSecond)
            throws Exception {
        List<byte[]> events = events(sales, first, count);
        long[] nanos = new long[count];
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            store.take(List.of(events.get(i)));
            nanos[i] = System.nanoTime();
        }
        return nanos;
    }

    /// @return when each was read
    private static long[] receive(HqEnd hq, int first, int count) throws Exception {
        long[] nanos = new long[count];
        int[] missing = {count};
        hq.follow(event -> {
            int index = number(event) - first;
            if (index >= 0 && index < count && nanos[index] == 0) {
                nanos[index] = System.nanoTime();
                missing[0]--;
            }
            return missing[0] > 0;
        });
        return nanos;
    }

    private static Tally tally(HqEnd hq) throws Exception {
        BitSet numbers = new BitSet();
        long[] events = new long[1];
        hq.read(event -> {
            events[0]++;
            numbers.set(number(event));
        });
        return new Tally(events[0], numbers);
    }

    private static int number(byte[] event) {
        int at = 0;
        while (!Arrays.equals(event, at, at + MARK.length, MARK, 0, MARK.length)) {
            at++;
        }
        int from = at + MARK.length;
        return Integer.parseInt(new String(event, from, DIGITS, UTF_8));
    }

    static String text(long... numbers) {
        StringBuilder text = new StringBuilder();
        for (long number : numbers) {
            text.append(text.isEmpty() ? "" : " ").append(number);
        }
        return text.toString();
    }
}
