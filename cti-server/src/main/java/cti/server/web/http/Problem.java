package cti.server.web.http;

import cti.core.fault.FaultText;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong, for programs and people (RFC 9457).
 *
 * @param type stable id, such as no-such-call
 * @param detail the offending value and what was expected
 * @param expected the values that would have been taken, where there is a short list of them
 * @param said what is wrong, each with its code, where it is of something that was handed in
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<String> expected,
    Optional<List<FaultSaid>> said) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    expected = List.copyOf(expected);
    said = said.map(List::copyOf);
  }

  public Problem(String type, String title, int status, String detail, List<String> expected) {
    this(type, title, status, detail, expected, Optional.empty());
  }

  /**
   * One thing that is wrong with what was handed in.
   *
   * @param place a field; empty where it is about the whole
   */
  public record FaultSaid(String text, String place, String code, List<String> values) {
    public static FaultSaid of(String place, FaultText fault) {
      return new FaultSaid(fault.text(), place, fault.code(), fault.values());
    }
  }

  /** The same with each thing that is wrong by its code. */
  public Problem saying(List<FaultSaid> faults) {
    return new Problem(type, title, status, detail, expected, Optional.of(faults));
  }

  public static Problem of(int status, String type, String title, String detail) {
    return new Problem(type, title, status, detail, List.of());
  }

  public static Problem badRequest(String detail) {
    return of(400, "bad-request", "The request cannot be read", detail);
  }

  public static Problem invalid(String detail) {
    return of(422, "invalid", "A value cannot be taken", detail);
  }

  public static Problem notFound(String type, String detail) {
    return of(404, type, "There is no such thing", detail);
  }

  public static Problem signInNeeded() {
    return of(
        401,
        "sign-in-needed",
        "Sign in first",
        "no session, or the session is over; POST /api/v1/session with user and password");
  }

  public static Problem forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  public static Problem passwordChangeRequired() {
    return of(
        403,
        "password-change-required",
        "Choose a password of your own first",
        "the password is for one use; PUT /api/v1/me/password with current and next");
  }

  public static Problem databaseAway() {
    return of(
        503,
        "database-away",
        "The database cannot be reached",
        "nothing was changed; live calls and agents go on; try again in a few seconds");
  }

  public static Problem busy() {
    return of(
        503, "busy", "Too many requests are under way", "nothing was changed; try again shortly");
  }
}
