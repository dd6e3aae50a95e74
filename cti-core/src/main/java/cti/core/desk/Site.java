package cti.core.desk;

import cti.core.id.SiteId;
import java.util.List;

/**
 * A place with phones of its own.
 *
 * @param areaCode without the leading zero, such as 757
 * @param extensions ranges of internal numbers that belong to the site
 * @param directPrefix what stands before an extension in the site's public number (with area code
 *     left out), such as 8888 for 88881234; empty where extensions cannot be dialled from outside
 * @param outsidePrefix what a desk phone dials before an outside number, such as 9
 */
public record Site(
    SiteId id,
    String name,
    SiteKind kind,
    String areaCode,
    List<ExtensionRange> extensions,
    String directPrefix,
    String outsidePrefix) {
  public Site {
    extensions = List.copyOf(extensions);
  }

  /** Both ends belong to the range and have the same number of digits. */
  public record ExtensionRange(String first, String last) {
    public ExtensionRange {
      if (!first.matches("[0-9]{2,8}")
          || !last.matches("[0-9]{2,8}")
          || first.length() != last.length()
          || first.compareTo(last) > 0) {
        throw new IllegalArgumentException(
            "extension range " + first + "-" + last + ", expected like 8000-8099");
      }
    }

    public boolean contains(String digits) {
      return digits.length() == first.length()
          && digits.compareTo(first) >= 0
          && digits.compareTo(last) <= 0;
    }

    /** Reads first-last, such as 8000-8099. */
    public static ExtensionRange parse(String text) {
      String[] ends = text.split("-", -1);
      return new ExtensionRange(ends[0].strip(), ends.length == 2 ? ends[1].strip() : "");
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }
}
