package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.PhonePins;
import cti.core.port.PhonePins.Pin;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One's own PIN for recording prompts by phone; for administrators. */
public final class PhonePinResource {
  private static final String PATH = "/api/v1/ivr/phone-pin";

  private final PhonePins pins;

  public PhonePinResource(PhonePins pins) {
    this.pins = pins;
  }

  /**
   * Whether there is one; never the PIN itself.
   *
   * @param number to be entered before it
   */
  record PhonePinView(
      boolean set,
      Optional<Integer> number,
      Optional<Instant> changedAt,
      Optional<Instant> lockedUntil) {
    static PhonePinView of(Optional<Pin> pin) {
      return new PhonePinView(
          pin.isPresent(),
          pin.map(Pin::number),
          pin.map(Pin::changedAt),
          pin.flatMap(Pin::lockedUntil));
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.ADMIN, "GET", PATH)
            .answers(PhonePinView.class)
            .stored(request -> Answer.json(PhonePinView.of(pins.find(user(request))))),
        Route.of(Role.ADMIN, "PUT", PATH)
            .body(List.of("pin"))
            .answers(PhonePinView.class)
            .stored(this::put),
        Route.of(Role.ADMIN, "DELETE", PATH)
            .stored(
                request -> {
                  pins.remove(user(request));
                  return Answer.noContent();
                }));
  }

  private Answer put(Request request) {
    String pin = request.body().secret("pin", PhonePins.MOST_DIGITS);
    PhonePins.weakness(pin)
        .ifPresent(
            why -> {
              throw new Fault(Problem.invalid(why));
            });
    return Answer.json(PhonePinView.of(Optional.of(pins.set(user(request), pin))));
  }

  private static String user(Request request) {
    return request.signedIn().account().user();
  }
}
