package dev.skerry.trials.rooms.broken.node;

import java.net.http.HttpClient;

record UsesTheHttpClient(HttpClient http) {}
