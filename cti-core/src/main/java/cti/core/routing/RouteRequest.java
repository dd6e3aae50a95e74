package cti.core.routing;

import java.util.Optional;

/**
 * What the rules are asked.
 *
 * @param choice what the caller asked for in a menu, in the flow's own word (not the key)
 */
public record RouteRequest(Caller caller, Optional<String> choice) {}
