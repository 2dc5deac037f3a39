package dev.skerry.app;

import static dev.skerry.node.config.NodeSettings.SHOP_CASH_STEP;
import static dev.skerry.node.config.NodeSettings.SHOP_CURRENCY;
import static dev.skerry.node.config.NodeSettings.SHOP_GO;
import static dev.skerry.node.config.NodeSettings.SHOP_GO_CHECK;
import static dev.skerry.node.config.NodeSettings.SHOP_GO_TERMINAL;
import static dev.skerry.node.config.NodeSettings.SHOP_KIOSK_PAYS_FIRST;
import static dev.skerry.node.config.NodeSettings.SHOP_LABELS_FIRST;
import static dev.skerry.node.config.NodeSettings.SHOP_REQUESTS_KNOWN;
import static dev.skerry.node.config.NodeSettings.SHOP_TERMINAL;
import static dev.skerry.node.config.NodeSettings.SHOP_TIME_ZONE;

import dev.skerry.app.shop.Line;
import dev.skerry.app.shop.PhoneRules;
import dev.skerry.app.shop.Store;
import dev.skerry.app.shop.Store.Outside;
import dev.skerry.language.Money;
import dev.skerry.language.TimeOrderedIds;
import dev.skerry.node.config.Configuration;
import dev.skerry.store.payments.NoTerminal;
import dev.skerry.store.payments.PaymentsPolicy;
import dev.skerry.store.payments.SimulatedGiftCards;
import dev.skerry.store.payments.SimulatedTerminal;
import dev.skerry.store.payments.Terminal;
import dev.skerry.stream.Pacer;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Opens the contexts of a store as its configuration says.
///
/// @param line to HQ, as it is when asked
record Shop(
        Membership member,
        Path data,
        Configuration configuration,
        InstantSource clock,
        RandomGenerator random,
        Supplier<Line> line) {

    private static final String PHONES_KEY = "phones.key";
    private static final int PHONES_KEY_BYTES = 32;

    /// @param mirrors where the store has HQ's streams
    /// @throws CannotStart if a setting means nothing
    Store open(SqliteDatabase mirrors) {
        Currency currency = currency();
        return new Store(
                new Store.Site(member.store(), member.zone(), zone(), currency),
                (file, tables) -> Databases.open(data, file, configuration, clock, tables),
                mirrors,
                new Outside(terminal(), new SimulatedGiftCards(this::lineUp), line, Pacer.REAL),
                new Store.Rules(
                        PaymentsPolicy.standard(currency)
                                .withCashStep(
                                        new Money(configuration.value(SHOP_CASH_STEP), currency)),
                        configuration.value(SHOP_LABELS_FIRST),
                        configuration.value(SHOP_KIOSK_PAYS_FIRST),
                        configuration.value(SHOP_REQUESTS_KNOWN),
                        phones()),
                clock,
                new TimeOrderedIds(clock, random),
                random);
    }

    private PhoneRules phones() {
        if (!configuration.value(SHOP_GO)) {
            return PhoneRules.NONE;
        }
        String terminal = configuration.value(SHOP_GO_TERMINAL);
        return new PhoneRules(
                true,
                configuration.value(SHOP_GO_CHECK),
                terminal.equals("none") ? null : terminal,
                phonesKey());
    }

    /// The same after a restart, so that nobody has to scan anew. On another machine trips begin anew.
    private String phonesKey() {
        Path file = data.resolve("identity").resolve(PHONES_KEY);
        return SecretFile.read(file)
                .orElseGet(() -> {
                    byte[] key = new byte[PHONES_KEY_BYTES];
                    random.nextBytes(key);
                    String text = HexFormat.of().formatHex(key);
                    SecretFile.write(file, text);
                    return text;
                });
    }

    private boolean lineUp() {
        return line.get().up();
    }

    private ZoneId zone() {
        String setting = configuration.value(SHOP_TIME_ZONE);
        try {
            return setting.equals("system") ? ZoneId.systemDefault() : ZoneId.of(setting);
        } catch (DateTimeException e) {
            throw new CannotStart(
                    SHOP_TIME_ZONE.key() + ": " + e.getMessage(),
                    "name a time zone of the IANA database, such as Europe/Berlin");
        }
    }

    private Currency currency() {
        String setting = configuration.value(SHOP_CURRENCY);
        try {
            return Currency.getInstance(setting);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    SHOP_CURRENCY.key() + ": " + setting + " is no currency of ISO 4217",
                    "name one, such as EUR");
        }
    }

    private Terminal terminal() {
        return configuration.value(SHOP_TERMINAL).equals("simulator")
                ? new SimulatedTerminal(this::lineUp)
                : new NoTerminal();
    }
}
