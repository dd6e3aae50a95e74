package cti.core.account;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
  AGENT,
  SUPERVISOR,
  ADMIN;

  public boolean atLeast(Role needed) {
    return compareTo(needed) >= 0;
  }
}
