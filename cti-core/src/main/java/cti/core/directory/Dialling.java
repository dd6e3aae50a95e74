package cti.core.directory;

import cti.core.desk.Site;
import cti.core.directory.NumberNormalizer.Normalized;
import java.util.Optional;

/**
 * How numbers are dialled from where a call is served.
 *
 * @param from the site whose phones would dial; where it is not known a number is dialled as it
 *     stands
 * @param normalizer reads numbers that are not of the directory
 */
public record Dialling(Optional<Site> from, NumberNormalizer normalizer) {
  /** What is dialled to reach a number of the directory: {@link DialPlan#dialled}. */
  public String number(PhoneNumber number) {
    return from.map(site -> DialPlan.dialled(number, site)).orElseGet(() -> asItStands(number));
  }

  /**
   * The same for a number that rules or a flow name: one that reads as a number outside or as an
   * extension of the site is dialled as one of the directory is. Anything else stays as it is: an
   * extension of another site, a code of the switch, and what has the site's prefix already.
   */
  public String written(String given) {
    if (from.isEmpty() || !given.matches("\\+?[0-9]+")) {
      return given;
    }
    return switch (normalizer.normalize(given, NumberKind.OFFICE_LINE, from.get())) {
      case Normalized.Valid(PhoneNumber number) -> number(number);
      case Normalized.Problem _ -> given;
    };
  }

  /** A number of the directory for people, or where nothing is known of who dials it. */
  public static String asItStands(PhoneNumber number) {
    return number.extension().orElseGet(() -> number.given().replaceAll("[^0-9+*#]", ""));
  }
}
