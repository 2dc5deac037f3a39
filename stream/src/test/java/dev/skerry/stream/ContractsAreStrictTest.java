package dev.skerry.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skerry.stream.DoNothingDatabase.DoNothing;
import dev.skerry.stream.DoNothingDatabase.NoEffects;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// A suite is worth what it refuses: no test of a contract may pass on a database that does nothing.
class ContractsAreStrictTest {

    @Test
    void every_test_of_streams_fails_on_a_database_that_does_nothing() {
        assertEquals(
                List.of(),
                passing(
                        StreamsContract.class,
                        () ->
                                new StreamsContract<DoNothing>() {
                                    @Override
                                    protected Database<DoNothing> open(InstantSource clock) {
                                        return new DoNothingDatabase();
                                    }

                                    @Override
                                    protected Effects<DoNothing> effects() {
                                        return new NoEffects();
                                    }

                                    @Override
                                    protected Duration newsWithin() {
                                        return Duration.ZERO;
                                    }
                                }));
    }

    @Test
    void every_test_of_followers_fails_on_a_database_that_does_nothing() {
        assertEquals(
                List.of(),
                passing(
                        FollowerContract.class,
                        () ->
                                new FollowerContract<DoNothing>() {
                                    @Override
                                    protected Database<DoNothing> open(InstantSource clock) {
                                        return new DoNothingDatabase();
                                    }

                                    @Override
                                    protected Effects<DoNothing> effects() {
                                        return new NoEffects();
                                    }

                                    @Override
                                    protected Duration newsWithin() {
                                        return Duration.ZERO;
                                    }
                                }));
    }

    @Test
    void every_test_of_copying_fails_on_a_database_that_does_nothing() {
        assertEquals(
                List.of(),
                passing(
                        CopyContract.class,
                        () ->
                                new CopyContract<DoNothing>() {
                                    @Override
                                    protected Database<DoNothing> open(InstantSource clock) {
                                        return new DoNothingDatabase();
                                    }

                                    @Override
                                    protected Database<DoNothing> openOther(InstantSource clock) {
                                        return new DoNothingDatabase();
                                    }

                                    @Override
                                    protected Effects<DoNothing> effects() {
                                        return new NoEffects();
                                    }
                                }));
    }

    private static List<String> passing(
            Class<?> suite, Supplier<? extends DatabaseContract<?>> instance) {
        List<String> passing = new ArrayList<>();
        int tests = 0;
        for (Method method : suite.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                tests++;
                if (passes(method, instance.get())) {
                    passing.add(method.getName());
                }
            }
        }
        assertTrue(tests > 15, "found only " + tests + " tests in " + suite.getSimpleName());
        return passing;
    }

    private static boolean passes(Method test, DatabaseContract<?> suite) {
        try {
            suite.openDatabase();
            if (suite instanceof CopyContract<?> copying) {
                copying.openOther();
            }
            test.setAccessible(true);
            test.invoke(suite);
            return true;
        } catch (InvocationTargetException e) {
            return false;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
