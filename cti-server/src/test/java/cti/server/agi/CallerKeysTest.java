package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.command.AgiCommand;
import org.asteriskjava.fastagi.reply.AgiReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as an analogue line delivers them: lost, or one tone heard twice. */
class CallerKeysTest {
  private long now;

  /** Keys that come after so many milliseconds each, as {@code key@gap}. */
  private final Deque<String> keys = new ArrayDeque<>();

  private final AgiChannel channel =
      (AgiChannel)
          java.lang.reflect.Proxy.newProxyInstance(
              AgiChannel.class.getClassLoader(),
              new Class<?>[] {AgiChannel.class},
              (proxy, method, arguments) -> answer((AgiCommand) arguments[0]));

  private AgiReply answer(AgiCommand command) {
    String next = keys.poll();
    int result = 0;
    if (next != null) {
      String[] parts = next.split("@");
      now += Duration.ofMillis(Long.parseLong(parts[1])).toNanos();
      result = parts[0].charAt(0);
    }
    int code = result;
    return (AgiReply)
        java.lang.reflect.Proxy.newProxyInstance(
            AgiReply.class.getClassLoader(),
            new Class<?>[] {AgiReply.class},
            (proxy, method, arguments) -> method.getName().equals("getResultCode") ? code : null);
  }

  @ParameterizedTest
  @CsvSource({
    // by hand
    "1@500 1@200 3@300, 1 1 3",
    // one tone in two halves
    "1@500 1@40 3@300, 1 3",
    "1@500 1@99 3@300, 1 3",
    // in three
    "1@500 1@40 1@40 3@300, 1 3",
    // another key that fast is another key
    "1@500 2@40, 1 2",
    "1@500 1@101, 1 1",
  })
  void aToneThatIsCutIsOneKey(String come, String taken) throws AgiException {
    keys.addAll(List.of(come.split(" ")));
    CallerLine line = new CallerLine(channel, () -> now);
    List<String> heard = new ArrayList<>();
    Optional<String> key = line.ask("zh", List.of(), Duration.ofSeconds(5));
    while (key.isPresent()) {
      heard.add(key.get());
      key = line.ask("zh", List.of(), Duration.ofSeconds(5));
    }
    assertEquals(taken, String.join(" ", heard));
  }
}
