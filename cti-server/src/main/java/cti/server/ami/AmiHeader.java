package cti.server.ami;

import java.util.Locale;

/** One header of a message or an action, in the order of the wire. The name keeps its case. */
public record AmiHeader(String name, String value) {
  private static final String HIDDEN = "[REDACTED]";

  /** The value as it may be logged: secrets hidden. */
  String shown() {
    return isSecretName(name) || hasSecretAssignment() ? HIDDEN : value;
  }

  /** True for the names that carry a credential: Secret, Key, Challenge, anything with password. */
  static boolean isSecretName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("key")
        || lower.equals("challenge")
        || lower.contains("secret")
        || lower.contains("passw")
        || lower.contains("token");
  }

  /** {@code Variable: TRUNK_PASSWORD=…}, the form of Originate, ChanVariable and their kin. */
  private boolean hasSecretAssignment() {
    int equals = value.indexOf('=');
    return equals > 0 && name.endsWith("ariable") && isSecretName(value.substring(0, equals));
  }

  @Override
  public String toString() {
    return name + ": " + shown();
  }
}
