package cti.testbed.client;

import java.util.List;
import java.util.Optional;

/** What the rules said of a call (/api/v1/calls/{id}/routing). */
public record RouteView(
    int version,
    Optional<String> choice,
    String keys,
    Optional<String> rule,
    String reason,
    List<String> calendars,
    List<String> targets,
    int tried,
    List<String> skipped) {}
