package dev.skerry.node.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.node.link.Acceptor.Guest;
import dev.skerry.node.link.Chain.Machine;
import dev.skerry.node.link.LinkStatus.Line;
import dev.skerry.node.link.LinkStatus.Standing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// HQ was brought back from a backup, and has forgotten certificates that it made since. Whoever shows one is no old machine for that
/// alone.
class HqSetBackTest {

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Chain chain = new Chain();
    private final Machine store = chain.join("0042", "north", "a");

    HqSetBackTest() {
        store.sell("one");
        chain.run(A_WHILE);
        chain.switchOff(store);
        chain.line.cut();
        chain.line.mend();
    }

    /// The same machine, with another certificate.
    private Machine with(String fingerprint) {
        Machine same = chain.new Machine("0042", "0042", store.disk, fingerprint, store.enrolled);
        chain.switchOn(same);
        return same;
    }

    private Estate.Store registered() {
        return chain.estate.find("0042").orElseThrow();
    }

    private List<String> orders() {
        return Chain.events(chain.hqDatabase, "store-0042/orders");
    }

    @Test
    void a_store_whose_renewal_hq_forgot_goes_on() {
        Machine renewed = with("a, renewed");
        renewed.sell("two");
        chain.run(A_WHILE);
        assertTrue(renewed.open(), () -> renewed.link.standing().toString());
        assertEquals(List.of("one", "two"), orders());
        assertEquals(1, registered().epoch());
        assertTrue(
                Chain.events(chain.hqDatabase, Estate.AUDIT.value()).stream()
                        .anyMatch(event -> event.contains("StoreCertificateLearnt")));
        // From now on the one before is an old one.
        chain.switchOff(renewed);
        chain.line.cut();
        chain.line.mend();
        Machine old = with("a");
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, old.link.standing());
    }

    @Test
    void a_machine_that_joined_after_the_backup_is_taken_in_and_the_one_before_is_fenced() {
        Machine second = chain.stranger("0042", "0042", "b", new StoreLink.Enrolled(2, true));
        chain.run(A_WHILE);
        second.sell("two");
        chain.run(A_WHILE);
        assertEquals(List.of("one", "two"), orders());
        assertEquals(2, registered().epoch());
        chain.switchOn(store);
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, store.link.standing());
        assertTrue(second.open());
    }

    @Test
    void while_another_machine_is_connected_a_newer_one_that_hq_does_not_know_waits_for_people() {
        chain.switchOn(store);
        chain.run(A_WHILE);
        Machine second = chain.stranger("0042", "0042", "b", new StoreLink.Enrolled(2, false));
        chain.run(A_WHILE);
        assertTrue(second.open(), () -> second.link.standing().toString());
        assertTrue(second.link.status().why().contains("set back"), second.link.status().why());
        assertEquals(1, registered().epoch());
        assertEquals(Line.UP, store.link.status().line());
    }

    /// Two machines can have been given the same epoch: one before HQ was set back, and one after.
    @Test
    void
            an_unknown_certificate_with_an_epoch_that_hq_gave_twice_neither_opens_nor_closes_anything() {
        Machine twin = chain.stranger("0042", "0042", "b", new StoreLink.Enrolled(1, false));
        twin.sell("of the twin");
        chain.run(A_WHILE);
        assertTrue(twin.open(), () -> twin.link.standing().toString());
        assertTrue(twin.link.status().why().contains("set back"), twin.link.status().why());
        assertEquals(List.of("one"), orders());
        chain.switchOff(twin);
        chain.switchOn(store);
        chain.run(A_WHILE);
        assertTrue(store.open());
        assertEquals(1, registered().epoch());
    }

    @Test
    void a_machine_of_an_older_epoch_is_fenced_whatever_it_shows() {
        chain.join("0042", "north", "b");
        Machine old = with("a, renewed");
        chain.run(A_WHILE);
        assertInstanceOf(Standing.Fenced.class, old.link.standing());
    }

    @Test
    void certificates_that_were_replaced_are_remembered_and_not_for_ever() {
        for (int i = 0; i < 40; i++) {
            Guest guest = new Guest("store-0042", registered().fingerprint(), "nearby");
            assertTrue(chain.estate.renewed(guest, "renewal " + i));
        }
        assertEquals(16, registered().retired().size());
        assertEquals("renewal 37", registered().retired().getLast());
        Estate again = new Estate(chain.hqDatabase, () -> chain.now, new java.util.Random(1));
        assertEquals(registered(), again.find("0042").orElseThrow());
    }
}
