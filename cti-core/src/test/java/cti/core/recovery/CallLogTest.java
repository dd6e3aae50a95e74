package cti.core.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.id.Extension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of queue_log as the gateway wrote them. */
class CallLogTest {
  @Test
  void theEndOfATalkMayBeToldBehindTheNextStay() {
    assertEquals(
        List.of("cti-hq-erp ANSWERED", "cti-hq-itil ANSWERED"),
        stays(
            "1795738381|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|CONNECT|1|1795738381.338|1",
            "1795738382|1795738377.337|cti-hq-itil|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|BLINDTRANSFER|cti-hq-itil|cti-transfer-desk|1|0|1",
            "1795738383|1795738377.337|cti-hq-itil|1006|CONNECT|1|1795738382.341|1",
            "1795738384|1795738377.337|cti-hq-itil|1006|COMPLETECALLER|1|1|1"));
  }

  @Test
  void whoIsHandedBackToTheSameQueueTalkedOnce() {
    assertEquals(
        List.of("cti-hq-erp ANSWERED", "cti-hq-erp ABANDONED"),
        stays(
            "1795738381|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|CONNECT|1|1795738381.338|1",
            "1795738392|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738392|1795738377.337|cti-hq-erp|1005|BLINDTRANSFER|cti-hq-erp|cti-transfer-desk|1|10|1",
            "1795738395|1795738377.337|cti-hq-erp|NONE|ABANDON|1|1|3"));
  }

  @Test
  void aTimeLimitThatAnotherQueueFollowsIsAnOverflow() {
    assertEquals(
        List.of("cti-mz OVERFLOWED", "cti-hq-desktop ABANDONED"),
        stays(
            "1795738381|1795738377.4|cti-mz|NONE|ENTERQUEUE||13900000048|1",
            "1795738471|1795738377.4|cti-mz|NONE|EXITWITHTIMEOUT|1|1|90",
            "1795738475|1795738377.4|cti-hq-desktop|NONE|ENTERQUEUE||13900000048|1",
            "1795738480|1795738377.4|cti-hq-desktop|NONE|ABANDON|1|1|5"));
    assertEquals(
        List.of("cti-mz TIMED_OUT"),
        stays(
            "1795738381|1795738377.4|cti-mz|NONE|ENTERQUEUE||13900000048|1",
            "1795738471|1795738377.4|cti-mz|NONE|EXITWITHTIMEOUT|1|1|90"));
  }

  /** Lines of queue_log alone: no channel has a name. */
  private static final DialplanNames NO_NAMES =
      new DialplanNames() {
        @Override
        public Optional<Extension> phone(String channelName) {
          return Optional.empty();
        }

        @Override
        public boolean consults(String channelName) {
          return false;
        }

        @Override
        public boolean handedOn(String context) {
          return false;
        }
      };

  private static List<String> stays(String... lines) {
    CallLog log = new CallLog(lines[0].split("\\|")[1]);
    for (String line : lines) {
      String[] field = line.split("\\|", -1);
      log.add(
          new QueueLogEntry(
              Instant.ofEpochSecond(Long.parseLong(field[0])),
              field[1],
              field[2],
              field[3],
              field[4],
              List.of(field).subList(5, field.length)));
    }
    return log.told(NO_NAMES, false).stays().stream()
        .map(stay -> stay.queue() + " " + stay.outcome().orElseThrow())
        .toList();
  }
}
