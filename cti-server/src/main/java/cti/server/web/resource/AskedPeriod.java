package cti.server.web.resource;

import cti.core.port.CallHistory.Period;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import java.time.Duration;
import java.time.Instant;

/** The parameters {@code from} and {@code to}. */
final class AskedPeriod {
  static final Duration USUAL = Duration.ofDays(7);
  static final Duration LONGEST = Duration.ofDays(400);

  private AskedPeriod() {}

  /**
   * Reads them.
   *
   * @param now stands for a missing end
   * @param length stands for a missing begin
   */
  static Period of(Request request, Instant now, Duration length) {
    Instant to = request.query().instant("to").orElse(now);
    Instant from = request.query().instant("from").orElseGet(() -> to.minus(length));
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new Fault(
          Problem.invalid(
              "from "
                  + from
                  + " to "
                  + to
                  + ", expected a period of at most "
                  + LONGEST.toDays()
                  + " days"));
    }
    return new Period(from, to);
  }
}
