package dev.skerry.trials.rooms.broken.node;

record Gets(int stock) {
    int getStock() {
        return stock;
    }
}
