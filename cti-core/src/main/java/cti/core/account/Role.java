package cti.core.account;

/**
 * What somebody may do. Agents, supervisors and administrators each may do all that the ones before
 * them may; an auditor sees what a supervisor sees and changes nothing.
 */
public enum Role {
  AGENT(0, 0),
  SUPERVISOR(1, 1),
  ADMIN(2, 2),
  AUDITOR(1, -1);

  private final int sight;
  private final int hand;

  Role(int sight, int hand) {
    this.sight = sight;
    this.hand = hand;
  }

  /** Whether somebody of this role sees what that one sees. */
  public boolean maySee(Role needed) {
    return sight >= needed.sight;
  }

  /** Whether somebody of this role may change what that one may change. */
  public boolean mayDo(Role needed) {
    return hand >= 0 && hand >= needed.hand;
  }

  /**
   * Whether an account of this role may be limited to sites and desks; agents are by their seats.
   */
  public boolean mayBeLimited() {
    return this == SUPERVISOR || this == AUDITOR;
  }
}
