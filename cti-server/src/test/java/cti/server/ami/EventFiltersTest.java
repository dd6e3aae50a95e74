package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.GatewayInput;
import cti.core.id.GatewayId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the shipped filters keep away says nothing to the engine. */
class EventFiltersTest {
  private static final Path SHIPPED = Path.of("../conf/asterisk/manager_cti.conf");

  /** Those that leave out an event by its name alone, whatever is in it. */
  private static final Pattern BY_NAME =
      Pattern.compile("(?m)^eventfilter\\(action\\(exclude\\),name\\(([A-Za-z]+)\\)\\) =$");

  @Test
  void noEventThatIsReadIsLeftOut() throws IOException {
    Set<String> leftOut =
        BY_NAME
            .matcher(Files.readString(SHIPPED))
            .results()
            .map((MatchResult filter) -> filter.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    AmiTranslator translator = new AmiTranslator(new GatewayId("gw1"));
    Set<String> met = new TreeSet<>();
    for (Transcript scenario : Transcript.all()) {
      for (AmiMessage message : scenario.messages(65_536)) {
        String name = message.eventName();
        if (name != null && leftOut.contains(name)) {
          met.add(name);
          Optional<GatewayInput> input = translator.inputAt(message, Instant.EPOCH);
          assertEquals(Optional.empty(), input, () -> name + " of " + scenario.name());
        }
      }
    }
    assertTrue(met.contains("NewConnectedLine"), () -> "recorded and left out: " + met);
  }
}
