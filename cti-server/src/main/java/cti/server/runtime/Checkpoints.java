package cti.server.runtime;

import cti.server.event.EventFormatException;
import cti.server.event.StateCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pictures that are folded from the journal, and finds the best one to begin with at a
 * start. Two checkpoints are kept: should the newer one be damaged, the older one serves.
 */
public final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
  private static final int KEPT = 2;

  private final Path folder;
  private final CheckpointFiles files;
  private final StateCodec codec;
  private final List<Folded<?>> pictures;
  private final String shape;
  private volatile boolean stale;

  /**
   * @param pictures every one that is folded from the journal
   */
  public Checkpoints(Path folder, List<Folded<?>> pictures) {
    this.folder = folder;
    this.files = new CheckpointFiles(folder);
    this.pictures = List.copyOf(pictures);
    List<Class<?>> types = new ArrayList<>();
    StringBuilder shapes = new StringBuilder();
    for (Folded<?> picture : pictures) {
      types.add(picture.type());
      shapes.append(picture.name()).append(StateCodec.shape(picture.type()));
    }
    this.codec = new StateCodec(types);
    this.shape = shapes.toString();
  }

  List<Folded<?>> pictures() {
    return pictures;
  }

  /**
   * Restores the pictures from the newest checkpoint that can be used.
   *
   * @param first the first record that the journal still has
   * @param last its last record
   * @return the record behind which the replay begins; 0 for a replay of everything
   * @throws CheckpointMissingException where neither a checkpoint nor everything is there
   */
  public long restore(long first, long last) throws IOException {
    List<String> problems = new ArrayList<>();
    List<Found> found = usable(first, last, problems);
    for (Found candidate : found) {
      boolean ofThisVersion = candidate.checkpoint().shape().equals(shape);
      if (!ofThisVersion && first == 1) {
        problems.add(candidate.file().getFileName() + " is of another version");
      } else if (restored(candidate, problems)) {
        stale = !ofThisVersion;
        if (stale) {
          log.warn(
              "checkpoint {} is of another version of cti-server: what that did not keep is empty",
              candidate.file());
        }
        problems.forEach(problem -> log.warn("checkpoint passed over: {}", problem));
        return candidate.checkpoint().first();
      }
    }
    if (first > 1) {
      throw new CheckpointMissingException(folder, first, problems);
    }
    problems.forEach(problem -> log.warn("checkpoint passed over: {}", problem));
    stale = !found.isEmpty();
    return 0;
  }

  /**
   * Begins with empty pictures behind all that the journal has, as an administrator asked for; an
   * alternative to {@link #restore}.
   */
  public long forget(long first, long last) {
    log.warn(
        "begun with an empty picture behind record {}: agents log on again, calls under way are"
            + " found on the gateway",
        last);
    pictures.forEach(picture -> picture.forget(last));
    stale = true;
    return last;
  }

  /** Whether those on disk are of another version, so that a new one is due at once. */
  boolean stale() {
    return stale;
  }

  private record Found(Path file, Checkpoint checkpoint) {}

  /**
   * Those that are whole and that the journal goes on from; of this version first, newest first.
   */
  private List<Found> usable(long first, long last, List<String> problems) throws IOException {
    List<Found> ofThis = new ArrayList<>();
    List<Found> ofOthers = new ArrayList<>();
    for (Path file : files.newestFirst()) {
      Checkpoint checkpoint;
      try {
        checkpoint = files.read(file);
      } catch (IllegalArgumentException damaged) {
        problems.add(file.getFileName() + " " + damaged.getMessage());
        files.setAside(file);
        continue;
      }
      if (checkpoint.last() > last || checkpoint.first() < first - 1) {
        problems.add(
            file.getFileName()
                + " holds records up to "
                + checkpoint.last()
                + ", but the journal has "
                + first
                + " to "
                + last);
        files.setAside(file);
      } else {
        (checkpoint.shape().equals(shape) ? ofThis : ofOthers).add(new Found(file, checkpoint));
      }
    }
    ofThis.addAll(ofOthers);
    return ofThis;
  }

  private boolean restored(Found found, List<String> problems) {
    List<Runnable> restores = new ArrayList<>();
    try {
      for (Folded<?> picture : pictures) {
        restores.add(read(picture, found.checkpoint()));
      }
    } catch (EventFormatException | IllegalArgumentException unreadable) {
      problems.add(found.file().getFileName() + " " + unreadable.getMessage());
      return false;
    }
    restores.forEach(Runnable::run);
    return true;
  }

  private <M> Runnable read(Folded<M> picture, Checkpoint checkpoint) {
    Checkpoint.Part part = checkpoint.parts().get(picture.name());
    if (part == null) {
      throw new IllegalArgumentException("has no part " + picture.name());
    }
    M memory = codec.decode(part.json(), picture.type());
    return () -> picture.restore(new Folded.Memory<>(part.sequence(), memory));
  }

  /** Writes a checkpoint; every record in it must be on the journal's disk. */
  void write(Map<String, Folded.Memory<?>> memories) throws IOException {
    Map<String, Checkpoint.Part> parts = new LinkedHashMap<>();
    memories.forEach(
        (name, memory) ->
            parts.put(
                name, new Checkpoint.Part(memory.sequence(), codec.encode(memory.picture()))));
    files.write(new Checkpoint(shape, parts));
    stale = false;
    List<Path> all = files.newestFirst();
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.delete(old);
    }
  }

  /** The record up to which no start needs the journal any more, whichever checkpoint serves. */
  long coveredBoth() throws IOException {
    List<Path> all = files.newestFirst();
    return all.size() < KEPT ? 0 : CheckpointFiles.sequenceOf(all.get(KEPT - 1));
  }

  /** The newest one's record; 0 for none. */
  long newest() throws IOException {
    List<Path> all = files.newestFirst();
    return all.isEmpty() ? 0 : CheckpointFiles.sequenceOf(all.getFirst());
  }
}
