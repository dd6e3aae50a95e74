package cti.server.config;

import java.time.Duration;

/** For desks that say nothing else. */
public record DeskDefaults(Duration wrapUp, Duration longestWait) {}
