package dev.skerry.trials.link;

import dev.skerry.stream.Database;
import dev.skerry.stream.Transaction;
import dev.skerry.stream.memory.MemoryDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A database that does not let the link see that a store's epoch has risen: it shows a lower one, and a lower one yet, until the
/// link writes. For showing that the simulation notices.
final class EpochUnseen {

    private static final String FENCE = "epoch of ";
    private static final String FENCED = "has taken over as store";
    private static final int EPOCHS = 100;

    private EpochUnseen() {}

    @SuppressWarnings("unchecked")
    static Database<Transaction> of(MemoryDatabase database) {
        return (Database<Transaction>)
                proxy(
                        Database.class,
                        (_, method, arguments) ->
                                method.getName().equals("write")
                                        ? write(
                                                database,
                                                (Database.Work<Transaction, ?>) arguments[0])
                                        : call(database, method, arguments));
    }

    private static @Nullable Object write(
            MemoryDatabase database, Database.Work<Transaction, ?> work) {
        for (int lower = 0; ; lower++) {
            int by = lower;
            try {
                return database.write(tx -> work.run(showing(tx, by)));
            } catch (RuntimeException e) {
                if (by == EPOCHS || !String.valueOf(e.getMessage()).contains(FENCED)) {
                    throw e;
                }
            }
        }
    }

    private static Transaction showing(Transaction tx, int lower) {
        return (Transaction)
                proxy(
                        Transaction.class,
                        (_, method, arguments) -> {
                            Object result = call(tx, method, arguments);
                            return result instanceof OptionalLong epoch
                                            && epoch.isPresent()
                                            && ((String) arguments[0]).startsWith(FENCE)
                                    ? OptionalLong.of(epoch.getAsLong() - lower)
                                    : result;
                        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
