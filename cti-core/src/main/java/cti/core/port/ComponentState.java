package cti.core.port;

import java.util.List;

/**
 * How one component of the server is, for people.
 *
 * @param name such as loop, journal, link
 */
public record ComponentState(String name, List<Figure> figures) {
  public ComponentState {
    figures = List.copyOf(figures);
  }

  /** A figure, a state or a sentence. */
  public record Figure(String name, String value) {
    /** The same of whatever has a text. */
    public static Figure of(String name, Object value) {
      return new Figure(name, String.valueOf(value));
    }
  }
}
