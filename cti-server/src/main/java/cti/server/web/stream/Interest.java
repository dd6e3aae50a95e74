package cti.server.web.stream;

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
    // Who sees everything sees it at whatever desk they sit.
    scope = scope.everything() ? new Scope(true, scope.agent(), Set.of()) : scope;
  }

  boolean wants(Topic topic) {
    return topics.contains(topic);
  }

  boolean covers(Frame frame) {
    return topics.contains(frame.topic()) && !frame.isNothing() && scope.sees(frame.audience());
  }

  /** Whether a frame goes as soon as it is there: a pop does to the agent whose phone rings. */
  boolean atOnce(Frame frame) {
    return !gather || (!frame.journal() && scope.isFor(frame.audience()));
  }

  Interest with(Scope other) {
    return new Interest(topics, other, gather);
  }
}
