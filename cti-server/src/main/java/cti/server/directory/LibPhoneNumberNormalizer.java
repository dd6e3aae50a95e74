package cti.server.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import cti.core.desk.Site;
import cti.core.directory.DialPlan;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.PhoneNumber;
import cti.core.fault.FaultText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normal forms by libphonenumber, after the site's dial plan has had its say: extensions, numbers
 * without an area code, and the extension behind a direct number are what only the site knows.
 */
public final class LibPhoneNumberNormalizer implements NumberNormalizer {
  private static final String REGION = "CN";

  /** A number with an extension behind it: 0757-88880000转1234, …-1234, … ext 1234. */
  private static final Pattern WITH_EXTENSION =
      Pattern.compile("(?i)(.*\\d.*?)\\s*(?:转|分机|ext\\.?|x|#)\\s*(\\d{2,8})");

  private static final Pattern WITH_DASHED_EXTENSION =
      Pattern.compile("((?:0\\d{2,3}[- ]?)?\\d{7,8})-(\\d{2,6})");

  /** Mobiles: new blocks are handed out before the library's tables know them. */
  private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");

  private static final String EXPECTED =
      "0757-88881234, 88881234, 13900000001, +8675788881234, 1234 or 0757-88880000-1234";

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

  @Override
  public Normalized normalize(String given, NumberKind kind, Site site) {
    String text = given.strip();
    Matcher extension = WITH_EXTENSION.matcher(text);
    Matcher dashed = WITH_DASHED_EXTENSION.matcher(text);
    if (extension.matches()) {
      return withExtension(given, kind, site, extension.group(1), extension.group(2));
    }
    if (dashed.matches()) {
      return withExtension(given, kind, site, dashed.group(1), dashed.group(2));
    }
    String digits = DialPlan.digitsOf(text);
    if (digits.isEmpty()) {
      return problem(
          given,
          "number-other-signs",
          "number '{0}' has something that is no part of a number; expected like {1}");
    }
    if (DialPlan.hasExtension(site, digits)) {
      return kind == NumberKind.MOBILE
          ? problem(
              given,
              "number-is-extension",
              "number '{0}' is an extension of site {2}, expected a mobile; expected like {1}",
              site.id())
          : valid(given, kind, DialPlan.publicNumber(site, digits), Optional.of(digits));
    }
    return outside(digits, site)
        .<Normalized>map(
            e164 -> {
              if (kind == NumberKind.MOBILE && !e164.matches("\\+861[3-9]\\d{9}|\\+(?!86).*")) {
                return problem(
                    given, "number-no-mobile", "number '{0}' is no mobile; expected like {1}");
              }
              return valid(given, kind, Optional.of(e164), DialPlan.extensionBehind(site, e164));
            })
        .orElseGet(
            () ->
                problem(
                    given,
                    "number-none",
                    "number '{0}' is neither a number with area code, a local number, a mobile nor"
                        + " an extension of site {2}; expected like {1}",
                    site.id()));
  }

  private Normalized withExtension(
      String given, NumberKind kind, Site site, String number, String extension) {
    return outside(DialPlan.digitsOf(number), site)
        .<Normalized>map(e164 -> valid(given, kind, Optional.of(e164), Optional.of(extension)))
        .orElseGet(
            () ->
                problem(
                    given,
                    "number-before-extension",
                    "number '{0}' has no valid number before extension {2}; expected like {1}",
                    extension));
  }

  /** The E.164 form of a number that can be dialled from outside. */
  private Optional<String> outside(String digits, Site site) {
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    boolean local = digits.matches("[2-9]\\d{6,7}");
    String full = local ? "0" + site.areaCode() + digits : digits;
    try {
      Phonenumber.PhoneNumber parsed = library.parse(full, REGION);
      boolean good = library.isValidNumber(parsed) || isNewMobile(parsed);
      return good ? Optional.of(library.format(parsed, PhoneNumberFormat.E164)) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isNewMobile(Phonenumber.PhoneNumber number) {
    return number.getCountryCode() == Integer.parseInt(DialPlan.COUNTRY)
        && MOBILE.matcher(Long.toString(number.getNationalNumber())).matches();
  }

  private static Normalized valid(
      String given, NumberKind kind, Optional<String> e164, Optional<String> extension) {
    return new Normalized.Valid(new PhoneNumber(given, kind, e164, extension));
  }

  /** {0} is the number, {1} what is expected, {2} what the sentence needs besides. */
  private static Normalized problem(String given, String code, String sentence, Object... more) {
    List<Object> values = new ArrayList<>(List.of(given, EXPECTED));
    values.addAll(List.of(more));
    return new Normalized.Problem(FaultText.of(code, sentence, values.toArray()));
  }
}
