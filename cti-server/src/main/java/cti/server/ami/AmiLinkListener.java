package cti.server.ami;

/**
 * Told by the link what happens, in order, on the link's event loop: it must not block. What it
 * throws is logged as a defect and does not end the link.
 */
public interface AmiLinkListener {
  /**
   * Logged in and the gateway has fully booted. Actions may be sent from here on.
   *
   * @param fullyBooted the gateway's FullyBooted event; its Uptime in seconds tells whether the
   *     gateway itself restarted since the last link
   */
  void linkUp(AmiBanner banner, AmiMessage fullyBooted);

  /** One event, unless it is part of a list answer; those come with the action's reply. */
  void event(AmiMessage event);

  /**
   * A link or an attempt ended; called once for each. All actions in flight have failed already. A
   * new attempt follows by itself, after {@link LinkLoss.Stopped} none.
   */
  void linkLost(LinkLoss reason);
}
