package cti.bridge.phone;

/** Numbers as phones dial them. */
public final class Numbers {
  private static final String DIALLABLE = "\\+?[0-9*#]{1,39}";

  private Numbers() {}

  /**
   * Lets through what can be dialled.
   *
   * @throws IllegalArgumentException with the number and what was expected
   */
  public static String check(String number) {
    if (!number.matches(DIALLABLE)) {
      throw new IllegalArgumentException(
          "number is '"
              + number
              + "', expected 1 to 40 of 0 to 9, *, # with or without a leading +");
    }
    return number;
  }
}
