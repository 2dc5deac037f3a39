package dev.skerry.trials.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;

/// Knows which static fields hold the same for ever, as far as a class file shows it.
record Unchanging(Plan plan) {

    /// Types whose objects never change, beside primitives, enums, records, and our own classes with final fields only.
    private static final String UNCHANGING =
            "java\\.lang\\.(String|Integer|Long|Double|Boolean|Character|Byte|Short|Float|Class|System\\$Logger)"
                    + "|java\\.lang\\.invoke\\.(VarHandle|MethodHandle)"
                    + "|java\\.(time|math)\\..*"
                    + "|java\\.util\\.(UUID|Locale|HexFormat|Comparator|regex\\.Pattern|Base64\\$\\w+|function\\.\\w+)"
                    + "|java\\.nio\\.charset\\.Charset|java\\.nio\\.file\\.Path|java\\.net\\.URI"
                    + "|tools\\.jackson\\.core\\.json\\.JsonFactory";

    private static final String COLLECTION =
            "java\\.util\\.((Sequenced)?Collection|List|(Sequenced|Sorted|Navigable)?(Set|Map))";

    private static final String MAKER_OF_UNCHANGING =
            "java\\.util\\.(List|Set|Map)\\.(of|ofEntries|copyOf)"
                    + "|java\\.util\\.Collections\\.(unmodifiable|empty)\\w+"
                    + "|java\\.util\\.stream\\.\\w*Stream\\.toList";

    boolean test(JavaField field) {
        JavaClass type = field.getRawType();
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return false;
        }
        if (type.getName().matches(COLLECTION)) {
            return Bytecode.of(field.getOwner())
                    .maker(field.getName())
                    .filter(maker -> maker.matches(MAKER_OF_UNCHANGING))
                    .isPresent();
        }
        return type.isPrimitive()
                || type.isEnum()
                || type.isRecord()
                || type.getName().matches(UNCHANGING)
                || (plan.contains(type) && hasOnlyFinalFields(type));
    }

    private static boolean hasOnlyFinalFields(JavaClass type) {
        return type.getAllFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL));
    }
}
