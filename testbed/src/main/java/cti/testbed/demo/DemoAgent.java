package cti.testbed.demo;

import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;

/**
 * An agent whom the demo plays.
 *
 * @param savesIncidents true where an incident is saved in every other talk
 */
record DemoAgent(
    String number,
    List<String> desks,
    String extension,
    PhoneBehaviour phone,
    boolean savesIncidents) {

  /** One does not answer ever, so that calls are missed too. */
  static final List<DemoAgent> ALL =
      List.of(
          talks("1001", List.of("hq-desktop"), "8005", 2, 9, true),
          talks("1002", List.of("hq-desktop"), "8006", 4, 12, true),
          talks("1005", List.of("hq-erp", "hq-itil"), "8009", 1, 7, false),
          talks("1010", List.of("gz"), "8014", 2, 10, true),
          talks("1011", List.of("sg"), "8015", 3, 6, true),
          new DemoAgent("1013", List.of("zj"), "8017", new PhoneBehaviour.NeverAnswers(), false));

  private static DemoAgent talks(
      String number,
      List<String> desks,
      String extension,
      int answersAfter,
      int talks,
      boolean savesIncidents) {
    PhoneBehaviour phone =
        PhoneBehaviour.answers(Duration.ofSeconds(answersAfter), Duration.ofSeconds(talks));
    return new DemoAgent(number, desks, extension, phone, savesIncidents);
  }
}
