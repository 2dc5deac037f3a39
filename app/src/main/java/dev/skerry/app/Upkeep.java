package dev.skerry.app;

import dev.skerry.stream.Steps;
import dev.skerry.stream.StreamException;
import dev.skerry.stream.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/// What has to be done now and then. Never ends, whatever goes wrong: what may go must go some day.
final class Upkeep implements Steps {

    private static final Logger LOG = System.getLogger(Upkeep.class.getName());

    private final String name;
    private final BooleanSupplier work;
    private String told = "";

    /// @param work one bounded piece; whether there is more to do now
    Upkeep(String name, BooleanSupplier work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Step step() {
        try {
            boolean more = work.getAsBoolean();
            told = "";
            return more ? new Step.Moved(0, 0) : new Step.CaughtUp(0);
        } catch (StreamException e) {
            return new Step.Hindered(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            tellOnce(e);
            return new Step.Hindered(e.toString());
        }
    }

    private void tellOnce(Throwable e) {
        if (!e.toString().equals(told)) {
            told = e.toString();
            LOG.log(
                    Level.ERROR,
                    "upkeep=failed name=" + name + " remedy=\"report this, with what follows\"",
                    e);
        }
    }

    /// Looks for itself, once in a while.
    @Override
    public Watch watch(Runnable onNews) {
        return () -> {};
    }
}
