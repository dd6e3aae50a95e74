package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk that fails leaves in a segment. */
class SegmentFileTest {
  @TempDir Path folder;

  @Test
  void halfAGroupIsCutOffBeforeTheNextThoughCuttingFailedAtFirst() throws Exception {
    Path file = folder.resolve("00000000000000000001.journal");
    FailingDisk disk = new FailingDisk(file);
    try (SegmentFile segment = new SegmentFile(disk)) {
      segment.begin();
      segment.write(bytes("whole\n"));
      segment.whole();

      segment.begin();
      segment.write(bytes("half a gr"));
      disk.full = true;
      assertThrows(IOException.class, () -> segment.write(bytes("oup\n")));
      assertThrows(IOException.class, segment::cut);
      assertThrows(IOException.class, segment::begin, "nothing goes behind half a group");
      disk.full = false;
      segment.begin();
      segment.write(bytes("next\n"));
      segment.whole();
    }
    assertEquals("whole\nnext\n", Files.readString(file));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
