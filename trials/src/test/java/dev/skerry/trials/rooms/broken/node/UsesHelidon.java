package dev.skerry.trials.rooms.broken.node;

import io.helidon.webserver.WebServer;

record UsesHelidon(WebServer server) {}
