package cti.core.port;

import java.time.Instant;
import java.util.Optional;

/** Who came in, who did not and who left, into the audit log. */
@FunctionalInterface
public interface SignInTrail {
  /** Blocks; throws {@link StoreUnavailableException}. */
  void write(Line line);

  /** What happened. */
  enum What {
    SIGNED_IN,
    /** Wrong password or unknown user: which of the two is not told here either. */
    REFUSED,
    /** Too many failures: the password was not looked at, or is not from here on. */
    LOCKED,
    SIGNED_OUT,
    /** A session ended that nobody used for too long, or that lasted as long as it may. */
    EXPIRED,
    /** More were refused than are written as lines. */
    LEFT_OUT
  }

  /**
   * A line to be.
   *
   * @param user as it was typed: need not be anybody's; empty for {@link What#LEFT_OUT}
   * @param address where they are; may be empty
   * @param until of {@link What#LOCKED}: until when; of {@link What#EXPIRED}: when the session
   *     ended; of {@link What#LEFT_OUT}: up to when it counts
   * @param leftOut how many; 0 where it is not known yet
   */
  record Line(What what, String user, String address, Optional<Instant> until, long leftOut) {}
}
