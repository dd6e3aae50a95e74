package cti.server.db.accounts;

import cti.core.account.PasswordWeakness;
import cti.server.config.Secret;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Hashes and makes passwords. Argon2id with 19 MiB, 2 passes, 1 lane: the OWASP Password Storage
 * Cheat Sheet's first choice for Argon2id.
 */
public final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /** Without those that look alike: I l 1, O o 0. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int GENERATED_LENGTH = 16;

  private final SecureRandom random;

  /** Compared with for users that do not exist, so that they take as long as the others. */
  private final Argon2Hash hashOfNobody;

  public Passwords(SecureRandom random) {
    this.random = random;
    this.hashOfNobody =
        new Argon2Hash(MEMORY_KIB, PASSES, LANES, bytes(SALT_BYTES), bytes(HASH_BYTES));
  }

  public String hash(Secret password) {
    return Argon2Hash.of(
            password.reveal(), MEMORY_KIB, PASSES, LANES, bytes(SALT_BYTES), HASH_BYTES)
        .kept();
  }

  /** Compares in constant time; a null hash costs the same and never matches. */
  public boolean matches(Secret password, String hash) {
    Argon2Hash compared = hash == null ? hashOfNobody : Argon2Hash.parse(hash);
    boolean same = compared.isOf(password.reveal());
    return same && hash != null;
  }

  private byte[] bytes(int count) {
    byte[] made = new byte[count];
    random.nextBytes(made);
    return made;
  }

  /** 16 characters of 56: 92 bits. */
  Secret generate() {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < GENERATED_LENGTH; i++) {
      made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Secret(made.toString());
  }

  /** What is wrong with a password that somebody chose. */
  static Optional<PasswordWeakness> weakness(String user, Secret password) {
    int length = password.reveal().length();
    if (length < PasswordWeakness.LEAST) {
      return Optional.of(PasswordWeakness.TOO_SHORT);
    }
    if (length > PasswordWeakness.MOST) {
      return Optional.of(PasswordWeakness.TOO_LONG);
    }
    return password.reveal().equalsIgnoreCase(user)
        ? Optional.of(PasswordWeakness.IS_USER_NAME)
        : Optional.empty();
  }

  static void check(String user, Secret password) {
    Optional<PasswordWeakness> weakness = weakness(user, password);
    if (weakness.isPresent()) {
      throw new IllegalArgumentException(
          switch (weakness.get()) {
            case TOO_SHORT, TOO_LONG ->
                "the password has "
                    + password.reveal().length()
                    + " characters, expected "
                    + PasswordWeakness.LEAST
                    + " to "
                    + PasswordWeakness.MOST;
            case UNCHANGED, IS_USER_NAME, USED_BEFORE ->
                "the password is the user name, expected another";
          });
    }
  }
}
