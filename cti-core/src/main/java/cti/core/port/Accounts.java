package cti.core.port;

import cti.core.account.Account;
import cti.core.account.PasswordWeakness;
import java.time.Instant;
import java.util.Optional;

/** Who may sign in. Methods block; they throw {@link StoreUnavailableException}. */
public interface Accounts {
  /**
   * Checks a password.
   *
   * @return refused for an unknown user and a wrong password alike, each after the same time and
   *     locked by the same rule, so that nobody learns which users exist
   */
  SignIn signIn(String user, String password);

  /** The account of a user who signed in earlier, where they still may. */
  Optional<Account> find(String user);

  /**
   * Puts a password that its owner chose in the place of the present one. A wrong present one
   * counts and locks as a failed sign-in does. A change ends every stored session of the user.
   */
  PasswordChange changePassword(String user, String current, String next);

  /**
   * What came of asking for another password; only {@link PasswordChange.Changed} changed anything.
   */
  sealed interface PasswordChange {
    record Changed(Account account) implements PasswordChange {}

    record WrongPassword() implements PasswordChange {}

    /** Too many failures in a row, wherever they came from; the password was not looked at. */
    record Locked(Instant until) implements PasswordChange {}

    /** The next password cannot be taken; the present one was not looked at. */
    record Weak(PasswordWeakness reason) implements PasswordChange {}
  }

  /** What came of checking a password. */
  sealed interface SignIn {
    record Welcome(Account account) implements SignIn {}

    /**
     * @param lockedUntil where this failure locked the name: until then
     */
    record Refused(Optional<Instant> lockedUntil) implements SignIn {
      public Refused() {
        this(Optional.empty());
      }
    }

    /** Too many failures in a row, wherever they came from; the password was not looked at. */
    record Locked(Instant until) implements SignIn {}
  }
}
