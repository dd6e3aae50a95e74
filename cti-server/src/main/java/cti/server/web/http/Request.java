package cti.server.web.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that found its route and passed its checks.
 *
 * @param head whether only the headers of the answer are asked for
 * @param address of the client's end of the socket
 * @param who empty on public routes without a session
 */
public record Request(
    boolean head,
    Map<String, String> path,
    Query query,
    HttpHeaders headers,
    byte[] content,
    List<String> bodyFields,
    String address,
    Optional<SignedIn> who) {

  /** Whoever is signed in; only for routes that need it. */
  public SignedIn signedIn() {
    return who.orElseThrow(() -> new Fault(Problem.signInNeeded()));
  }

  public Body body() {
    return Body.read(content, bodyFields);
  }

  /** A parameter of the path, as an identifier. */
  public <T> T path(String name, Function<String, T> type) {
    return id(name, path.get(name), type);
  }

  /** A parameter of the query, as an identifier. */
  public <T> Optional<T> queryId(String name, Function<String, T> type) {
    return query.text(name, 200).map(text -> id(name, text, type));
  }

  /** Makes an identifier of a text; a text that it does not take is the client's fault. */
  public static <T> T id(String name, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw new Fault(Problem.invalid(name + " is " + Body.quoted(text) + ": " + e.getMessage()));
    }
  }
}
