package cti.server.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Prompts.Detail;
import cti.core.port.Prompts.Source;
import cti.core.port.Prompts.Spoken;
import cti.core.port.Prompts.Taken;
import cti.core.port.Prompts.Wording;
import cti.core.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prompts that administrators add to those of the file. */
class AddedPromptsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");
  private static final String OWN = "flu-shots";

  private final PromptHouse house = new PromptHouse(() -> NOW);
  private final PromptRoom room = house.room();

  @AfterEach
  void close() {
    house.close();
  }

  private static Wording wording(String zh, String en, Integer number) {
    return new Wording(OWN, Map.of("zh", zh, "en", en), Optional.ofNullable(number));
  }

  private static Detail done(Taken taken) {
    return assertInstanceOf(Taken.Done.class, taken, taken::toString).detail();
  }

  private static Taken.Refused refused(Taken taken) {
    return assertInstanceOf(Taken.Refused.class, taken, taken::toString);
  }

  private static Spoken english(Detail detail) {
    return detail.prompt().languages().stream()
        .filter(one -> one.language().equals("en"))
        .findFirst()
        .orElseThrow();
  }

  private Path file(String name) {
    return house.folder.resolve(name);
  }

  @Test
  void itIsAPromptLikeTheOthersFromThenOn() {
    Detail detail = done(room.add(wording("打针", "Shots.", 601), "admin"));
    assertTrue(detail.prompt().added());
    assertFalse(room.find(PromptHouse.ID).orElseThrow().prompt().added());
    assertEquals(Optional.of(OWN), room.numbered(601));
    assertEquals("Shots.", english(detail).text());
    assertEquals(
        Source.NONE, english(detail).source(), "nobody can speak here, and none is made up");
    Detail recorded =
        done(room.upload(OWN, "en", PromptHouse.tone(900, 300), Optional.of("shots.wav"), "admin"));
    assertEquals(Source.UPLOAD, english(recorded).source());
    assertTrue(Files.exists(file("en/flu-shots.wav")));
  }

  @Test
  void whereTheServerCanSpeakItIsHeardAtOnceAndAnewWithAnotherText() throws IOException {
    house.hasVoice();
    Detail first = done(room.add(wording("打针", "Shots.", null), "admin"));
    assertEquals(Source.PLACEHOLDER, english(first).source());
    assertEquals(Optional.of(Duration.ofMillis(600)), english(first).length());
    assertTrue(english(first).inPlace());
    Detail second = done(room.reword(wording("打针", "No shots.", null), "admin"));
    assertEquals(Optional.of(Duration.ofMillis(900)), english(second).length());
    // A recording goes on being played; the way back leads to the text as it is now.
    room.upload(OWN, "en", PromptHouse.tone(1_500, 300), Optional.empty(), "admin");
    Detail third = done(room.reword(wording("打针", "Shots", null), "admin"));
    assertEquals(Optional.of(Duration.ofMillis(1_500)), english(third).length());
    assertEquals(
        Optional.of(Duration.ofMillis(500)), english(done(room.use(OWN, "en", 0, "a"))).length());
  }

  @Test
  void aFolderThatWasMadeAnewIsSpokenInAgain() throws IOException {
    house.hasVoice();
    done(room.add(wording("打针", "Shots.", null), "admin"));
    Files.delete(file("spoken/en/flu-shots.wav"));
    Files.delete(file("en/flu-shots.wav"));
    room.fill();
    assertTrue(Files.exists(file("en/flu-shots.wav")));
    // One that is there stays.
    Instant made = Files.getLastModifiedTime(file("en/flu-shots.wav")).toInstant();
    room.fill();
    assertEquals(made, Files.getLastModifiedTime(file("en/flu-shots.wav")).toInstant());
  }

  @Test
  void whatIsRemovedLeavesNothing() throws IOException {
    house.hasVoice();
    done(room.add(wording("打针", "Shots.", 601), "admin"));
    room.upload(OWN, "zh", PromptHouse.tone(900, 300), Optional.empty(), "admin");
    room.audio(OWN, "zh", Optional.of(1)).orElseThrow();
    assertEquals(Optional.empty(), room.remove(OWN, "admin"));
    assertEquals(Optional.empty(), room.find(OWN));
    assertEquals(Optional.empty(), room.numbered(601));
    try (Stream<Path> files = Files.walk(house.folder)) {
      assertEquals(List.of(), files.filter(path -> path.toString().contains(OWN)).toList());
    }
    assertInstanceOf(Taken.NoSuchPrompt.class, room.remove(OWN, "admin").orElseThrow());
  }

  @Test
  void whatSomethingNamesStays() {
    done(room.add(wording("打针", "Shots.", null), "admin"));
    house.named = id -> id.equals(OWN) ? List.of("version 8 of the flow") : List.of();
    Taken.Refused refused = refused(room.remove(OWN, "admin").orElseThrow());
    assertEquals("prompt-in-use", refused.id());
    assertEquals("flu-shots is named by version 8 of the flow", refused.reason());
    assertTrue(room.find(OWN).isPresent());
  }

  @Test
  void theFilesOwnAreLeftAlone() {
    Wording welcome = new Wording(PromptHouse.ID, Map.of("zh", "好", "en", "Hi"), Optional.empty());
    assertEquals("prompt-exists", refused(room.add(welcome, "admin")).id());
    assertEquals("shipped-prompt", refused(room.reword(welcome, "admin")).id());
    assertEquals("shipped-prompt", refused(room.remove(PromptHouse.ID, "a").orElseThrow()).id());
    assertInstanceOf(Taken.NoSuchPrompt.class, room.reword(wording("打针", "Shots.", null), "admin"));
  }

  @Test
  void whatCannotBeAPromptIsToldBack() {
    Map<Wording, String> wrong =
        Map.of(
            new Wording("Flu", Map.of("zh", "打", "en", "S"), Optional.empty()),
            "the id is \"Flu\"",
            new Wording("../x", Map.of("zh", "打", "en", "S"), Optional.empty()),
            "the id is \"../x\"",
            wording("打针", " ", null),
            "en has 1 characters",
            wording("打针", "a\nb", null),
            "en has a line break",
            wording("打".repeat(501), "S", null),
            "zh has 501 characters",
            wording("打针", "S", 10_000),
            "number is 10000",
            wording("打针", "S", 101),
            "number is 101, which prompt welcome has");
    List<String> told = new ArrayList<>();
    wrong.forEach(
        (wording, expected) -> {
          Taken.Refused refused = refused(room.add(wording, "admin"));
          assertTrue(refused.reason().startsWith(expected), refused.reason());
          told.add(refused.id());
        });
    assertEquals(1, told.stream().filter("number-taken"::equals).count());
    assertEquals(6, told.stream().filter("invalid"::equals).count());
    assertEquals(List.of(), house.book.now());
  }

  @Test
  void whileTheDatabaseIsAwayThoseOfTheLastCopyCount() {
    List<String> changes = new ArrayList<>();
    done(room.add(wording("打针", "Shots.", null), "admin"));
    house.added.away = true;
    PromptBook later = new PromptBook(house.added, house.added, () -> changes.add("changed"));
    later.catchUp();
    assertEquals(List.of(OWN), later.now().stream().map(Wording::id).toList());
    Wording more = wording("打针", "Other.", null);
    assertThrows(StoreUnavailableException.class, () -> later.change(more, "admin"));
    house.added.away = false;
    later.catchUp();
    assertEquals(List.of(), changes, "nothing is read anew where nothing changed");
    house.added.change(more, "other");
    later.catchUp();
    assertEquals(List.of("changed"), changes);
    assertEquals(List.of(more), later.now());
  }

  @Test
  void aTextOfTheFileThatHasChangedIsSpokenAnew() throws IOException {
    house.speaks("en", PromptHouse.ID);
    byte[] before = Files.readAllBytes(file("en/welcome.wav"));
    room.speakAnew(List.of(new Wording(PromptHouse.ID, Map.of("en", "Hello."), Optional.empty())));
    room.fill();
    assertArrayEquals(before, Files.readAllBytes(file("en/welcome.wav")), "nobody can speak here");
    house.hasVoice();
    room.fill();
    byte[] after = Files.readAllBytes(file("en/welcome.wav"));
    assertFalse(Arrays.equals(before, after));
    assertEquals(
        Optional.of(Duration.ofMillis(600)),
        english(room.find(PromptHouse.ID).orElseThrow()).length());
    assertArrayEquals(after, Files.readAllBytes(file("spoken/en/welcome.wav")));
    assertFalse(Files.exists(file("zh/welcome.wav")), "the other language stays as it was");
  }
}
