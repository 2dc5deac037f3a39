package dev.skerry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.app.replay.Replay;
import dev.skerry.language.orders.Order;
import dev.skerry.language.orders.OrderEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A small folder with all the dirt of real ones, through a real HQ and two stores.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ReplayTest {

    private static final String LINES =
            "time,store,till,basket,line,sku,quantity,unit_price,discount,coupon,amount,customer,kind";

    /// How far a replay says it is.
    private static final Pattern PROGRESS = Pattern.compile("([\\d,]+) of ([\\d,]+) baskets.*");

    private static final int BASKETS_A_STORE = 40;

    @TempDir private Path temp;
    private Path from;
    private Path data;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        from = Files.createDirectories(temp.resolve("folder"));
        data = temp.resolve("data");
        Files.writeString(
                from.resolve("stores.csv"),
                """
                store,name,time_zone,currency,latitude,longitude
                united-kingdom,United Kingdom,Europe/London,GBP,,
                42,Main Street,Europe/London,GBP,,
                """);
        Files.writeString(
                from.resolve("products.csv"),
                """
                sku,gtin,name,department,category,brand,size,price
                15056BL,,"EDWARDIAN PARASOL, BLACK",Garden,,,,595
                15056bl,,Edwardian parasol black,Garden,,,,1246
                cup,,Cup,Kitchen,,,,85
                fuel,,GASOLINE-REG UNLEADED,Fuel,,,,249
                free,,,Kitchen,,,,
                """);
        for (int basket = 0; basket < BASKETS_A_STORE; basket++) {
            for (String store : List.of("united-kingdom", "42")) {
                int day = 26 + basket / 10;
                String time =
                        "2011-03-%02dT%02d:%02d:00".formatted(day, 9 + basket % 10, basket % 60);
                sold(time, store, (store.equals("42") ? "m" : "u") + basket, basket);
            }
        }
        dirt();
        lines.sort(String::compareTo);
        write(lines);
    }

    private void sold(String time, String store, String basket, int number) {
        add(time, store, basket, 1, "15056BL", "1", 595, 0, 0, 595, "sale");
        add(time, store, basket, 2, "15056bl", "3", 1246, 100, 0, 3638, "sale");
        if (number % 4 == 0) {
            add(time, store, basket, 3, "fuel", "8.123", 249, 2, 150, 1871, "sale");
        }
        if (number % 5 == 0) {
            add(time, store, "C" + basket, 1, "cup", "-2", 85, 0, 0, -170, "return");
        }
    }

    private void dirt() {
        String time = "2011-03-27T01:30:00";
        // The hour that Europe/London leaves out on this night.
        add(time, "42", "night", 1, "cup", "74215", 104, 0, 0, 7_718_360, "sale");
        add(time, "42", "nothing", 1, "free", "1", 0, 0, 0, 0, "sale");
        add(time, "42", "coupon", 1, "cup", "1", 85, 0, 85, 0, "sale");
        add(time, "42", "excess", 1, "cup", "1", 85, 0, 100, -15, "sale");
        add(time, "42", "excess", 2, "cup", "1", 5, 0, 0, 5, "sale");
        add(time, "42", "writeoff", 1, "cup", "-9", 0, 0, 0, 0, "sale");
        add(time, "42", "zero", 1, "cup", "0", 85, 0, 55, -55, "sale");
        add(time, "42", "post", 1, "POST", "1", 1800, 0, 0, 1800, "sale");
        add(time, "42", "post", 2, "cup", "1", 85, 0, 0, 85, "sale");
        add(time, "42", "void-1", 1, "cup", "1", 85, 0, 0, 85, "sale");
        add(time, "42", "AMAZON", 1, "cup", "-1", 1_688_802, 0, 0, -1_688_802, "return");
        lines.add(time + ",42,1,faulty,1,cup,one,85,0,0,85,,sale");
        lines.add(time + ",mars,1,faulty,1,cup,1,85,0,0,85,,sale");
        for (int line = 1; line <= 1_001; line++) {
            add(time, "42", "long", line, "cup", "1", 85, 0, 0, 85, "sale");
        }
    }

    private void add(
            String time,
            String store,
            String basket,
            int line,
            String sku,
            String quantity,
            long price,
            long discount,
            long coupon,
            long amount,
            String kind) {
        lines.add(
                "%s,%s,%d,%s,%d,%s,%s,%d,%d,%d,%d,,%s"
                        .formatted(
                                time,
                                store,
                                Math.floorMod(basket.hashCode(), 2) + 1,
                                basket,
                                line,
                                sku,
                                quantity,
                                price,
                                discount,
                                coupon,
                                amount,
                                kind));
    }

    private void write(List<String> rows) throws IOException {
        Files.writeString(from.resolve("lines.csv"), LINES + "\n" + String.join("\n", rows) + "\n");
    }

    private record Ran(int exit, String said) {}

    private Ran replay(String... more) {
        StringWriter said = new StringWriter();
        List<String> arguments =
                new ArrayList<>(
                        List.of("replay", "--data", data.toString(), "--from", from.toString()));
        arguments.addAll(List.of(more));
        int exit =
                Main.commandLine()
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute(arguments.toArray(String[]::new));
        return new Ran(exit, said.toString());
    }

    /// The sums that are printed, without the spaces between.
    private static void saysRow(Ran ran, String what, String count, String amount) {
        assertTrue(
                ran.said()
                        .lines()
                        .anyMatch(
                                it -> it.strip().matches(what + "\\s+" + count + "\\s+" + amount)),
                ran::said);
    }

    private void agree(Ran ran) {
        assertEquals(0, ran.exit(), ran::said);
        assertTrue(ran.said().contains("agree to the cent"), ran::said);
        long baskets = 2 * (BASKETS_A_STORE + BASKETS_A_STORE / 5) + 7;
        assertTrue(ran.said().contains("%,d baskets in 2 stores".formatted(baskets)), ran::said);
        saysRow(ran, "returned", "17", "-1,691,522");
        // What cannot be sold is there with its money.
        saysRow(ran, "listed", "8", "2,070");
    }

    @Test
    @Tag("slow") // An HQ, stores, and some hundred baskets.
    void what_can_be_sold_is_sold_with_half_of_the_lines_cut_and_the_rest_is_listed()
            throws IOException {
        agree(replay("--cut", "1/1:1/2"));
        List<String> listed = Files.readAllLines(Replay.rejected(data));
        assertEquals("row," + LINES + ",reason", listed.getFirst());
        for (String reason :
                List.of(
                        "worth more than the basket",
                        "written off",
                        "its quantity is 0",
                        "no article",
                        "refused by the store: not-now",
                        "is no quantity",
                        "store mars is not in stores",
                        "at most 1000 lines")) {
            assertEquals(
                    1, listed.stream().filter(it -> it.contains(reason)).count(), listed::toString);
        }
        // By the shop's clock, which stood at the time of the basket.
        List<String> times = new ArrayList<>();
        new ReplayServers(InstantSource.system())
                .read(
                        data.resolve("store-42"),
                        "orders.db",
                        "store-42/orders",
                        event -> {
                            if (OrderEvent.FORM.read(event).orElse(null)
                                            instanceof OrderEvent.OrderPaid(Order order)
                                    && order.id().equals("m7")) {
                                times.add(order.at().toString());
                            }
                        });
        assertEquals(List.of("2011-03-26T16:07"), times);

        // Again, there is nothing to do, and all is as it was.
        Ran again = replay();
        agree(again);
        assertTrue(again.said().contains("0 of them now"), again::said);

        // A cent that is not where it should be is found.
        List<String> other = new ArrayList<>(lines);
        other.replaceAll(
                it -> it.contains(",u7,1,") ? it.replace(",595,0,0,595,", ",596,0,0,596,") : it);
        write(other);
        Ran different = replay();
        assertEquals(1, different.exit(), different::said);
        assertTrue(
                different.said().contains("united-kingdom 2011-03-26: the file says"),
                different::said);
    }

    @Test
    @Tag("slow") // The same, twice, in a process of its own.
    void killed_in_the_middle_it_goes_on_and_nothing_is_sold_twice()
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "replay",
                        "--data",
                        data.toString(),
                        "--from",
                        from.toString(),
                        // So slow that it does not come to its end before it is killed.
                        "--speed",
                        "2000");
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (!isInTheMiddle(said.readLine())) {
                assertTrue(process.isAlive() || said.ready(), "it ended by itself");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        Ran resumed = replay();
        agree(resumed);
        Matcher now = Pattern.compile("([\\d,]+) of them now").matcher(resumed.said());
        assertTrue(now.find(), resumed::said);
        assertTrue(
                Integer.parseInt(now.group(1)) < 2 * (BASKETS_A_STORE + BASKETS_A_STORE / 5) + 7,
                resumed::said);
    }

    private static boolean isInTheMiddle(@org.jspecify.annotations.Nullable String line) {
        if (line == null) {
            return false;
        }
        Matcher progress = PROGRESS.matcher(line);
        return progress.matches()
                && !progress.group(1).equals("0")
                && !progress.group(1).equals(progress.group(2));
    }

    @Test
    void what_is_no_folder_and_what_is_no_choice_is_said() {
        assertTrue(replay("--stores", "mars").said().contains("there is no store \"mars\""));
        assertEquals(2, replay("--cut", "half").exit());
        assertEquals(2, replay("--speed", "0").exit());
        assertEquals(2, replay("--days", "March").exit());
        from = temp;
        Ran ran = replay();
        assertEquals(1, ran.exit());
        assertTrue(ran.said().contains("there is no stores.csv.gz"), ran::said);
    }
}
