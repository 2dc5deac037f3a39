package dev.skerry.trials.rooms.broken.node;

interface IStock {}
