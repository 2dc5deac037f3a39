package dev.skerry.store.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.context.Caller;
import dev.skerry.language.staffing.DeviceKind;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RightsTest {

    @Test
    void a_role_of_headquarters_people_gives_nothing_in_a_store() {
        List<String> words =
                Caller.OF_HQ.stream().map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
        assertEquals(Set.of(), Rights.of(words));
        assertTrue(words.stream().noneMatch(it -> Rights.mayApprove(List.of(it))));
    }

    @Test
    void nothing_in_a_store_has_a_role_of_headquarters() {
        assertTrue(Collections.disjoint(Rights.manager(), Caller.OF_HQ));
        assertTrue(
                Stream.of(DeviceKind.values())
                        .allMatch(it -> Collections.disjoint(Rights.of(it), Caller.OF_HQ)));
    }
}
