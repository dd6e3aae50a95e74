package cti.testbed.client;

import java.util.List;
import java.util.Optional;

/** A missed case as REST tells it. */
public record CaseRow(
    String id,
    String state,
    Optional<String> desk,
    int calls,
    List<String> numbers,
    Optional<String> closedByCall,
    Optional<String> closedByAgent,
    Optional<String> closedByUser,
    Optional<String> reason) {}
