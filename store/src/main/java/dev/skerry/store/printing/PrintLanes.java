package dev.skerry.store.printing;

import dev.skerry.language.printing.Printer;
import dev.skerry.stream.Steps;
import dev.skerry.stream.Watch;
import dev.skerry.stream.sqlite.SqliteDatabase;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Sees to it that each printer has a lane. A lane stays when its printer is removed, and does nothing then. One thread at a time
/// steps it.
final class PrintLanes implements Steps {

    private final Printing printing;
    private final SqliteDatabase database;
    private final Consumer<Steps> drive;
    private final Set<String> driven = new HashSet<>();

    PrintLanes(Printing printing, SqliteDatabase database, Consumer<Steps> drive) {
        this.printing = printing;
        this.database = database;
        this.drive = drive;
    }

    @Override
    public String name() {
        return "printers";
    }

    @Override
    public Step step() {
        printing.printers().stream()
                .map(Printing.PrinterState::printer)
                .map(Printer::id)
                .filter(driven::add)
                .forEach(id -> drive.accept(printing.lane(id)));
        return printing.forgetOld()
                ? new Step.Moved(0, Printing.FORGET_MAX)
                : new Step.CaughtUp(driven.size());
    }

    @Override
    public Watch watch(Runnable onNews) {
        return database.watch(Printing.JOBS, onNews);
    }
}
