package cti.core.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.ivr.Node.Queue.Says;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with a caller into a queue, as text of a channel variable. */
class WaitingTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "12cpw-en, 12, true, en, true, true",
    "-zh, '', false, zh, false, false",
    "2p-zh, 2, false, zh, true, false",
    "cw-en, '', true, en, false, true"
  })
  void comesBackAsItWas(
      String text, String keys, boolean goOn, String language, boolean place, boolean wait) {
    Waiting waiting = Waiting.parse(text, "de");
    assertEquals(keys, waiting.keysInOrder());
    assertEquals(goOn, waiting.goOn());
    assertEquals(language, waiting.language());
    assertEquals(new Says(place, wait), waiting.says());
    assertEquals(text, waiting.text());
  }

  /** Callers wait in queues while cti-server is upgraded. */
  @Test
  void ofAnEarlierReleaseItIsInTheUsualLanguage() {
    assertEquals(
        new Waiting(Set.of("1", "2"), true, "zh", Says.NOTHING), Waiting.parse("12c", "zh"));
    assertEquals(new Waiting(Set.of(), false, "zh", Says.NOTHING), Waiting.parse("", "zh"));
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Waiting.parse("wp-en", "zh"));
    assertThrows(IllegalArgumentException.class, () -> Waiting.parse("12c-english", "zh"));
  }
}
