package cti.core.missed;

import cti.core.directory.DialPlan;
import cti.core.id.StaffId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a party is, for telling whether two calls are of the same one: the person, where the
 * directory named exactly one; and the number, unless it was withheld. A number that several people
 * share says nothing about the person: none is picked silently.
 */
public final class PartyKeys {
  /** 86 and a national number of 10 or 11 digits, with or without its zero. */
  private static final String WITH_COUNTRY = DialPlan.COUNTRY + "0?[1-9]\\d{9,10}";

  private static final int MOST_DIGITS = 40;

  private final Set<String> outsidePrefixes;

  /**
   * @param outsidePrefixes what desk phones dial before an outside number, such as 9
   */
  public PartyKeys(Set<String> outsidePrefixes) {
    this.outsidePrefixes = Set.copyOf(outsidePrefixes);
  }

  /** Empty where nothing is known: such a party is never the same as another. */
  public Set<PartyKey> of(String presented, List<StaffId> matches) {
    Set<PartyKey> keys = new HashSet<>();
    if (matches.size() == 1) {
      keys.add(PartyKey.person(matches.getFirst()));
    }
    digits(presented).ifPresent(digits -> keys.add(PartyKey.number(digits)));
    return keys;
  }

  /**
   * One form for the ways in which a number is presented or dialled: +86…, 0086…, 0…, 00… (a
   * doubled zero) and the prefix for an outside line are left out. A local number stays as it is.
   */
  private Optional<String> digits(String presented) {
    String digits = DialPlan.digitsOf(presented);
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    if (digits.startsWith("+")) {
      String home = "+" + DialPlan.COUNTRY;
      return Optional.of(
          digits.startsWith(home) ? withoutZeros(digits.substring(home.length())) : digits);
    }
    for (String prefix : outsidePrefixes) {
      if (!prefix.isEmpty() && digits.startsWith(prefix)) {
        String rest = digits.substring(prefix.length());
        if (rest.matches("0\\d{9,}|1[3-9]\\d{9}")) {
          digits = rest;
          break;
        }
      }
    }
    String national = withoutZeros(digits);
    return Optional.of(
        national.matches(WITH_COUNTRY)
            ? withoutZeros(national.substring(DialPlan.COUNTRY.length()))
            : national);
  }

  private static String withoutZeros(String digits) {
    String rest = digits.replaceFirst("^0+", "");
    return rest.isEmpty() ? digits : rest;
  }
}
