package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Prompts.Detail;
import cti.core.port.Prompts.Source;
import cti.core.port.Prompts.Spoken;
import cti.core.port.Prompts.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptRoomTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
  private static final String ID = PromptHouse.ID;

  private final PromptHouse house = new PromptHouse(() -> NOW);
  private final PromptRoom room = house.room();

  @AfterEach
  void close() {
    house.close();
  }

  private Detail upload(int milliseconds) {
    return done(
        room.upload(ID, "zh", PromptHouse.tone(milliseconds, 400), Optional.of("w.wav"), "admin"));
  }

  private static Detail done(Taken taken) {
    return assertInstanceOf(Taken.Done.class, taken).detail();
  }

  private static Spoken chinese(Detail detail) {
    return detail.prompt().languages().stream()
        .filter(one -> one.language().equals("zh"))
        .findFirst()
        .orElseThrow();
  }

  private Path played() {
    return house.folder.resolve("zh/" + ID + ".wav");
  }

  @Test
  void aPromptThatWasNeverSpokenHasNoSound() {
    Spoken spoken = chinese(room.find(ID).orElseThrow());
    assertEquals(Source.NONE, spoken.source());
    assertFalse(spoken.inPlace());
    assertEquals(Optional.empty(), room.audio(ID, "zh", Optional.empty()));
    assertEquals(Optional.empty(), room.find("no-such-prompt"));
  }

  @Test
  void aFileTakesThePlaceOfThePlaceholder() throws IOException {
    house.speaks("zh", ID);
    assertEquals(Source.PLACEHOLDER, chinese(room.find(ID).orElseThrow()).source());
    Detail detail = upload(900);
    Spoken spoken = chinese(detail);
    assertEquals(Source.UPLOAD, spoken.source());
    assertEquals(1, spoken.version());
    assertEquals(Optional.of(Duration.ofMillis(900)), spoken.length());
    assertEquals(Optional.of("admin"), spoken.by());
    assertTrue(spoken.inPlace());
    assertEquals(Optional.of("w.wav"), detail.versions().getFirst().fileName());
    assertTrue(detail.versions().getFirst().inUse());
    assertArrayEquals(house.records.audio(ID, "zh", 1).orElseThrow(), Files.readAllBytes(played()));
  }

  @Test
  void aCallThatPlaysTheOldFileHearsItToItsEnd() throws IOException {
    house.speaks("zh", ID);
    byte[] before = Files.readAllBytes(played());
    try (InputStream playing = Files.newInputStream(played())) {
      byte[] begun = playing.readNBytes(1_000);
      upload(900);
      byte[] rest = playing.readAllBytes();
      assertEquals(before.length, begun.length + rest.length);
      assertEquals(before[before.length - 1], rest[rest.length - 1]);
    }
    try (Stream<Path> files = Files.list(played().getParent())) {
      assertTrue(
          files.noneMatch(file -> file.toString().endsWith(".new")), "nothing is left beside");
    }
  }

  @Test
  void anEarlierVersionAndThePlaceholderAreTakenUpAgain() throws IOException {
    house.speaks("zh", ID);
    byte[] placeholder = Files.readAllBytes(played());
    upload(900);
    upload(1_200);
    assertEquals(2, chinese(room.find(ID).orElseThrow()).version());
    assertTrue(Files.exists(house.folder.resolve("zh/." + ID + ".own")));
    Detail first = done(room.use(ID, "zh", 1, "other"));
    assertEquals(Optional.of(Duration.ofMillis(900)), chinese(first).length());
    assertEquals(Optional.of("other"), chinese(first).by());
    Detail none = done(room.use(ID, "zh", 0, "other"));
    assertEquals(Source.PLACEHOLDER, chinese(none).source());
    assertArrayEquals(placeholder, Files.readAllBytes(played()));
    assertFalse(Files.exists(house.folder.resolve("zh/." + ID + ".own")));
    assertEquals(
        "no-such-version",
        assertInstanceOf(Taken.Refused.class, room.use(ID, "zh", 7, "other")).id());
    assertEquals(
        "no-placeholder",
        assertInstanceOf(Taken.Refused.class, room.use(ID, "en", 0, "other")).id());
  }

  @Test
  void aFolderThatWasMadeAnewIsFilledAgain() throws IOException {
    upload(900);
    byte[] recording = Files.readAllBytes(played());
    house.speaks("zh", ID);
    assertFalse(chinese(room.find(ID).orElseThrow()).inPlace());
    room.fill();
    assertArrayEquals(recording, Files.readAllBytes(played()));
    Files.delete(played());
    room.fill();
    assertArrayEquals(recording, Files.readAllBytes(played()));
  }

  @Test
  void everyVersionCanBeListenedTo() throws IOException {
    house.speaks("zh", ID);
    upload(900);
    upload(1_200);
    Path first = room.audio(ID, "zh", Optional.of(1)).orElseThrow();
    assertArrayEquals(house.records.audio(ID, "zh", 1).orElseThrow(), Files.readAllBytes(first));
    assertEquals(Optional.of(played()), room.audio(ID, "zh", Optional.empty()));
    assertTrue(room.audio(ID, "zh", Optional.of(0)).isPresent());
    assertEquals(Optional.empty(), room.audio(ID, "zh", Optional.of(3)));
    assertEquals(Optional.empty(), room.audio("../zh/" + ID, "zh", Optional.empty()));
    assertEquals(Optional.empty(), room.audio(ID, "../zh", Optional.empty()));
  }

  @Test
  void whatIsRecordedByPhoneLosesTheSilenceAroundIt() {
    short[] take = new short[40_000];
    for (int i = 16_000; i < 24_000; i++) {
      take[i] = (short) (3_000 * Math.sin(i / 3.0));
    }
    Detail detail = done(room.recorded(ID, "en", new PromptSound(take).wav(), "sip:8001", "admin"));
    assertEquals(Source.PHONE, detail.versions().getFirst().source());
    assertEquals(Optional.of("8001"), detail.versions().getFirst().fileName());
    assertEquals(1_400, detail.versions().getFirst().length().toMillis(), 60);
  }

  @Test
  void withoutAFolderNothingIsReplaced() {
    PromptRoom without = house.room(Optional.empty());
    Taken taken = without.upload(ID, "zh", PromptHouse.tone(900, 400), Optional.empty(), "admin");
    assertEquals("no-prompt-folder", assertInstanceOf(Taken.Refused.class, taken).id());
    assertFalse(without.facilities().folder());
    assertEquals(2, without.all().size());
    assertEquals(0, house.records.inUse().size());
  }

  @Test
  void whatIsNotThereIsRefusedByItsName() {
    byte[] tone = PromptHouse.tone(900, 400);
    assertInstanceOf(
        Taken.NoSuchPrompt.class, room.upload("x", "zh", tone, Optional.empty(), "admin"));
    Taken.Refused refused =
        assertInstanceOf(
            Taken.Refused.class, room.upload(ID, "fr", tone, Optional.empty(), "admin"));
    assertTrue(refused.fault() && refused.reason().contains("\"fr\""), refused.reason());
    assertEquals(Optional.of(ID), room.numbered(101));
    assertEquals(Optional.empty(), room.numbered(102));
  }
}
