package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Desk;
import cti.core.engine.LiveQueues;
import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import cti.core.port.QueueCallers;
import cti.core.routing.QueueState;
import cti.server.directory.SampleCatalog;
import cti.server.prompt.PromptFolder;
import cti.server.prompt.WaitingSounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers hear again and again while they wait. */
class PlacesToldTest {
  private static final Desk GZ =
      SampleCatalog.load().desks().stream()
          .filter(desk -> desk.id().value().equals("gz"))
          .findFirst()
          .orElseThrow();

  /** Each prompt is one sample of its own, so that the sound tells what it is made of. */
  private static final List<String> PROMPTS =
      List.of(
          "comfort",
          "queue-first",
          "queue-position",
          "say-2",
          "say-3",
          "queue-position-end",
          "queue-wait",
          "say-pair",
          "say-minutes");

  @TempDir private Path folder;

  private final Gateway gateway = new Gateway();
  private Optional<Duration> expectedWait = Optional.empty();
  private QueueState queue = new QueueState(2, 0, 0, Duration.ZERO);
  private PlacesTold places;

  /** The queue of one desk. */
  private static final class Gateway implements QueueCallers {
    private final List<String> waiting = new ArrayList<>();
    private final Map<String, String> wishes = new HashMap<>();
    private final Map<String, String> languages = new HashMap<>();
    private int asked;
    private int said;

    @Override
    public CompletableFuture<List<Waiter>> waiting(QueueName name) {
      List<Waiter> all = new ArrayList<>();
      for (String caller : waiting) {
        all.add(new Waiter(new ChannelId(caller), "PJSIP/" + caller, all.size() + 1));
      }
      return CompletableFuture.completedFuture(all);
    }

    @Override
    public CompletableFuture<Optional<String>> told(Waiter caller) {
      asked++;
      return CompletableFuture.completedFuture(
          Optional.ofNullable(wishes.get(caller.channel().value())));
    }

    @Override
    public CompletableFuture<Void> speak(Waiter caller, String language) {
      if (!waiting.contains(caller.channel().value())) {
        return CompletableFuture.failedFuture(new IllegalStateException("no such channel"));
      }
      said++;
      languages.put(caller.channel().value(), language);
      return CompletableFuture.completedFuture(null);
    }

    private void enter(String caller, String wish) {
      waiting.add(caller);
      wishes.put(caller, wish);
    }
  }

  @BeforeEach
  void house() throws IOException {
    for (String language : List.of("zh", "en")) {
      Files.createDirectories(folder.resolve(language));
      for (int i = 0; i < PROMPTS.size(); i++) {
        Files.write(folder.resolve(language).resolve(PROMPTS.get(i) + ".wav"), wav((short) i));
      }
    }
    places =
        new PlacesTold(
            () -> CompletableFuture.completedFuture(new LiveQueues(Map.of(GZ.id(), queue))),
            () -> List.of(GZ),
            gateway,
            (name, place) -> expectedWait,
            new WaitingSounds(new PromptFolder(folder)),
            () -> Instant.parse("2026-11-23T02:30:00Z"));
  }

  private static byte[] wav(short sample) {
    ByteBuffer file = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(38);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2).putShort(sample);
    return file.array();
  }

  /** The prompts of the file that the caller's language leads to, behind the language's name. */
  private String heard(String caller) throws IOException {
    String language = gateway.languages.getOrDefault(caller, "none");
    Path file = folder.resolve(language).resolve("comfort.wav");
    if (!Files.exists(file)) {
      return language;
    }
    byte[] sound = Files.readAllBytes(file);
    ByteBuffer samples = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder text = new StringBuilder(language.substring(0, 2)).append(':');
    for (int at = 44; at < sound.length; at += 2) {
      text.append(' ').append(PROMPTS.get(samples.getShort(at)));
    }
    return text.toString();
  }

  @Test
  void eachHearsTheirOwnPlaceInTheirOwnLanguage() throws IOException {
    gateway.enter("one", "12pw-zh");
    gateway.enter("two", "p-en");
    gateway.enter("three", null);
    expectedWait = Optional.of(Duration.ofSeconds(100));
    places.look();
    assertEquals("zh: queue-first queue-wait say-pair say-minutes comfort", heard("one"));
    assertEquals("en: queue-position say-2 queue-position-end comfort", heard("two"));
    assertEquals("none", heard("three"));
  }

  @Test
  void whoMovesUpHearsTheNewPlace() throws IOException {
    gateway.enter("one", "p-zh");
    gateway.enter("two", "p-zh");
    places.look();
    gateway.waiting.remove("one");
    places.look();
    assertEquals("zh: queue-first comfort", heard("two"));
    assertEquals(2, gateway.asked);
  }

  @Test
  void nothingIsToldOfWhatIsNotKnown() throws IOException {
    gateway.enter("one", "w-en");
    places.look();
    assertEquals("en: comfort", heard("one"));
    places.look();
    assertEquals(1, gateway.said);
  }

  @Test
  void whoeverHasAFreeAgentHearsOfNoPlace() throws IOException {
    gateway.enter("one", "p-en");
    gateway.enter("two", "p-en");
    queue = new QueueState(2, 1, 0, Duration.ZERO);
    places.look();
    assertEquals("en: comfort", heard("one"));
    assertEquals("en: queue-position say-2 queue-position-end comfort", heard("two"));
  }

  @Test
  void aServerThatEndsLeavesNoPlaceBehind() throws IOException {
    gateway.enter("one", "p-en");
    places.look();
    String language = gateway.languages.get("one");
    assertTrue(Files.exists(folder.resolve(language)));
    places.forget();
    // The gateway takes the language without its dialect.
    assertEquals(language, heard("one"));
    assertTrue(Files.exists(folder.resolve("en").resolve("comfort.wav")));
  }
}
