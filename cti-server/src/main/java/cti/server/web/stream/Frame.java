package cti.server.web.stream;

import cti.server.web.http.Json;
import cti.server.web.stream.Scope.Audience;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A frame of the feed, made once and sent to many; only the feed's thread touches it.
 *
 * @param seq of the journal record behind it
 * @param journal true for the one frame that stands for the record itself; pops stand beside it
 * @param key what a later frame of the same key makes superfluous where frames are gathered, and
 *     for slow clients unless it stands beside; empty for none
 */
record Frame(
    long seq, boolean journal, Topic topic, String key, Audience audience, Rendering rendering) {

  /** How a frame becomes bytes. */
  sealed interface Rendering {
    /** The same for everybody; made when the first one wants it, and often nobody does. */
    final class Shared implements Rendering {
      private Supplier<ServerFrame> content;
      private byte[] bytes;

      Shared(Supplier<ServerFrame> content) {
        this.content = content;
      }

      byte[] bytes() {
        if (bytes == null) {
          bytes = Json.bytes(content.get());
          content = null;
        }
        return bytes;
      }
    }

    /** Different by what somebody sees. */
    record ByScope(Function<Scope, byte[]> make) implements Rendering {}

    /** For nobody: the record changes no screen. */
    record Nothing() implements Rendering {}
  }

  /** A frame with a view that is made of what was known then, but not before somebody wants it. */
  static Frame of(
      long seq, Topic topic, String key, Audience audience, Supplier<ServerFrame> content) {
    return new Frame(seq, true, topic, key, audience, new Rendering.Shared(content));
  }

  /** A frame that does not count as a resume point, and that a slow client gets too. */
  static Frame beside(long seq, Topic topic, String key, Audience audience, ServerFrame content) {
    return new Frame(seq, false, topic, key, audience, new Rendering.Shared(() -> content));
  }

  /**
   * The same, with the incidents that somebody sees.
   *
   * @param whole for whoever sees all; made once
   */
  static Frame besideWithIncidents(
      long seq,
      String key,
      Audience audience,
      ServerFrame whole,
      Function<Scope, ServerFrame> limited) {
    Rendering.Shared shared = new Rendering.Shared(() -> whole);
    return new Frame(
        seq,
        false,
        Topic.POPS,
        key,
        audience,
        new Rendering.ByScope(
            scope ->
                scope.incidents().isEmpty() ? shared.bytes() : Json.bytes(limited.apply(scope))));
  }

  static Frame nothing(long seq, Topic topic) {
    return new Frame(seq, true, topic, "", Audience.SUPERVISORS, new Rendering.Nothing());
  }

  /** For nobody at all. */
  boolean isNothing() {
    return rendering instanceof Rendering.Nothing;
  }

  /** The frame for whoever sees {@code scope}. */
  Parcel.Part part(Scope scope) {
    return new Parcel.Part(
        journal ? key : "",
        switch (rendering) {
          case Rendering.Shared shared -> shared.bytes();
          case Rendering.ByScope(Function<Scope, byte[]> make) -> make.apply(scope);
          case Rendering.Nothing() -> throw new IllegalStateException("no frame of record " + seq);
        });
  }
}
