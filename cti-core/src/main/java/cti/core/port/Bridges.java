package cti.core.port;

import cti.core.bridge.Bridge;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The bridges that were paired. Of codes and tokens only hashes (SHA-256, lower-case hexadecimal)
 * come here. Methods block; they throw {@link StoreUnavailableException}. Pairing and revoking
 * leave a line in the audit log.
 */
public interface Bridges {
  /** A code is on offer until then; an earlier one of the user is worth nothing any more. */
  void offer(String codeHash, String user, AgentId agent, Instant until);

  /**
   * Takes a code, which is worth nothing afterwards.
   *
   * @param tokenHash by which the bridge is known from now on
   * @return empty where nobody was offered the code, or it was taken, or its time is over
   */
  Optional<Bridge> pair(String codeHash, String tokenHash, Computer computer, Instant now);

  /** The bridge of a token, unless it was revoked. */
  Optional<Bridge> find(String tokenHash);

  /** Notes that it was there; false, and nothing changes, where it was revoked. */
  boolean seen(BridgeId id, Instant at);

  /** Those that were not revoked, by agent, the newest first. */
  List<Bridge> paired();

  /**
   * Makes its token worth nothing.
   *
   * @param by user name
   * @return false where there is none such, or it was revoked before
   */
  boolean revoke(BridgeId id, String by, Instant at);
}
