package cti.core.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTest {
  private static String written(List<String> prompts) {
    return String.join(" ", prompts).replace("say-", "");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "2, 2",
    "10, 10",
    "11, 10 1",
    "20, 2 10",
    "35, 3 10 5",
    "99, 9 10 9",
    "100, 1 hundred",
    "101, 1 hundred 0 1",
    "110, 1 hundred 1 10",
    "111, 1 hundred 1 10 1",
    "200, 2 hundred",
    "1000, 1 thousand",
    "1001, 1 thousand 0 1",
    "1010, 1 thousand 0 1 10",
    "1100, 1 thousand 1 hundred",
    "2000, pair thousand",
    "5005, 5 thousand 0 5",
    "5050, 5 thousand 0 5 10",
    "9999, 9 thousand 9 hundred 9 10 9",
    "10000, 1 ten-thousand",
    "10001, 1 ten-thousand 0 1",
    "10010, 1 ten-thousand 0 1 10",
    "10500, 1 ten-thousand 0 5 hundred",
    "15000, 1 ten-thousand 5 thousand",
    "20000, pair ten-thousand",
    "120000, 10 2 ten-thousand",
    "22222, pair ten-thousand pair thousand 2 hundred 2 10 2",
    "10000000, 1 thousand ten-thousand",
    "99999999, 9 thousand 9 hundred 9 10 9 ten-thousand 9 thousand 9 hundred 9 10 9",
  })
  void numbersInChinese(long number, String spoken) {
    assertEquals(spoken, written(Speech.number("zh", number)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "13, 13",
    "20, 20",
    "21, 20 1",
    "90, 90",
    "99, 90 9",
    "100, 1 hundred",
    "105, 1 hundred 5",
    "999, 9 hundred 90 9",
    "1000, 1 thousand",
    "1001, 1 thousand 1",
    "12345, 12 thousand 3 hundred 40 5",
    "100000, 1 hundred thousand",
    "1000000, 1 million",
    "99999999, 90 9 million 9 hundred 90 9 thousand 9 hundred 90 9",
  })
  void numbersInEnglish(long number, String spoken) {
    assertEquals(spoken, written(Speech.number("en", number)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 100_000_000})
  void whatIsTooLargeIsRefused(long number) {
    assertThrows(IllegalArgumentException.class, () -> Speech.number("zh", number));
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 08:30, morning 8 hour-mark 3 10 minute-mark",
    "zh, 17:00, afternoon 5 hour-mark",
    "zh, 14:05, afternoon pair hour-mark 0 5 minute-mark",
    "zh, 12:02, afternoon 10 2 hour-mark 0 2 minute-mark",
    "zh, 00:15, morning 10 2 hour-mark 10 5 minute-mark",
    "en, 08:30, 8 30 morning",
    "en, 17:00, 5 o-clock afternoon",
    "en, 14:05, 2 oh 5 afternoon",
    "en, 00:15, 12 15 morning",
    "en, 12:00, 12 o-clock afternoon",
  })
  void times(String language, LocalTime time, String spoken) {
    assertEquals(spoken, written(Speech.time(language, time)));
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 1, queue-first", "zh, 2, queue-position 2 queue-position-end",
    "zh, 12, queue-position 10 2 queue-position-end", "en, 1, queue-first",
    "en, 22, queue-position 20 2 queue-position-end",
  })
  void positions(String language, int position, String spoken) {
    assertEquals(spoken, written(Speech.position(language, position)));
  }

  @ParameterizedTest
  @CsvSource({
    "zh, 0, queue-wait-under-a-minute",
    "zh, 59, queue-wait-under-a-minute",
    "zh, 60, queue-wait 1 minute",
    "zh, 61, queue-wait pair minutes",
    "zh, 120, queue-wait pair minutes",
    "zh, 700, queue-wait 10 2 minutes",
    "en, 60, queue-wait 1 minute",
    "en, 61, queue-wait 2 minutes",
    "en, 3600, queue-wait 60 minutes",
    "en, 3601, queue-wait-over-an-hour",
  })
  void waits(String language, int seconds, String spoken) {
    assertEquals(spoken, written(Speech.expectedWait(language, Duration.ofSeconds(seconds))));
  }

  @Test
  void digitsAreReadOneByOne() {
    assertEquals("0 2 0 8", written(Speech.digits("+020-8")));
  }

  @Test
  void nothingIsSaidOfWhatIsNotKnown() {
    Node.Queue.Says both = new Node.Queue.Says(true, true);
    assertEquals(List.of(), Speech.queue("zh", FlowWorld.QueueFigures.UNKNOWN, both));
    FlowWorld.QueueFigures known =
        new FlowWorld.QueueFigures(Optional.of(2), Optional.of(Duration.ofSeconds(90)));
    assertEquals(
        "queue-position 3 queue-position-end queue-wait pair minutes",
        written(Speech.queue("zh", known, both)));
    assertEquals(List.of(), Speech.queue("zh", known, Node.Queue.Says.NOTHING));
  }

  @Test
  void everyPromptThatIsSpokenIsInTheList() {
    Set<String> known = Set.copyOf(Speech.prompts());
    Set<String> used = new HashSet<>();
    for (String language : List.of("zh", "en")) {
      for (long n = 0; n < 20_000; n++) {
        used.addAll(Speech.number(language, n));
      }
      used.addAll(Speech.number(language, 1_234_567));
      for (int minute = 0; minute < 24 * 60; minute++) {
        used.addAll(Speech.time(language, LocalTime.MIDNIGHT.plusMinutes(minute)));
        used.addAll(Speech.expectedWait(language, Duration.ofMinutes(minute)));
        used.addAll(Speech.position(language, minute));
      }
    }
    used.addAll(Speech.digits("0123456789"));
    assertTrue(known.containsAll(used), () -> "not in the list: " + used);
    assertEquals(known, used);
  }
}
