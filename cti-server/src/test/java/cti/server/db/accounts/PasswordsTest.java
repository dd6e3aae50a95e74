package cti.server.db.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.config.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  /** Made by another library (password4j 1.8.4), of "abcdefgh". */
  private static final String OF_ANOTHER =
      "$argon2id$v=19$m=19456,t=2,p=1$jRBe8lIQqut8fNE+UpQsow"
          + "$RlTd5p9eMASQ2bAI6aiMrIIchpouGzaepAAt0bDGVy4";

  private final Passwords passwords = new Passwords(new SecureRandom());

  @Test
  void aPasswordMatchesItsOwnHashAlone() {
    String hash = passwords.hash(new Secret("密码 with words"));
    assertTrue(passwords.matches(new Secret("密码 with words"), hash));
    assertFalse(passwords.matches(new Secret("密码 with word"), hash));
  }

  @Test
  void theSamePasswordIsNeverKeptAlike() {
    Secret password = new Secret("abcdefgh");
    assertNotEquals(passwords.hash(password), passwords.hash(password));
  }

  @Test
  void hashesThatAreOnRecordStayGood() {
    assertTrue(passwords.matches(new Secret("abcdefgh"), OF_ANOTHER));
    assertFalse(passwords.matches(new Secret("abcdefgi"), OF_ANOTHER));
    assertEquals(OF_ANOTHER, Argon2Hash.parse(OF_ANOTHER).kept());
  }

  @Test
  void hashesOfOtherParametersStayGood() {
    Argon2Hash cheap = Argon2Hash.of("abcdefgh", 64, 3, 2, new byte[16], 24);
    assertTrue(passwords.matches(new Secret("abcdefgh"), cheap.kept()));
  }

  /** The reference implementation's own: argon2 somesalt -id -t 2 -m 16 -p 1 -l 32. */
  @Test
  void whatIsHashedIsArgon2id() {
    Argon2Hash hash = Argon2Hash.of("password", 65_536, 2, 1, "somesalt".getBytes(), 32);
    assertEquals(
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        HexFormat.of().formatHex(hash.hash()));
  }

  @Test
  void nobodyHasNoPassword() {
    assertFalse(passwords.matches(new Secret(""), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "$argon2id$v=16$m=19456,t=2,p=1$jRBe8lIQqut8$RlTd5p9eMASQ"})
  void whatIsNoHashIsSaidWithoutIt(String kept) {
    IllegalStateException fault =
        assertThrows(
            IllegalStateException.class, () -> passwords.matches(new Secret("abcdefgh"), kept));
    assertEquals(
        "a password's hash of "
            + kept.length()
            + " characters is on record, expected $argon2id$v=19$m=…,t=…,p=…$salt$hash",
        fault.getMessage());
  }
}
