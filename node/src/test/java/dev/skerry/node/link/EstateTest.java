package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Estate.Greeting;
import dev.skerry.node.link.Estate.Joining;
import dev.skerry.node.link.Estate.Token;
import dev.skerry.node.link.Message.Hello;
import dev.skerry.node.link.Message.Refusal;
import dev.skerry.stream.Database;
import dev.skerry.stream.Read;
import dev.skerry.stream.memory.Faults;
import dev.skerry.stream.memory.MemoryDatabase;
import dev.skerry.stream.memory.MemoryDisk;
import dev.skerry.stream.memory.MemorySettings;
import dev.skerry.stream.memory.MemoryTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What HQ decides about a store holds in the transaction that writes it, also if somebody else was faster.
class EstateTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Token TOKEN = new Token("hash", NOON.plusSeconds(3600));

    private Instant now = NOON;

    private final MemoryDatabase database =
            new MemoryDatabase(new MemoryDisk(), MemorySettings.defaults(), Faults.NONE, () -> now);
    private final Estate estate = new Estate(seen(), () -> now, new Random(1));

    /// What happens between a decision and its transaction, once.
    private @Nullable Runnable meanwhile;

    @SuppressWarnings("unchecked")
    private Database<MemoryTransaction> seen() {
        return (Database<MemoryTransaction>)
                Proxy.newProxyInstance(
                        Database.class.getClassLoader(),
                        new Class<?>[] {Database.class},
                        (_, method, arguments) -> {
                            Runnable first = meanwhile;
                            if (first != null && method.getName().equals("write")) {
                                meanwhile = null;
                                first.run();
                            }
                            try {
                                return method.invoke(database, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    // ---- strangers

    private List<String> audit() {
        Read.Page page = (Read.Page) database.read(Estate.AUDIT, 0, 10_000, Long.MAX_VALUE);
        return page.events().stream().map(it -> it.payload().text()).toList();
    }

    @Test
    void a_stranger_is_on_record_once_an_hour() {
        for (int i = 0; i < 10; i++) {
            estate.strangerRefused("10.0.0.1", "the certificate of CN=thief ended");
        }
        assertEquals(1, audit().size());
        assertTrue(audit().getFirst().contains("StrangerRefused"), audit()::toString);
        now = now.plusSeconds(3601);
        estate.strangerRefused("10.0.0.1", "the same");
        assertEquals(2, audit().size());
        assertTrue(audit().getLast().contains("\"unrecorded\":9"), audit()::toString);
    }

    @Test
    void strangers_from_everywhere_fill_no_disk() {
        for (int hour = 0; hour < 3; hour++) {
            for (int i = 0; i < 5_000; i++) {
                estate.strangerRefused("10.0." + i / 256 + "." + i % 256, "x".repeat(100_000));
            }
            now = now.plusSeconds(3601);
        }
        assertEquals(300, audit().size());
        assertTrue(audit().stream().allMatch(it -> it.length() < 1000));
        assertEquals(2, audit().stream().filter(it -> it.contains("\"unrecorded\":4900")).count());
    }

    private void join(String fingerprint) {
        estate.invite("0042", "Main Street", "north", TOKEN);
        assertInstanceOf(
                Joining.Joined.class,
                estate.join("0042", "hash", "key " + fingerprint, fingerprint));
    }

    @Test
    void a_machine_that_is_replaced_while_it_is_judged_is_fenced() {
        join("a");
        meanwhile = () -> join("b");
        Hello hello =
                new Hello(
                        List.of(Messages.VERSION), "test", "0042", 1, "boot", "other", NOON, 4096);
        Greeting.Turned turned =
                assertInstanceOf(
                        Greeting.Turned.class,
                        estate.greet(new Guest("store-0042", "a", "nearby"), hello, null));
        assertEquals(Refusal.FENCED, turned.refusal());
        assertEquals(2, estate.find("0042").orElseThrow().epoch());
        assertEquals("b", estate.find("0042").orElseThrow().fingerprint());
    }

    @Test
    void of_two_machines_with_one_token_only_one_joins() {
        estate.invite("0042", "Main Street", "north", TOKEN);
        meanwhile = () -> estate.join("0042", "hash", "key a", "a");
        assertInstanceOf(Joining.Refused.class, estate.join("0042", "hash", "key b", "b"));
        assertEquals("a", estate.find("0042").orElseThrow().fingerprint());
        assertEquals(1, estate.find("0042").orElseThrow().epoch());
    }
}
