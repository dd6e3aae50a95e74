package cti.core.agent;

/** Whether an agent is the first or the second choice of a desk (A角/B角). */
public enum SeatRole {
  A(0),
  B(1);

  private final int penalty;

  SeatRole(int penalty) {
    this.penalty = penalty;
  }

  /** The member penalty on the gateway: lower rings first. */
  public int penalty() {
    return penalty;
  }
}
