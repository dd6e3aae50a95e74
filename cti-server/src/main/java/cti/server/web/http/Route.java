package cti.server.web.http;

import cti.core.account.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One line of the table of routes: what is asked, who may ask, what may be said, who answers.
 *
 * @param least the least role; empty for everybody
 * @param query names of the parameters behind the question mark
 * @param body names of the fields of the JSON body; empty for a route without a body
 * @param answer the record that is written as JSON; {@code Void.class} for none
 * @param beforePasswordChange whether it answers somebody who must choose a password first
 */
public record Route(
    String method,
    PathTemplate path,
    Optional<Role> least,
    List<String> query,
    List<String> body,
    Class<?> answer,
    boolean beforePasswordChange,
    Handling handling) {
  public Route {
    query = List.copyOf(query);
    body = List.copyOf(body);
  }

  /** How a request is answered. */
  public sealed interface Handling {
    /** From memory, on the I/O thread: must not block. */
    record Live(LiveHandler handler) implements Handling {}

    /** On a store thread: may block. */
    record Stored(StoreHandler handler) implements Handling {}

    /** With parts of a file, or an answer; on a store thread: may block. */
    record Filed(FileHandler handler) implements Handling {}

    /**
     * From a store, with a file as the body; may block. One such request is taken at a time.
     *
     * @param mediaTypes that it may have
     * @param mostBytes of the body
     */
    record Uploaded(List<String> mediaTypes, int mostBytes, StoreHandler handler)
        implements Handling {
      public Uploaded {
        mediaTypes = List.copyOf(mediaTypes);
      }
    }

    /** By changing to WebSocket. */
    record ToStream() implements Handling {}

    /** By changing to a WebSocket that is no stream; must not block. */
    record ToSocket(SocketHandler handler) implements Handling {}

    /** Whether the answer is a WebSocket. */
    default boolean upgrades() {
      return this instanceof ToStream || this instanceof ToSocket;
    }
  }

  /** Answers a request to change to WebSocket, or refuses it. */
  @FunctionalInterface
  public interface SocketHandler {
    CompletionStage<Reaction> handle(Request request);
  }

  /** Answers without blocking. */
  @FunctionalInterface
  public interface LiveHandler {
    CompletionStage<Answer> handle(Request request);
  }

  /** Answers from a store. */
  @FunctionalInterface
  public interface StoreHandler {
    Answer handle(Request request);
  }

  /** Answers from a store and a file. */
  @FunctionalInterface
  public interface FileHandler {
    Reaction handle(Request request);
  }

  /**
   * Whether somebody of this role may ask. The one rule of roles for requests: what only reads is a
   * matter of what they may see, everything else of what they may do; one's own session and
   * password are everybody's.
   */
  public boolean isFor(Role role) {
    if (least.isEmpty() || beforePasswordChange) {
      return true;
    }
    boolean reads = method.equals("GET");
    return reads ? role.maySee(least.get()) : role.mayDo(least.get());
  }

  public static Route open(String method, String path) {
    return new Route(
        method,
        PathTemplate.of(path),
        Optional.empty(),
        List.of(),
        List.of(),
        Void.class,
        false,
        new Handling.ToStream());
  }

  public static Route of(Role least, String method, String path) {
    return new Route(
        method,
        PathTemplate.of(path),
        Optional.of(least),
        List.of(),
        List.of(),
        Void.class,
        false,
        new Handling.ToStream());
  }

  public Route query(String... names) {
    return new Route(
        method, path, least, List.of(names), body, answer, beforePasswordChange, handling);
  }

  public Route body(List<String> names) {
    return new Route(method, path, least, query, names, answer, beforePasswordChange, handling);
  }

  public Route answers(Class<?> record) {
    return new Route(method, path, least, query, body, record, beforePasswordChange, handling);
  }

  /** The same route, open also to somebody who must choose a password first. */
  public Route alsoBeforePasswordChange() {
    return new Route(method, path, least, query, body, answer, true, handling);
  }

  public Route live(LiveHandler handler) {
    return with(new Handling.Live(handler));
  }

  public Route stored(StoreHandler handler) {
    return with(new Handling.Stored(handler));
  }

  public Route file(FileHandler handler) {
    return with(new Handling.Filed(handler));
  }

  /** Changes to a WebSocket that is no stream. */
  public Route socket(SocketHandler handler) {
    return with(new Handling.ToSocket(handler));
  }

  /** Takes a file instead of JSON. */
  public Route uploaded(List<String> mediaTypes, int mostBytes, StoreHandler handler) {
    return with(new Handling.Uploaded(mediaTypes, mostBytes, handler));
  }

  private Route with(Handling other) {
    return new Route(method, path, least, query, body, answer, beforePasswordChange, other);
  }
}
