package cti.core.directory;

import cti.core.desk.Site;
import cti.core.fault.FaultText;
import java.util.List;

/**
 * Turns a number as somebody typed it into its normal form. Used when the directory is written, not
 * when a call is looked up: see docs/adr/0002-number-normalisation.md.
 */
public interface NumberNormalizer {
  /** Reads no number at all; what it says of them is for no page. */
  NumberNormalizer NONE =
      (given, kind, site) ->
          new Normalized.Problem(
              new FaultText("not-read", List.of(given), "number '" + given + "' is not read here"));

  /** Never throws for what a person may type; the site is where the number's owner works. */
  Normalized normalize(String given, NumberKind kind, Site site);

  /** A number, or why there is none. */
  sealed interface Normalized {
    record Valid(PhoneNumber number) implements Normalized {}

    /** It names the offending text and what was expected. */
    record Problem(FaultText what) implements Normalized {}
  }
}
