package cti.server.web.http;

/** What a request leads to: an answer, or a change of protocol. */
public sealed interface Reaction permits Answer, FileAnswer, Reaction.Upgrade {
  /** The connection becomes a stream of whoever is signed in. */
  record Upgrade(SignedIn who) implements Reaction {}
}
