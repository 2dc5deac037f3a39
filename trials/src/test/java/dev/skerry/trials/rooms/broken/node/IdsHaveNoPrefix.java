package dev.skerry.trials.rooms.broken.node;

/// Breaks no rule.
interface IdsHaveNoPrefix {}
