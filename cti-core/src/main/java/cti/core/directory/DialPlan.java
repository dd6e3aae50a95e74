package cti.core.directory;

import cti.core.desk.Site;
import cti.core.id.SiteId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the numbers of our sites look like, and every way a switch may present one. Immutable.
 *
 * <p>A presented number is read in each way that it can be read; {@link DirectoryIndex} looks all
 * readings up. Nothing here decides which reading was meant.
 */
public final class DialPlan {
  /** Country code of all our sites (China). */
  public static final String COUNTRY = "86";

  /** A longer text is no telephone number; E.164 has at most 15 digits, prefixes add a few. */
  private static final int LONGEST_TEXT = 40;

  private static final int LONGEST_E164 = 15;

  /** Of what is no number: no reading has it, and nobody is found by it. */
  static final long NO_KEY = 0;

  /** More digits have no place in a key, and no telephone number has them. */
  private static final int MOST_DIGITS = 17;

  private static final int KIND_SHIFT = 60;

  private final Map<SiteId, Site> sites;
  private final Set<String> areaCodes;
  private final Set<String> outsidePrefixes;

  public DialPlan(List<Site> sites) {
    this.sites = new LinkedHashMap<>();
    this.areaCodes = new LinkedHashSet<>();
    this.outsidePrefixes = new LinkedHashSet<>();
    for (Site site : sites) {
      if (this.sites.put(site.id(), site) != null) {
        throw new IllegalArgumentException("site " + site.id() + " is there twice");
      }
      if (!site.areaCode().isEmpty()) {
        areaCodes.add(site.areaCode());
      }
      if (!site.outsidePrefix().isEmpty()) {
        outsidePrefixes.add(site.outsidePrefix());
      }
    }
  }

  public Optional<Site> site(SiteId id) {
    return Optional.ofNullable(sites.get(id));
  }

  public List<Site> sites() {
    return List.copyOf(sites.values());
  }

  /** True where some site has this internal number in its ranges. */
  public boolean isExtension(String digits) {
    for (Site site : sites.values()) {
      if (hasExtension(site, digits)) {
        return true;
      }
    }
    return false;
  }

  /** True where this site has the internal number in its ranges. */
  public static boolean hasExtension(Site site, String digits) {
    for (Site.ExtensionRange range : site.extensions()) {
      if (range.contains(digits)) {
        return true;
      }
    }
    return false;
  }

  /** The public number that rings an extension, where it can be dialled from outside. */
  public static Optional<String> publicNumber(Site site, String extension) {
    if (site.directPrefix().isEmpty() || !hasExtension(site, extension)) {
      return Optional.empty();
    }
    return Optional.of("+" + COUNTRY + site.areaCode() + site.directPrefix() + extension);
  }

  /** The extension behind a public number of the site. */
  public static Optional<String> extensionBehind(Site site, String e164) {
    String start = "+" + COUNTRY + site.areaCode() + site.directPrefix();
    if (site.directPrefix().isEmpty() || !e164.startsWith(start)) {
      return Optional.empty();
    }
    return Optional.of(e164.substring(start.length())).filter(rest -> hasExtension(site, rest));
  }

  /**
   * What is dialled from a site to reach a number: an extension as it is; a number outside as the
   * public network of that place takes it, behind what phones there dial for an outside line, if
   * they dial anything. That form is the own area without its code, mobiles as they are, other
   * areas with 0 and other countries with 00.
   */
  public static String dialled(PhoneNumber number, Site from) {
    return number
        .extension()
        .orElseGet(
            () ->
                from.outsidePrefix()
                    + number
                        .e164()
                        .map(e164 -> publicForm(e164, from.areaCode()))
                        .orElseGet(() -> digitsOf(number.given())));
  }

  private static String publicForm(String e164, String area) {
    if (!e164.startsWith("+" + COUNTRY)) {
      return "00" + e164.substring(1);
    }
    String national = e164.substring(1 + COUNTRY.length());
    if (national.matches("1[3-9][0-9]{9}")) {
      return national;
    }
    return !area.isEmpty() && national.startsWith(area)
        ? national.substring(area.length())
        : "0" + national;
  }

  /**
   * The digits of a number without separators, full-width digits made plain, a leading + kept;
   * empty where the text is no telephone number (blank, anonymous, too long).
   */
  public static String digitsOf(String text) {
    if (text == null || text.length() > LONGEST_TEXT) {
      return "";
    }
    StringBuilder digits = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = Character.digit(c, 10);
      if (value >= 0) {
        digits.append((char) ('0' + value));
      } else if ((c == '+' || c == '\uff0b') && digits.isEmpty()) {
        digits.append('+');
      } else if (!isSeparator(c)) {
        return "";
      }
    }
    return digits.toString().equals("+") ? "" : digits.toString();
  }

  /**
   * The keys of every way in which a presented number can be read, each once; none where it is no
   * telephone number.
   */
  Readings readings(String presented) {
    String digits = digitsOf(presented);
    Readings keys = new Readings();
    if (digits.isEmpty()) {
      return keys;
    }
    if (digits.startsWith("+")) {
      addInternational(digits.substring(1), keys);
      return keys;
    }
    keys.add(plainKey(digits));
    if (isExtension(digits)) {
      keys.add(extensionKey(digits));
    }
    addOutside(digits, keys);
    for (String prefix : outsidePrefixes) {
      if (digits.startsWith(prefix)) {
        addOutside(digits.substring(prefix.length()), keys);
      }
    }
    return keys;
  }

  /** Readings of digits that came from, or go to, the public network. */
  private void addOutside(String digits, Readings keys) {
    int length = digits.length();
    if (digits.startsWith("00")) {
      // An IDD number, or a national one whose zero the switch doubled.
      addInternational(digits.substring(2), keys);
      addNational(digits.substring(2), keys);
    } else if (digits.startsWith("0")) {
      addNational(digits.substring(1), keys);
    } else {
      if (length == 7 || length == 8) {
        areaCodes.forEach(area -> addNational(area + digits, keys));
      }
      // A mobile, or an area code without its zero; and 86… without its plus.
      addNational(digits, keys);
      if (digits.startsWith(COUNTRY)) {
        addInternational(digits, keys);
      }
    }
  }

  private static void addNational(String digits, Readings keys) {
    if (digits.length() >= 9 && digits.length() <= 11) {
      keys.add(e164Key(COUNTRY + digits));
    }
  }

  private static void addInternational(String digits, Readings keys) {
    if (digits.length() < 7) {
      return;
    }
    if (digits.startsWith(COUNTRY + "0")) {
      // +86 (0)757 …
      addInternational(COUNTRY + digits.substring(COUNTRY.length() + 1), keys);
    } else if (digits.length() <= LONGEST_E164) {
      keys.add(e164Key(digits));
    }
  }

  /** A few keys in their order, each once. */
  static final class Readings {
    private long[] keys = new long[8];
    private int count;

    private void add(long key) {
      if (key == NO_KEY) {
        return;
      }
      for (int i = 0; i < count; i++) {
        if (keys[i] == key) {
          return;
        }
      }
      if (count == keys.length) {
        keys = Arrays.copyOf(keys, count * 2);
      }
      keys[count++] = key;
    }

    int count() {
      return count;
    }

    long at(int place) {
      return keys[place];
    }
  }

  private static boolean isSeparator(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.DASH_PUNCTUATION
        || "()./_\uff08\uff09\u00b7".indexOf(c) >= 0;
  }

  static long e164Key(String digitsWithoutPlus) {
    return key(1, digitsWithoutPlus, 0);
  }

  /** The same of a number with its plus. */
  static long e164KeyOf(String e164) {
    return key(1, e164, 1);
  }

  static long extensionKey(String digits) {
    return key(2, digits, 0);
  }

  /** For numbers that have neither form, such as short service numbers: the digits themselves. */
  static long plainKey(String digits) {
    return key(3, digits, 0);
  }

  /** The digits behind a one, which keeps zeros at their head; above them the kind. */
  private static long key(long kind, String text, int from) {
    int length = text.length() - from;
    if (length < 1 || length > MOST_DIGITS) {
      return NO_KEY;
    }
    long digits = 1;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NO_KEY;
      }
      digits = digits * 10 + digit;
    }
    return kind << KIND_SHIFT | digits;
  }
}
