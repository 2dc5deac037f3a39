package dev.skerry.trials.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the house hold in everything that is shipped.
class RoomsTest {

    private static final String ROOT = "dev.skerry";

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(it -> !it.contains("-tests.jar"))
                    .importPackages(ROOT);

    static List<Rule> rules() {
        return new Rooms(ROOT).all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_of_the_house_holds(Rule rule) {
        rule.check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"language", "stream", "node", "app"})
    void every_module_is_looked_at(String module) {
        assertTrue(HOUSE.containPackage(ROOT + "." + module), module);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_permit_is_needed(Rule rule) {
        assertEquals(List.of(), rule.unneeded(HOUSE), "take it out of Rooms");
    }
}
