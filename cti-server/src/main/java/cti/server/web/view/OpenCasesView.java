package cti.server.web.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Missed cases that are open, as somebody sees them.
 *
 * @param open the sum over the desks
 * @param desks those with open cases; without a desk: the gateway's static queues
 */
public record OpenCasesView(long open, List<OfDesk> desks) {
  /**
   * Of one desk.
   *
   * @param oldest when the first call of the oldest case was missed
   */
  public record OfDesk(
      Optional<String> desk, Optional<String> deskName, long open, Instant oldest) {}

  public static OpenCasesView of(List<OfDesk> desks) {
    return new OpenCasesView(desks.stream().mapToLong(OfDesk::open).sum(), desks);
  }
}
