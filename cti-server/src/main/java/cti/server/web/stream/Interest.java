package cti.server.web.stream;

import java.util.Optional;
import java.util.Set;

/**
 * What a client wants to hear of. Clients of the same interest are told the same bytes.
 *
 * @param scope what of the topics they see
 * @param gather whether changes come gathered, several in one frame
 */
record Interest(Set<Topic> topics, Scope scope, boolean gather) {
  Interest {
    topics = Set.copyOf(topics);
    // Who sees everything sees it whoever they are.
    scope = scope.everything() ? new Scope(true, Optional.empty(), Set.of()) : scope;
  }

  boolean covers(Frame frame) {
    return topics.contains(frame.topic()) && !frame.isNothing() && scope.sees(frame.audience());
  }

  Interest with(Scope other) {
    return new Interest(topics, other, gather);
  }
}
