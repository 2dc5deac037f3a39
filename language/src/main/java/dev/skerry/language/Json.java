package dev.skerry.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.Executable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// The JSON of the trade's values, events and requests, which are records. Any thread.
///
/// | Java | JSON |
/// |---|---|
/// | [Money] | `{"amount": 1250, "currency": "EUR"}`, in minor units |
/// | [Quantity] | a number with at most three decimals: `0.735` |
/// | [Percent] | a number with at most two decimals: `12.5` for 12.5 % |
/// | [Sku], [Gtin] | a string |
/// | `java.time` | ISO 8601 |
/// | null | nothing is written |
///
/// What a record does not declare `@Nullable` has to be there. Numbers are read exactly. A sealed type that is not told by its place says which it is in a field of its own.
public final class Json {

    private static final JsonMapper LENIENT = mapper(false);
    private static final JsonMapper STRICT = mapper(true);

    private Json() {}

    /// One line.
    ///
    /// @param value a record, or a list or map of what can be written
    public static String write(Object value) {
        return LENIENT.writeValueAsString(value);
    }

    /// Reads what a program of ours wrote, or a newer one: fields that are not known are passed over.
    ///
    /// @throws MalformedJsonException saying what is wrong, and where
    public static <T> T read(String json, Class<T> type) {
        return reading(() -> LENIENT.readValue(json, type));
    }

    /// Reads what somebody asks for: a field that is not known is a mistake, and is told.
    ///
    /// @throws MalformedJsonException saying what is wrong, and where
    public static <T> T readStrictly(String json, Class<T> type) {
        return reading(() -> STRICT.readValue(json, type));
    }

    /// Reads any JSON, to be looked into.
    ///
    /// @throws MalformedJsonException if it is none
    public static JsonNode tree(String json) {
        return reading(() -> STRICT.readTree(json));
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            T value = read.get();
            if (value == null) {
                throw new MalformedJsonException("null is not enough", null);
            }
            return value;
        } catch (DatabindException e) {
            throw new MalformedJsonException(place(e) + cause(e), e);
        } catch (JacksonException e) {
            throw new MalformedJsonException("this is not JSON: " + plain(e), e);
        }
    }

    private static String place(DatabindException e) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return place.isEmpty() ? "" : place + ": ";
    }

    private static String cause(DatabindException e) {
        // Our own constructors say best what is wrong with a value.
        if (e.getCause() instanceof IllegalArgumentException ours) {
            return String.valueOf(ours.getMessage());
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "there is no such field here; there are "
                            + String.join(
                                    ", ",
                                    unknown.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .toList());
            case InvalidNullException _ -> "null is not enough";
            case InvalidFormatException wrong ->
                    "\"%s\" is no %s"
                            .formatted(
                                    CloudEvent.brief(String.valueOf(wrong.getValue())),
                                    kind(wrong.getTargetType()));
            case MismatchedInputException missing
                    when missing.getOriginalMessage()
                            .startsWith("Missing required creator property") ->
                    "is missing";
            case MismatchedInputException other ->
                    "a " + kind(other.getTargetType()) + " is needed";
            default -> "this cannot be read";
        };
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "value of another kind";
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "list";
        }
        if (type == LocalDate.class) {
            return "date, such as 2026-03-01";
        }
        if (type == LocalDateTime.class) {
            return "local time, such as 2026-03-01T09:30:00";
        }
        if (type == Instant.class) {
            return "time, such as 2026-03-01T09:30:00Z";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type)
                ? "number"
                : CharSequence.class.isAssignableFrom(type) ? "string" : "JSON object";
    }

    /// Where the text stops to be JSON, without Jackson's account of its own parts.
    private static String plain(JacksonException e) {
        String problem = String.valueOf(e.getOriginalMessage()).replaceAll("\\p{Cntrl}", " ");
        int aside = problem.indexOf(" (");
        return "%s, in line %d, column %d"
                .formatted(
                        CloudEvent.brief(aside < 0 ? problem : problem.substring(0, aside)),
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr());
    }

    private static JsonMapper mapper(boolean strict) {
        JsonFactory factory =
                JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        return JsonMapper.builder(factory)
                .addModule(values())
                .annotationIntrospector(new Nullness())
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .changeDefaultPropertyInclusion(it ->
                        it.withValueInclusion(JsonInclude.Include.NON_NULL)
                                .withContentInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("skerry");
        module.addSerializer(Money.class, new MoneyWriter());
        module.addDeserializer(Money.class, new MoneyReader());
        number(module, Quantity.class, Quantity::amount, Quantity::of);
        number(module, Percent.class, Percent::amount, Percent::of);
        text(module, Sku.class, Sku::value, Sku::new);
        text(module, Gtin.class, Gtin::digits, Gtin::parse);
        return module;
    }

    private static <T> void number(
            SimpleModule module,
            Class<T> type,
            Function<T, BigDecimal> write,
            Function<BigDecimal, T> read) {
        module.addSerializer(type, new Writer<>((json, it) -> json.writeNumber(write.apply(it))));
        module.addDeserializer(
                type,
                new Reader<>(
                        type,
                        json -> {
                            if (!json.currentToken().isNumeric()) {
                                throw new IllegalArgumentException(
                                        "a number is needed, not " + json.currentToken());
                            }
                            return read.apply(json.getDecimalValue());
                        }));
    }

    private static <T> void text(
            SimpleModule module,
            Class<T> type,
            Function<T, String> write,
            Function<String, T> read) {
        module.addSerializer(type, new Writer<>((json, it) -> json.writeString(write.apply(it))));
        module.addDeserializer(
                type,
                new Reader<>(
                        type,
                        json -> {
                            if (json.currentToken() != JsonToken.VALUE_STRING) {
                                throw new IllegalArgumentException(
                                        "a string is needed, not " + json.currentToken());
                            }
                            return read.apply(json.getString());
                        }));
    }

    /// What a record's constructor does not take as null is required.
    private static final class Nullness extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return isRequired(member) ? Boolean.TRUE : super.hasRequiredMarker(config, member);
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
            return isRequired(member)
                    ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                    : super.findSetterInfo(config, member);
        }

        private static boolean isRequired(Annotated member) {
            return member instanceof AnnotatedParameter parameter
                    && parameter.getDeclaringClass().isRecord()
                    && parameter.getOwner().getMember() instanceof Executable constructor
                    && !constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
                            .isAnnotationPresent(Nullable.class);
        }
    }

    private interface Writing<T> {
        void write(JsonGenerator json, T value);
    }

    private static final class Writer<T> extends ValueSerializer<T> {
        private final Writing<T> writing;

        Writer(Writing<T> writing) {
            this.writing = writing;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            writing.write(json, value);
        }
    }

    private static final class Reader<T> extends ValueDeserializer<T> {
        private final Class<T> type;
        private final Function<JsonParser, T> reading;

        Reader(Class<T> type, Function<JsonParser, T> reading) {
            this.type = type;
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) {
            try {
                return reading.apply(json);
            } catch (IllegalArgumentException e) {
                throw context.instantiationException(type, e);
            }
        }
    }

    private static final class MoneyWriter extends ValueSerializer<Money> {
        @Override
        public void serialize(Money money, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            json.writeNumberProperty("amount", money.minor());
            json.writeStringProperty("currency", money.currency().getCurrencyCode());
            json.writeEndObject();
        }
    }

    private static final class MoneyReader extends ValueDeserializer<Money> {

        // By hand: there is hardly anything that is read more often.
        @Override
        public Money deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return (Money) context.handleUnexpectedToken(Money.class, json);
            }
            Long amount = null;
            String currency = null;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                try {
                    switch (name) {
                        case "amount" ->
                                amount =
                                        token == JsonToken.VALUE_NUMBER_INT
                                                ? json.getLongValue()
                                                : other(Long.class, json, context);
                        case "currency" ->
                                currency =
                                        token == JsonToken.VALUE_STRING
                                                ? json.getString()
                                                : other(String.class, json, context);
                        default -> context.handleUnknownProperty(json, this, Money.class, name);
                    }
                } catch (UnrecognizedPropertyException e) {
                    throw e;
                } catch (JacksonException e) {
                    throw within(name, context, e);
                }
            }
            if (amount == null || currency == null) {
                String missing = amount == null ? "amount" : "currency";
                throw within(missing, context, no(context, "is missing"));
            }
            try {
                return new Money(amount, currency(currency));
            } catch (IllegalArgumentException e) {
                throw context.instantiationException(Money.class, e);
            }
        }

        @Override
        public Collection<Object> getKnownPropertyNames() {
            return List.of("amount", "currency");
        }

        private static <T> T other(Class<T> type, JsonParser json, DeserializationContext context) {
            T value = context.readValue(json, type);
            if (value == null) {
                throw no(context, "null is not enough");
            }
            return value;
        }

        private static JacksonException no(DeserializationContext context, String why) {
            return context.instantiationException(Money.class, new IllegalArgumentException(why));
        }

        private static JacksonException within(
                String field, DeserializationContext context, JacksonException e) {
            return DatabindException.wrapWithPath(
                    context, e, new JacksonException.Reference(Money.class, field));
        }

        private static Currency currency(String code) {
            try {
                return Currency.getInstance(code);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("no currency of ISO 4217: " + code, e);
            }
        }
    }
}
