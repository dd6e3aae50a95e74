package cti.server.web.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters behind the question mark, each at most once, read by type. */
public final class Query {
  private final Map<String, List<String>> values;

  /** Parameters that may have these names and no others. */
  Query(Map<String, List<String>> values, List<String> names) {
    values.forEach(
        (name, given) -> {
          if (!names.contains(name)) {
            throw new Fault(
                new Problem(
                    "unknown-parameter",
                    "A parameter is not known",
                    422,
                    "parameter " + Body.quoted(name) + " is not known, expected one of " + names,
                    names));
          }
          if (given.size() > 1) {
            throw new Fault(
                Problem.invalid(name + " is given " + given.size() + " times, expected once"));
          }
        });
    this.values = values;
  }

  /** A text; blank counts as missing. */
  public Optional<String> text(String name, int most) {
    List<String> given = values.get(name);
    if (given == null || given.getFirst().isBlank()) {
      return Optional.empty();
    }
    String text = given.getFirst().strip();
    if (text.length() > most) {
      throw new Fault(
          Problem.invalid(
              name + " has " + text.length() + " characters, expected at most " + most));
    }
    return Optional.of(text);
  }

  public int number(String name, int least, int most, int otherwise) {
    Optional<String> given = text(name, 12);
    if (given.isEmpty()) {
      return otherwise;
    }
    if (given.get().matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(given.get());
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new Fault(
        Problem.invalid(
            name
                + " is "
                + Body.quoted(given.get())
                + ", expected a whole number from "
                + least
                + " to "
                + most));
  }

  public Optional<Instant> instant(String name) {
    return text(name, 40)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeException e) {
                throw new Fault(
                    Problem.invalid(
                        name
                            + " is "
                            + Body.quoted(text)
                            + ", expected a time like 2026-01-31T08:30:00Z"));
              }
            });
  }

  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name, 60).map(text -> Words.parse(name, text, type));
  }
}
