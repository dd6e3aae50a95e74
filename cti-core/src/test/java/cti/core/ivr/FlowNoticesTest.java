package cti.core.ivr;

import static cti.core.ivr.FlowFixture.exits;
import static cti.core.ivr.FlowFixture.flow;
import static cti.core.ivr.FlowFixture.prompt;
import static cti.core.ivr.FlowFixture.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.ivr.FlowWorld.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known major incidents: which are told, when, and how often. */
class FlowNoticesTest extends FlowWalkFixture {
  private static Flow notice() {
    return flow(
        new Asking.Notice(
            "n", List.of("which"), WAIT, 2, "1", exits(ASKS, "next:q added:thanks max_no_input:q")),
        prompt("again", "next:n"),
        prompt("thanks", "next:bye"),
        queue("q", "gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, outage which? [affected i1] hello [hung up]",
    "- -, outage which? hello outage which? [queue gz by flow:q]",
    "2 2, outage which? hello outage which? [queue gz by flow:q]",
    "hangup, outage which? [gone]",
  })
  void tellsOfAKnownIncident(String doings, String met) {
    surroundings =
        new MomentWorld.Surroundings(
            FlowFixture.QUIET.facts(),
            (caller, choice) -> List.of(new Notice("i1", "outage")),
            desk -> Optional.empty());
    assertEquals(met, walk(notice(), doings));
  }

  /** The first node tells what concerns everybody, the second what concerns the choice too. */
  private static Flow noticeBeforeAndAfterTheChoice() {
    return flow(
        new Asking.Notice(
            "n",
            List.of("which"),
            WAIT,
            1,
            "1",
            exits(ASKS, "next:m added:thanks no_input:m max_no_input:m no_match:m max_no_match:m")),
        new Asking.Menu(
            "m",
            List.of("choose"),
            WAIT,
            1,
            List.of(new Asking.Menu.Option("4", Optional.of("erp"), Optional.empty(), "n2")),
            exits(ASKS, "max_no_input:n2")),
        new Asking.Notice(
            "n2",
            List.of("which"),
            WAIT,
            1,
            "1",
            exits(ASKS, "next:q added:thanks no_input:q max_no_input:q no_match:q max_no_match:q")),
        prompt("again", "next:n"),
        prompt("thanks", "next:bye"),
        queue("q", "gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "everybody, - 4, outage which? choose? [queue gz by flow:q]",
    "everybody, - -, outage which? choose? [queue gz by flow:q]",
    "erp, 4 1, choose? erp-outage which? [affected i2] hello [hung up]",
    "erp, 4 -, choose? erp-outage which? [queue gz by flow:q]",
    "erp, -, choose? [queue gz by flow:q]",
    "both, - 4 1, outage which? choose? erp-outage which? [affected i2] hello [hung up]",
  })
  void tellsEachIncidentOnceWhereItConcernsTheCaller(String known, String doings, String met) {
    surroundings =
        new MomentWorld.Surroundings(
            FlowFixture.QUIET.facts(),
            (caller, choice) -> {
              List<Notice> concerning = new ArrayList<>();
              if (!known.equals("erp")) {
                concerning.add(new Notice("i1", "outage"));
              }
              if (!known.equals("everybody") && choice.filter("erp"::equals).isPresent()) {
                concerning.add(new Notice("i2", "erp-outage"));
              }
              return concerning;
            },
            desk -> Optional.empty());
    assertEquals(met, walk(noticeBeforeAndAfterTheChoice(), doings));
  }

  @Test
  void tellsOfNoIncidentWhereNoneIsKnown() {
    assertEquals("[queue gz by flow:q]", walk(notice(), ""));
  }
}
