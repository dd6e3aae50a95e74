package cti.core.desk;

import cti.core.desk.Site.ExtensionRange;
import java.util.ArrayList;
import java.util.List;

/** What a site and its dial plan must hold, alone and beside the others. */
public final class SiteRules {
  /** Digits behind an area code in the public network of China. */
  private static final int LEAST_LOCAL = 7;

  private static final int MOST_LOCAL = 8;
  private static final int MOST_RANGES = 100;

  private SiteRules() {}

  /**
   * Every fault, each with the offending value and what was expected.
   *
   * @param others the sites beside it; one of the same id is passed over
   */
  public static List<String> faults(Site site, List<Site> others) {
    List<String> faults = new ArrayList<>();
    check(
        site.id().value().matches("[a-z0-9-]{1,32}"),
        "id is '" + site.id() + "', expected 1 to 32 of a-z, 0-9 and -",
        faults);
    check(
        !site.name().isBlank() && site.name().length() <= 100,
        "name is '" + site.name() + "', expected 1 to 100 characters",
        faults);
    check(
        site.areaCode().matches("[1-9][0-9]{1,3}"),
        "areaCode is '" + site.areaCode() + "', expected 2 to 4 digits without the leading zero",
        faults);
    check(
        site.directPrefix().matches("[0-9]{0,6}"),
        "directPrefix is '" + site.directPrefix() + "', expected at most 6 digits",
        faults);
    check(
        site.outsidePrefix().matches("[0-9]{0,3}"),
        "outsidePrefix is '" + site.outsidePrefix() + "', expected at most 3 digits",
        faults);
    check(
        site.extensions().size() <= MOST_RANGES,
        site.extensions().size() + " ranges of extensions, expected at most " + MOST_RANGES,
        faults);
    for (int i = 0; i < site.extensions().size(); i++) {
      ExtensionRange range = site.extensions().get(i);
      checkRange(site, range, faults);
      for (ExtensionRange other : site.extensions().subList(0, i)) {
        check(
            !overlap(range, other),
            "extensions " + range + " overlap " + other + ", expected ranges apart from each other",
            faults);
      }
    }
    others.stream()
        .filter(other -> !other.id().equals(site.id()))
        .forEach(other -> checkBeside(site, other, faults));
    return faults;
  }

  private static void checkRange(Site site, ExtensionRange range, List<String> faults) {
    int local = site.directPrefix().length() + range.first().length();
    check(
        site.directPrefix().isEmpty() || (local >= LEAST_LOCAL && local <= MOST_LOCAL),
        "directPrefix "
            + site.directPrefix()
            + " before an extension of "
            + range
            + " makes a number of "
            + local
            + " digits, expected 7 or 8",
        faults);
    check(
        site.outsidePrefix().isEmpty()
            || !common(range.first(), range.last()).startsWith(site.outsidePrefix()),
        "extensions "
            + range
            + " begin with the outside prefix "
            + site.outsidePrefix()
            + ", expected others: nobody could dial them",
        faults);
  }

  /** Two sites may share extensions, but no public number may belong to two. */
  private static void checkBeside(Site site, Site other, List<String> faults) {
    check(
        !site.name().equals(other.name()),
        "name '" + site.name() + "' is that of site " + other.id() + ", expected another",
        faults);
    if (site.directPrefix().isEmpty()
        || !site.areaCode().equals(other.areaCode())
        || !site.directPrefix().equals(other.directPrefix())) {
      return;
    }
    for (ExtensionRange range : site.extensions()) {
      for (ExtensionRange taken : other.extensions()) {
        check(
            !overlap(range, taken),
            "extensions "
                + range
                + " overlap "
                + taken
                + " of site "
                + other.id()
                + ", which has the same area code and direct prefix "
                + site.directPrefix()
                + ", expected a public number to belong to one site",
            faults);
      }
    }
  }

  private static boolean overlap(ExtensionRange one, ExtensionRange other) {
    return one.first().length() == other.first().length()
        && one.first().compareTo(other.last()) <= 0
        && other.first().compareTo(one.last()) <= 0;
  }

  private static String common(String first, String last) {
    int length = 0;
    while (length < first.length() && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }

  private static void check(boolean good, String fault, List<String> faults) {
    if (!good) {
      faults.add(fault);
    }
  }
}
