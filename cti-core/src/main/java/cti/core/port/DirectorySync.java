package cti.core.port;

import cti.core.port.DirectoryPreviews.Begun;
import java.time.Duration;
import java.util.Optional;

/** Another directory that people come from, looked at now and then. */
public interface DirectorySync {
  /** Looks at once and makes a preview, which somebody must apply. */
  Begun look(String by);

  Sight sight();

  /**
   * How it is looked at.
   *
   * @param mostGonePercent a scheduled look by which more people are gone waits for an
   *     administrator
   * @param last preview of the scheduled looks
   */
  record Sight(String source, Duration every, int mostGonePercent, Optional<String> last) {}
}
