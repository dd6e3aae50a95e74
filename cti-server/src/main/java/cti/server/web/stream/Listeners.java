package cti.server.web.stream;

import cti.server.web.stream.Parcel.Part;
import cti.server.web.stream.Parcel.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Clients of the same interest, and what is not handed to them yet. What goes at once waits only
 * until the feed has looked at everything that came together; what is gathered waits for its tick,
 * the newest frame of each call and agent only. One owner: the feed's thread.
 */
final class Listeners {
  /** So many frames are gathered at most before they go. */
  private static final int GATHERED_AT_MOST = 2_000;

  private final Interest interest;
  private final Set<StreamClient> clients = new LinkedHashSet<>();
  private final List<Part> atOnce = new ArrayList<>();
  private final Map<Object, Frame> gathered = new LinkedHashMap<>();
  private long oldestNanos;
  private long toldUpTo;
  private long newest;
  private Picture picture;

  /** A snapshot with its marker, for all who come before the next change. */
  private record Picture(long version, Parcel parcel) {}

  /**
   * @param toldUpTo the record that the picture stands at
   */
  Listeners(Interest interest, long toldUpTo) {
    this.interest = interest;
    this.toldUpTo = toldUpTo;
    this.newest = toldUpTo;
  }

  Interest interest() {
    return interest;
  }

  boolean isEmpty() {
    return clients.isEmpty();
  }

  /** Whoever joins has a picture of their own, so that what waits for the others goes first. */
  void join(StreamClient client) {
    deliverAll();
    clients.add(client);
  }

  void leave(StreamClient client) {
    deliver();
    clients.remove(client);
  }

  /** Takes a frame that the interest covers. */
  void hand(Frame frame, long receivedNanos) {
    if (!interest.gather() || !frame.journal()) {
      if (receivedNanos != 0 && (oldestNanos == 0 || receivedNanos < oldestNanos)) {
        oldestNanos = receivedNanos;
      }
      atOnce.add(frame.part(interest.scope()));
      return;
    }
    Object key = frame.key().isEmpty() ? frame : frame.key();
    // Taken out first: frames go in the order of their records.
    gathered.remove(key);
    gathered.put(key, frame);
    newest = frame.seq();
    if (gathered.size() >= GATHERED_AT_MOST) {
      deliverAll();
    }
  }

  /** Hands over what does not wait. */
  void deliver() {
    if (!atOnce.isEmpty()) {
      send(Parcel.messages(atOnce, oldestNanos));
      atOnce.clear();
      oldestNanos = 0;
    }
  }

  /** Hands over all, what is gathered too. */
  void deliverAll() {
    deliver();
    if (!gathered.isEmpty()) {
      send(Parcel.changes(new Span(toldUpTo, newest), parts(gathered.values())));
      gathered.clear();
      toldUpTo = newest;
    }
  }

  private List<Part> parts(Iterable<Frame> frames) {
    List<Part> parts = new ArrayList<>();
    frames.forEach(frame -> parts.add(frame.part(interest.scope())));
    return parts;
  }

  private void send(Parcel parcel) {
    clients.forEach(client -> client.send(parcel));
  }

  /** Whether something waits for its tick. */
  boolean gathers() {
    return !gathered.isEmpty();
  }

  /**
   * Sends one client what it missed.
   *
   * @return the number of frames
   */
  int replay(StreamClient client, long after, List<Frame> missed) {
    List<Part> messages = new ArrayList<>();
    Map<Object, Frame> changes = new LinkedHashMap<>();
    long last = after;
    for (Frame frame : missed) {
      if (!interest.covers(frame)) {
        continue;
      }
      if (interest.gather() && frame.journal()) {
        Object key = frame.key().isEmpty() ? frame : frame.key();
        changes.remove(key);
        changes.put(key, frame);
        last = frame.seq();
      } else {
        messages.add(frame.part(interest.scope()));
      }
    }
    if (!messages.isEmpty()) {
      client.send(Parcel.messages(messages, 0));
    }
    if (!changes.isEmpty()) {
      client.send(Parcel.changes(new Span(after, last), parts(changes.values())));
    }
    return messages.size() + changes.size();
  }

  /**
   * Sends one client the picture.
   *
   * @param version of the picture; the bytes of the last one are sent again where it is the same
   */
  void show(StreamClient client, long version, Supplier<Parcel> make) {
    if (picture == null || picture.version() != version) {
      picture = new Picture(version, make.get());
    }
    client.send(picture.parcel());
  }
}
