package cti.server.web.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last frames, for clients that come back. One owner. */
final class FrameRing {
  private final int capacity;
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();

  FrameRing(int capacity) {
    this.capacity = capacity;
  }

  void add(Frame frame) {
    if (frames.size() == capacity) {
      frames.removeFirst();
    }
    frames.addLast(frame);
  }

  /**
   * The frames after the one that stands for record {@code seq}; empty where that is no longer, or
   * not yet, known. {@code newest} is the record that the picture stands at.
   */
  Optional<List<Frame>> after(long seq, long newest) {
    if (seq == newest && frames.isEmpty()) {
      return Optional.of(List.of());
    }
    List<Frame> later = new ArrayList<>();
    boolean found = false;
    for (Frame frame : frames) {
      if (found) {
        later.add(frame);
      } else {
        found = frame.journal() && frame.seq() == seq;
      }
    }
    return found ? Optional.of(later) : Optional.empty();
  }
}
