package cti.bridge.links;

import cti.bridge.phone.Numbers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What somebody wants to dial: a number as people write it, or a link tel: (RFC 3966), callto: or
 * sip: (RFC 3261, 19.1).
 */
public final class DialTarget {
  private DialTarget() {}

  /**
   * The number in it, ready to be dialled.
   *
   * @throws IllegalArgumentException where there is none, with what came and what was expected
   */
  public static String number(String text) {
    String rest = text.strip();
    int colon = rest.indexOf(':');
    String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    String subject =
        switch (scheme) {
          case "" -> rest;
          case "tel", "callto" -> decoded(rest.substring(colon + 1), text);
          case "sip", "sips" -> user(decoded(rest.substring(colon + 1), text), text);
          default ->
              throw new IllegalArgumentException(
                  "'" + text + "', expected a number, or a link tel:, callto: or sip:");
        };
    // Browsers put slashes behind the colon, and parameters have no place in a number.
    String number =
        subject.replaceFirst("^//", "").replaceFirst("[;?].*$", "").replaceFirst("/$", "");
    String plain = number.replaceAll("[\\s().\\-/\u00a0]", "");
    try {
      return Numbers.check(plain);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' holds no number to dial: " + e.getMessage(), e);
    }
  }

  private static String decoded(String text, String whole) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + whole + "' is no link: " + e.getMessage(), e);
    }
  }

  private static String user(String address, String whole) {
    String bare = address.replaceFirst("^//", "");
    int at = bare.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("'" + whole + "', expected sip:number@host");
    }
    return bare.substring(0, at).replaceFirst("[:;].*$", "");
  }
}
