package dev.skerry.pricing;

import dev.skerry.language.Money;
import dev.skerry.language.Percent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a JSON object strictly: what is missing, of another kind, or not known is a fault, and reading goes on
/// to find the others. What could not be read stands as something harmless; nobody sees it, because there is a fault.
final class JsonForm {

    /// The most that an amount may be, in major units.
    static final long AMOUNT_MAX = 1_000_000_000;

    private static final JsonTree EMPTY = new JsonTree("", 0, 0, Map.of());

    private final JsonTree tree;
    private final List<Fault> faults;
    private final Currency currency;
    private final Map<?, ?> fields;
    private final Set<String> known = new HashSet<>();

    JsonForm(JsonTree tree, Currency currency, List<Fault> faults) {
        this.tree = tree;
        this.currency = currency;
        this.faults = faults;
        if (tree.value() instanceof Map<?, ?> map) {
            fields = map;
        } else {
            fields = Map.of();
            fault(tree, "an object is wanted, not " + tree.kind());
        }
    }

    /// Whether it is one: if not, that is a fault already.
    boolean isObject() {
        return tree.value() instanceof Map<?, ?>;
    }

    boolean has(String name) {
        return field(name) != null;
    }

    String text(String name) {
        JsonTree field = required(name);
        return field == null ? "" : text(field);
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(field(name)).map(this::text);
    }

    private String text(JsonTree field) {
        if (field.value() instanceof String text && !text.isEmpty()) {
            return text;
        }
        fault(field, "a text of at least one character is wanted");
        return "";
    }

    /// @param parse throws what a malformed text makes it throw
    <T> Optional<T> parsed(String name, String what, Function<String, T> parse) {
        JsonTree field = field(name);
        if (field == null) {
            return Optional.empty();
        }
        if (field.value() instanceof String text) {
            try {
                return Optional.of(parse.apply(text));
            } catch (java.time.DateTimeException e) {
                fault(field, what + " is wanted, not \"" + text + "\"");
                return Optional.empty();
            }
        }
        fault(field, what + " is wanted, not " + field.kind());
        return Optional.empty();
    }

    boolean flag(String name, boolean otherwise) {
        JsonTree field = field(name);
        if (field == null) {
            return otherwise;
        }
        if (field.value() instanceof Boolean flag) {
            return flag;
        }
        fault(field, "true or false is wanted, not " + field.kind());
        return otherwise;
    }

    /// A whole number in a range.
    int number(String name, int least, int most) {
        JsonTree field = required(name);
        return field == null ? least : number(field, least, most);
    }

    int number(String name, int least, int most, int otherwise) {
        JsonTree field = field(name);
        return field == null ? otherwise : number(field, least, most);
    }

    private int number(JsonTree field, int least, int most) {
        if (field.value() instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.intValueExact();
        }
        fault(field, "a whole number from %d to %d is wanted".formatted(least, most));
        return least;
    }

    /// 0 or more, with no more decimals than the currency has.
    Money amount(String name) {
        JsonTree field = required(name);
        if (field == null) {
            return Money.zero(currency);
        }
        if (field.value() instanceof BigDecimal amount
                && amount.signum() >= 0
                && amount.compareTo(BigDecimal.valueOf(AMOUNT_MAX)) <= 0) {
            try {
                return Money.of(amount, currency);
            } catch (IllegalArgumentException e) {
                fault(field, String.valueOf(e.getMessage()));
                return Money.zero(currency);
            }
        }
        fault(field, "an amount from 0 to %d is wanted, as a number".formatted(AMOUNT_MAX));
        return Money.zero(currency);
    }

    Percent percent(String name) {
        JsonTree field = required(name);
        if (field == null) {
            return new Percent(0);
        }
        if (field.value() instanceof BigDecimal share
                && share.signum() >= 0
                && share.compareTo(BigDecimal.valueOf(100)) <= 0
                && share.stripTrailingZeros().scale() <= 2) {
            return Percent.of(share);
        }
        fault(field, "a number from 0 to 100 with at most two decimals is wanted");
        return new Percent(0);
    }

    /// One of these words.
    ///
    /// @return empty if it is missing, or another: that is a fault
    <T> Optional<T> word(String name, Map<String, T> words) {
        JsonTree field = required(name);
        return field == null ? Optional.empty() : word(field, words);
    }

    <T> T word(String name, Map<String, T> words, T otherwise) {
        JsonTree field = field(name);
        return field == null ? otherwise : word(field, words).orElse(otherwise);
    }

    private <T> Optional<T> word(JsonTree field, Map<String, T> words) {
        T meant = field.value() instanceof String text ? words.get(text) : null;
        if (meant == null) {
            fault(
                    field,
                    "one of %s is wanted"
                            .formatted(
                                    String.join(", ", words.keySet().stream().sorted().toList())));
        }
        return Optional.ofNullable(meant);
    }

    Set<String> texts(String name) {
        Set<String> texts = new HashSet<>();
        for (JsonTree element : elements(name)) {
            if (!texts.add(text(element))) {
                fault(element, "this is there twice");
            }
        }
        return texts;
    }

    Set<String> requiredTexts(String name) {
        return required(name) == null ? Set.of() : texts(name);
    }

    <T> Optional<T> requiredParsed(String name, String what, Function<String, T> parse) {
        return required(name) == null ? Optional.empty() : parsed(name, what, parse);
    }

    /// @return empty if the field is missing or is an empty list
    private List<JsonTree> elements(String name) {
        JsonTree field = field(name);
        if (field == null) {
            return List.of();
        }
        List<JsonTree> elements = new ArrayList<>();
        if (field.value() instanceof List<?> list && !list.isEmpty()) {
            list.forEach(element -> elements.add((JsonTree) element));
        } else {
            fault(field, "a list of at least one is wanted");
        }
        return elements;
    }

    JsonForm form(String name) {
        JsonTree field = required(name);
        return field == null ? new JsonForm(EMPTY, currency, new ArrayList<>()) : of(field);
    }

    Optional<JsonForm> optionalForm(String name) {
        return Optional.ofNullable(field(name)).map(this::of);
    }

    List<JsonForm> forms(String name) {
        return elements(name).stream().map(this::of).toList();
    }

    /// A list that may be empty, but not be missing or be longer.
    List<JsonForm> forms(String name, int most) {
        JsonTree field = required(name);
        if (field != null && field.value() instanceof List<?> list && list.size() <= most) {
            return list.isEmpty() ? List.of() : forms(name);
        }
        if (field != null) {
            fault(field, "a list of at most %d is wanted".formatted(most));
        }
        return List.of();
    }

    List<JsonForm> requiredForms(String name) {
        return required(name) == null ? List.of() : forms(name);
    }

    private JsonForm of(JsonTree field) {
        return new JsonForm(field, currency, faults);
    }

    JsonForm in(Currency other) {
        return new JsonForm(tree, other, faults);
    }

    /// Says that there is something wrong with this object itself.
    void fault(String problem) {
        fault(tree, problem);
    }

    void fault(String name, String problem) {
        JsonTree field = field(name);
        fault(field == null ? tree : field, problem);
    }

    /// Faults whatever nobody asked for, where exactly one of some fields is wanted.
    void noOthers(String oneOf) {
        fields.forEach((name, field) -> {
            if (!known.contains(name)) {
                fault((JsonTree) field, "exactly one of " + oneOf + " is wanted");
            }
        });
    }

    /// Says that these fields are known, though read by another form.
    void known(String name) {
        known.add(name);
    }

    /// What is made of its fields; null, and a fault, if they do not go together.
    <T> @Nullable T made(Function<JsonForm, T> make) {
        int before = faults.size();
        try {
            return make.apply(this);
        } catch (IllegalArgumentException e) {
            // Else it is only what is left of a field that has a fault already.
            if (faults.size() == before && isObject()) {
                fault(String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    /// Faults whatever nobody asked for.
    void noOthers() {
        fields.forEach((name, field) -> {
            if (!known.contains(name)) {
                fault((JsonTree) field, "this field is not known; known here are " + sorted());
            }
        });
    }

    private String sorted() {
        return String.join(", ", known.stream().sorted().toList());
    }

    private @Nullable JsonTree required(String name) {
        JsonTree field = field(name);
        if (field == null && isObject()) {
            fault(tree, "\"" + name + "\" is missing");
        }
        return field;
    }

    private @Nullable JsonTree field(String name) {
        known.add(name);
        return (JsonTree) fields.get(name);
    }

    private void fault(JsonTree at, String problem) {
        faults.add(new Fault(at.where(), at.line(), at.column(), problem));
    }
}
