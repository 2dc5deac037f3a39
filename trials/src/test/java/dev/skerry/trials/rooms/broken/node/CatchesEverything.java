package dev.skerry.trials.rooms.broken.node;

final class CatchesEverything {
    boolean works(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Throwable _) {
            return false;
        }
    }
}
