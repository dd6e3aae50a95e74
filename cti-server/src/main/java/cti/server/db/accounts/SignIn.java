package cti.server.db.accounts;

import java.time.Instant;

/** What became of an attempt to sign in. */
public sealed interface SignIn {
  record Accepted(Account account) implements SignIn {}

  /** No such user or a wrong password; which of the two is not told. */
  record Refused() implements SignIn {}

  /** Too many failures in a row for this name, known or not; the password was not looked at. */
  record LockedOut(Instant until) implements SignIn {}
}
