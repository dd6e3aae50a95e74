package cti.server.ami;

/**
 * What the link holds at most; past a bound it fails clearly instead of growing.
 *
 * @param maxLineBytes longest line from the gateway, without its line end, 128..16 Mi
 * @param maxMessageBytes longest event or response, at least the longest line, up to 256 Mi
 * @param maxActionsInFlight actions that wait for their answer, 1..100,000
 * @param maxListEvents events of one list answer, 1..10,000,000
 */
public record AmiBounds(
    int maxLineBytes, int maxMessageBytes, int maxActionsInFlight, int maxListEvents) {
  private static final int MEBI = 1024 * 1024;

  /** 64 Ki a line, 4 Mi a message, 1,000 actions, 100,000 events in one list. */
  public static final AmiBounds DEFAULT = new AmiBounds(64 * 1024, 4 * MEBI, 1_000, 100_000);

  public AmiBounds {
    Checks.between("maxLineBytes", maxLineBytes, 128, 16 * MEBI);
    Checks.between("maxMessageBytes", maxMessageBytes, maxLineBytes, 256 * MEBI);
    Checks.between("maxActionsInFlight", maxActionsInFlight, 1, 100_000);
    Checks.between("maxListEvents", maxListEvents, 1, 10_000_000);
  }
}
