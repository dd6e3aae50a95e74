package cti.core.port;

import cti.core.account.Account;
import java.util.Optional;

/** Who may sign in. Methods block; they throw {@link StoreUnavailableException}. */
public interface Accounts {
  /**
   * Checks a password.
   *
   * @return empty for an unknown user, a wrong password and a disabled account alike, each after
   *     the same time, so that nobody learns which users exist
   */
  Optional<Account> signIn(String user, String password);

  /** The enabled account of a user who signed in earlier. */
  Optional<Account> find(String user);
}
