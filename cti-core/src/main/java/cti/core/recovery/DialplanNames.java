package cti.core.recovery;

import cti.core.id.Extension;
import java.util.Optional;

/** What the names say that the dialplan gives to channels and places. */
public interface DialplanNames {
  /** The phone that a channel towards a member was made for. */
  Optional<Extension> phone(String channelName);

  /** Whether a channel is the gateway's own leg of a consultation. */
  boolean consults(String channelName);

  /** Whether a caller is at that place after a transfer, or when all else failed. */
  boolean handedOn(String context);

  /**
   * Whether who reaches for a channel has put the caller on hold: to ask somebody, or by command.
   */
  boolean leavesOnHold(String channelName);
}
