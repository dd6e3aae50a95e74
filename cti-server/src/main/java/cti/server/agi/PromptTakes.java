package cti.server.agi;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call recorded: a file for each take, which are all gone when the call is. */
final class PromptTakes {
  private static final Logger LOG = LoggerFactory.getLogger(PromptTakes.class);

  /** A little more than is kept, so that what is too long is told to be. */
  private static final Duration LONGEST = Duration.ofSeconds(125);

  private static final Duration SHORTEST = Duration.ofMillis(300);

  private final PromptStudio.Takes files;
  private final CallerLine line;
  private final String channel;
  private final List<String> names = new ArrayList<>();

  PromptTakes(PromptStudio.Takes files, CallerLine line, String channel) {
    this.files = files;
    this.line = line;
    this.channel = channel;
  }

  /** Records after a tone, until the hash or silence; false where nothing was said. */
  boolean record() throws AgiException {
    String day = line.variable("STRFTIME(${EPOCH},UTC,%Y%m%d)").orElse("19700101");
    String linked = line.variable("CHANNEL(linkedid)").orElse(channel);
    String name = day + "/" + linked + "_" + channel + "_" + (names.size() + 1) + ".wav";
    names.add(name);
    return line.record(path(name), LONGEST, SHORTEST);
  }

  /** Plays the last one until a key is pressed, which is returned. */
  Optional<String> hear() throws AgiException {
    return line.hearFile(path(names.getLast()));
  }

  /** The last one; empty where it cannot be read here. */
  Optional<byte[]> last() {
    try {
      Optional<byte[]> read = files.read(names.getLast());
      if (read.isEmpty()) {
        LOG.warn(
            "prompts/{} is not in the folder of recordings, expected what the gateway recorded",
            names.getLast());
      }
      return read;
    } catch (IOException e) {
      LOG.warn("prompts/{} cannot be read: {}", names.getLast(), e.toString());
      return Optional.empty();
    }
  }

  private String path(String name) throws AgiException {
    String spool = line.variable("ASTSPOOLDIR").orElse("/var/spool/asterisk");
    String folder = line.variable("CTI_RECORDINGS_FOLDER").orElse("cti");
    String root = folder.startsWith("/") ? folder : spool + "/monitor/" + folder;
    return root + "/prompts/" + name;
  }

  void drop() {
    for (String name : names) {
      try {
        files.delete(name);
      } catch (IOException e) {
        LOG.warn("prompts/{} cannot be deleted: {}", name, e.toString());
      }
    }
    names.clear();
  }
}
