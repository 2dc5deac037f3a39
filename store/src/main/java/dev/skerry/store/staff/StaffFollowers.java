package dev.skerry.store.staff;

import dev.skerry.context.Book;
import dev.skerry.context.Handle;
import dev.skerry.language.CloudEvent;
import dev.skerry.language.staff.StaffEvent;
import dev.skerry.language.staffing.StaffingEvent;
import dev.skerry.stream.CloudEvents;
import dev.skerry.stream.Event;
import dev.skerry.stream.EventSource;
import dev.skerry.stream.Follower;
import dev.skerry.stream.FollowerSettings;
import dev.skerry.stream.sqlite.SqliteTransaction;
import java.util.function.Consumer;

/// Learns from headquarters who works in the store.
public final class StaffFollowers {

    private StaffFollowers() {}

    /// To be driven.
    ///
    /// @param source where the store has `hq/staff`
    public static Follower<SqliteTransaction> hq(Staff staff, EventSource source) {
        return staff.book()
                .follower(
                        "staff " + StaffEvent.STREAM,
                        source,
                        FollowerSettings.byKey(),
                        new Book.Reaction<>() {
                            @Override
                            public void react(
                                    Event event, Handle tables, Consumer<StaffingEvent> publish) {
                                CloudEvent envelope = CloudEvents.read(event);
                                StaffEvent.FORM
                                        .read(envelope)
                                        .ifPresent(it -> staff.learn(it, tables, publish));
                            }

                            // Who is signed on stays so, and is looked at again as the people come.
                            @Override
                            public boolean startOver(Handle tables) {
                                StaffTables.forgetPeople(tables);
                                return true;
                            }
                        });
    }
}
