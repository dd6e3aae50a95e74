package cti.server.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is read while somebody writes, moves and cuts it. */
class LogTailTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("queue_log");
  }

  private void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static List<String> read(LogTail tail) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int quiet = 0; quiet < 3; ) {
      List<LogLine> some = tail.read();
      some.forEach(line -> lines.add(line.text()));
      quiet = some.isEmpty() ? quiet + 1 : 0;
    }
    return lines;
  }

  @Test
  void aLineCountsOnceItsEndIsWritten() throws IOException {
    append(file(), "before\n");
    try (LogTail tail = LogTail.fromEnd(file())) {
      assertEquals(List.of(), read(tail));
      append(file(), "one\ntw");
      assertEquals(List.of("one"), read(tail));
      append(file(), "o\n");
      assertEquals(List.of("two"), read(tail));
    }
  }

  @Test
  void aHalfWrittenLineAtTheStartIsReadWhole() throws IOException {
    append(file(), "before\nhal");
    try (LogTail tail = LogTail.fromEnd(file())) {
      append(file(), "f\n");
      assertEquals(List.of("half"), read(tail));
    }
  }

  @Test
  void aFileThatIsNotThereYetIsReadFromItsBeginning() throws IOException {
    try (LogTail tail = LogTail.fromEnd(file())) {
      assertEquals(List.of(), read(tail));
      append(file(), "first\n");
      assertEquals(List.of("first"), read(tail));
    }
  }

  @Test
  void aFileThatWasMovedAwayIsReadToItsEndFirst() throws IOException {
    append(file(), "");
    try (LogTail tail = LogTail.fromEnd(file())) {
      append(file(), "one\n");
      assertEquals(List.of("one"), read(tail));
      Path moved = folder.resolve("queue_log.1");
      Files.move(file(), moved);
      append(moved, "two, by a writer that still has it open\n");
      append(file(), "three\n");
      assertEquals(List.of("two, by a writer that still has it open", "three"), read(tail));
    }
  }

  @Test
  void aRestartGoesOnInTheFileThatWasMovedAway() throws IOException {
    append(file(), "one\ntwo\n");
    LogTail.Mark mark;
    try (LogTail tail = LogTail.fromBeginning(file())) {
      List<LogLine> lines = tail.read();
      mark = tail.markOf(lines.get(1).file(), lines.get(1).position());
    }
    append(file(), "three\n");
    Files.move(file(), folder.resolve("queue_log.2"));
    append(file(), "four\n");
    Files.move(file(), folder.resolve("queue_log.1"));
    Files.setLastModifiedTime(
        folder.resolve("queue_log.2"), java.nio.file.attribute.FileTime.fromMillis(1_000));
    Files.setLastModifiedTime(
        folder.resolve("queue_log.1"), java.nio.file.attribute.FileTime.fromMillis(2_000));
    append(file(), "five\n");
    try (LogTail tail = LogTail.from(file(), mark).orElseThrow()) {
      assertEquals(List.of("two", "three", "four", "five"), read(tail));
    }
  }

  @Test
  void theMarkOfALineInAFileThatWasLeftFindsIt() throws IOException {
    append(file(), "a line that is longer than the sixty-four bytes of a beginning, so it is\n");
    append(file(), "open\n");
    try (LogTail tail = LogTail.fromBeginning(file())) {
      List<LogLine> lines = tail.read();
      Files.move(file(), folder.resolve("queue_log.1"));
      append(file(), "new\n");
      assertEquals(List.of("new"), read(tail));
      LogTail.Mark mark = tail.markOf(lines.get(1).file(), lines.get(1).position());
      try (LogTail again = LogTail.from(file(), mark).orElseThrow()) {
        assertEquals(List.of("open", "new"), read(again));
      }
    }
  }

  @Test
  void aFileThatWasCutShortIsReadFromItsBeginning() throws IOException {
    append(file(), "one\ntwo\n");
    try (LogTail tail = LogTail.fromEnd(file())) {
      Files.write(file(), "new\n".getBytes(StandardCharsets.UTF_8));
      assertEquals(List.of("new"), read(tail));
    }
  }

  @Test
  void aFileThatIsGoneOrAnotherOfTheSameNumberIsNotGoneOnIn() throws IOException {
    append(file(), "one\n");
    LogTail.Mark mark;
    try (LogTail tail = LogTail.fromEnd(file())) {
      mark = tail.mark();
    }
    Files.write(file(), "two\nthree\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), LogTail.from(file(), mark), "the same file with other content");
    Files.delete(file());
    assertEquals(Optional.empty(), LogTail.from(file(), mark));
  }

  @Test
  void zerosAndCarriageReturnsDoNoHarm() throws IOException {
    append(file(), "\0\0\0one\r\n");
    try (LogTail tail = LogTail.fromBeginning(file())) {
      assertEquals(List.of("one"), read(tail));
    }
  }

  @Test
  void aQuarterOfAMiBWithoutALineEndIsPassedOver() throws IOException {
    append(file(), "x".repeat(256 * 1024));
    append(file(), "rest\none\n");
    try (LogTail tail = LogTail.fromBeginning(file())) {
      List<String> lines = read(tail);
      assertEquals("one", lines.getLast());
      assertTrue(lines.size() <= 2, lines.toString());
    }
  }
}
