package cti.server.db.accounts;

/** What an account may do; one account may have several. */
public enum AccountRole {
  AGENT,
  SUPERVISOR,
  ADMIN
}
