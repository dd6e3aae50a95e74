package cti.server.recording;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that the dialplan gives a recording ([cti-recording] in extensions_cti.conf): {@code
 * <day in UTC>/<linkedid>_<uniqueid>_<part>.wav}.
 *
 * @param linked the first channel of the call; one that cti-server named begins with {@code cti-}
 * @param channel the agent's channel
 * @param part 1, 2, … of the talk
 */
record RecordingName(LocalDate day, String linked, String channel, int part) {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{8})/([A-Za-z0-9._-]*[0-9]+\\.[0-9]+|cti-[A-Za-z0-9.-]+)"
              + "_([A-Za-z0-9._-]*[0-9]+\\.[0-9]+)"
              + "_([0-9]{1,4})\\.wav");

  /** Empty where it is no such name. */
  static Optional<RecordingName> parse(String file) {
    Matcher matcher = FORM.matcher(file);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordingName(
              LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE),
              matcher.group(2),
              matcher.group(3),
              Integer.parseInt(matcher.group(4))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
