package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.PartView;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two desks of one agent each, which scenarios of transfers play with: the caller comes to the
 * first, the second is whom the call may be handed to. Different pairs play side by side.
 *
 * @param key that brings the caller to the desk; none for a factory's own desk
 */
record Pair(
    String desk,
    String agent,
    Optional<Character> key,
    String caller,
    String otherDesk,
    String other) {
  static final Pair PROJECT =
      new Pair("hq-project", "1004", Optional.of('3'), "13900000019", "hq-oa", "1003");
  static final Pair ERP =
      new Pair("hq-erp", "1005", Optional.of('4'), "13900000011", "hq-itil", "1006");
  static final Pair MES =
      new Pair("hq-mes", "1009", Optional.of('8'), "13900000012", "hq-marketing", "1007");
  static final Pair GZ = new Pair("gz", "1010", Optional.empty(), "13900000028", "sg", "1011");
  static final Pair MZ = new Pair("mz", "1012", Optional.empty(), "13900000048", "zj", "1013");

  static final Duration SOON = Duration.ofSeconds(10);
  static final Duration TO_TALK = Duration.ofSeconds(30);

  /** A number outside whose phone answers after a second. */
  static final String OUTSIDE = "13800000001";

  Set<String> claims() {
    return Set.of(desk, agent, otherDesk, other, caller);
  }

  String phone() {
    return House.extension(agent);
  }

  String otherPhone() {
    return House.extension(other);
  }

  String queue() {
    return "cti-" + desk;
  }

  String otherQueue() {
    return "cti-" + otherDesk;
  }

  private CallerScript script() {
    return key.map(pressed -> Callers.pressing(caller, pressed))
        .orElseGet(() -> Callers.silent(caller));
  }

  /** Caller and first agent talk. */
  Talk talk(Stage stage) throws IOException, InterruptedException {
    AgentDesk first = stage.ready(agent, desk);
    StagedCall call = stage.dial(script());
    call.awaitPhase("talking", TO_TALK);
    first.awaitState("busy", SOON);
    return new Talk(this, stage, call, first);
  }

  /** The call is on its way to the desk, whose agent's phone behaves as the test wants it. */
  StagedCall call(Stage stage) throws IOException, InterruptedException {
    return stage.dial(script());
  }

  /** The words of {@link PartsOnRecord} for the caller. */
  String callerLeft() {
    return "caller %s left".formatted(caller);
  }

  String agentLeft() {
    return "queue-agent %s agent %s left".formatted(phone(), agent);
  }

  String otherLeft(String role) {
    return otherWas(role, "left");
  }

  /** The same for the second agent, and why they took no part where that is so. */
  String otherWas(String role, String became) {
    return "%s %s agent %s %s".formatted(role, otherPhone(), other, became);
  }

  static boolean has(CallView view, String role, String number, String state) {
    return view.parts().stream()
        .filter(PartView::open)
        .anyMatch(
            part ->
                part.role().equals(role)
                    && part.number().equals(number)
                    && part.state().equals(state));
  }

  /** A caller who talks to the first agent of a pair. */
  record Talk(Pair pair, Stage stage, StagedCall call, AgentDesk agent) {
    void command(String command, String... more) throws InterruptedException {
      agent.command(command, call.id(), more);
    }

    String refused(String command, String... more) throws InterruptedException {
      return agent.refused(command, call.id(), more);
    }

    /**
     * What is on record of the call's telephones and its times, which add up.
     *
     * @param others besides the caller and the first agent, who both left
     */
    PartsOnRecord expectParts(String... others)
        throws IOException, InterruptedException, SQLException {
      PartsOnRecord parts = call.parts().addsUp();
      List<String> expected = new ArrayList<>(List.of(pair.callerLeft(), pair.agentLeft()));
      expected.addAll(List.of(others));
      Expect.equal("parts", expected, parts.inWords());
      return parts;
    }

    /** The second agent logs on and is ready. */
    AgentDesk other() throws IOException, InterruptedException {
      return stage.ready(pair.other(), pair.otherDesk());
    }

    /** Waits until a telephone is in the call like that. */
    CallView await(String role, String number, String state) throws InterruptedException {
      return call.await(
          "%s %s is %s".formatted(role, number, state),
          TO_TALK,
          view -> has(view, role, number, state));
    }

    /** Asks the second agent, who answers. */
    AgentDesk consultOther() throws IOException, InterruptedException {
      AgentDesk second = other();
      command("consult", "toAgent", pair.other());
      await("consulted", pair.otherPhone(), "connected");
      return second;
    }
  }
}
