package cti.core.ivr;

import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.FlowInterpreter.Taken;
import cti.core.routing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A call that goes through a flow on paper: somebody says what the caller does, and is told what
 * the caller meets. The words for both are those of the test files (docs/ivr.md).
 */
public final class Simulation {
  private static final String HANG_UP = "hangup";
  private static final String FAIL = "fail";
  private static final String REFUSE = "refuse";
  private static final String SPEAK = "speak";
  private static final String NOTHING = "-";
  private static final String WORD = "word:";

  private final FlowInterpreter interpreter;
  private final Caller caller;
  private final List<String> met = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private Step step;

  /** The same call once more, to go another way from here. */
  public Simulation(Simulation other) {
    this.interpreter = other.interpreter;
    this.caller = other.caller;
    this.met.addAll(other.met);
    this.taken.addAll(other.taken);
    this.step = other.step;
  }

  public Simulation(FlowInterpreter interpreter, Caller caller) {
    this.interpreter = interpreter;
    this.caller = caller;
    meet(interpreter.start(caller));
  }

  /** What the call waits for. */
  public enum Waits {
    /** The end of a prompt; it comes by itself. */
    PROMPT("hangup, fail, or nothing to listen on"),
    KEY("a key 0-9 * #, - for none, hangup or fail"),
    QUEUE(
        "how the queue ends: continue (answered), timeout, full, joinempty, withdraw, …, a key,"
            + " hangup or fail"),
    NUMBER("how the number ends: answer, busy, noanswer, chanunavail, hangup or fail"),
    MESSAGE("speak, - for nothing said, hangup or fail"),
    WORD("word:<answer of the webhook>, hangup or fail"),
    /** The note of a callback; it is taken by itself. */
    CALLBACK("refuse, hangup, fail, or nothing for yes"),
    /** The flow is over. */
    OVER("nothing more");

    private final String expected;

    Waits(String expected) {
      this.expected = expected;
    }

    /** What can be done there, for people. */
    public String expected() {
      return expected;
    }

    /** Whether it goes on by itself. */
    boolean byItself() {
      return this == PROMPT || this == CALLBACK;
    }
  }

  public Waits waits() {
    return switch (step.last()) {
      case FlowAction.Play _ -> Waits.PROMPT;
      case FlowAction.Ask _ -> Waits.KEY;
      case FlowAction.EnterQueue _ -> Waits.QUEUE;
      case FlowAction.Dial _ -> Waits.NUMBER;
      case FlowAction.RecordMessage _ -> Waits.MESSAGE;
      case FlowAction.CallWebhook _ -> Waits.WORD;
      case FlowAction.RequestCallback _ -> Waits.CALLBACK;
      case FlowAction.HangUp _, FlowAction.FallBack _, FlowAction.Quit _ -> Waits.OVER;
      case FlowAction.Answer _,
          FlowAction.Say _,
          FlowAction.NoteKeys _,
          FlowAction.NoteCaller _,
          FlowAction.NoteSurvey _,
          FlowAction.NoteAffected _ ->
          throw new IllegalStateException("ends with " + step.last());
    };
  }

  /** The node that the call is at. */
  public String node() {
    return step.state().node();
  }

  /** All that was met, in order, with a space between. */
  public String met() {
    return String.join(" ", met);
  }

  /** The ways that the call took. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /**
   * Does one thing after the other, until nothing is left or the flow is over.
   *
   * @throws IllegalArgumentException for what cannot be done where the call is
   */
  public void does(List<String> doings) {
    does(doings, here -> {});
  }

  /**
   * @param everywhere told of the call at every place where something can be done
   * @see #does(List)
   */
  public void does(List<String> doings, Consumer<Simulation> everywhere) {
    for (String doing : doings) {
      while (waits().byItself() && !fits(doing)) {
        everywhere.accept(this);
        goOn();
      }
      everywhere.accept(this);
      does(doing);
    }
    while (waits().byItself()) {
      everywhere.accept(this);
      goOn();
    }
    if (waits() != Waits.OVER) {
      everywhere.accept(this);
    }
  }

  /** Whether a prompt, or the note of a callback, is what somebody wants to break off here. */
  private boolean fits(String doing) {
    return doing.equals(HANG_UP)
        || doing.equals(FAIL)
        || (doing.equals(REFUSE) && waits() == Waits.CALLBACK);
  }

  private void goOn() {
    next(waits() == Waits.PROMPT ? new FlowEvent.Played() : new FlowEvent.Done());
  }

  private void does(String doing) {
    Waits waits = waits();
    if (waits == Waits.OVER) {
      throw new IllegalArgumentException(
          "'" + doing + "' after the end of the call, which met: " + met());
    }
    if (doing.equals(HANG_UP)) {
      hangUp(waits);
      return;
    }
    if (doing.equals(FAIL)) {
      fail(waits);
      return;
    }
    switch (waits) {
      case KEY -> keys(doing);
      case QUEUE, NUMBER -> back(doing, waits);
      case MESSAGE -> message(doing);
      case WORD -> word(doing);
      case CALLBACK -> {
        if (!doing.equals(REFUSE)) {
          throw cannot(doing, waits);
        }
        next(new FlowEvent.Refused("simulated"));
      }
      case PROMPT, OVER -> throw cannot(doing, waits);
    }
  }

  /** In a queue or a talk a hang-up is the end: the dialplan asks nobody. */
  private void hangUp(Waits waits) {
    if (waits == Waits.QUEUE || waits == Waits.NUMBER) {
      interpreter
          .node(node())
          .map(node -> node.exits().get(Exit.HANGUP))
          .ifPresent(_ -> taken.add(new Taken(node(), Flow.way(Exit.HANGUP))));
      met.add("[gone]");
      step = new Step(step.state(), List.of(new FlowAction.Quit()), List.of());
      return;
    }
    next(new FlowEvent.CallerGone());
  }

  private void fail(Waits waits) {
    if (waits == Waits.QUEUE || waits == Waits.NUMBER) {
      meet(interpreter.resume(resume(), "", caller));
    } else {
      next(new FlowEvent.Failed("simulated"));
    }
  }

  /** Several keys in a row are pressed as long as keys are waited for at this node. */
  private void keys(String doing) {
    if (doing.equals(NOTHING)) {
      next(new FlowEvent.NoKey());
      return;
    }
    if (!doing.matches("[0-9*#]{1,32}")) {
      throw cannot(doing, Waits.KEY);
    }
    for (String key : doing.split("")) {
      if (waits() != Waits.KEY) {
        throw new IllegalArgumentException(
            "key " + key + " of '" + doing + "' where no key is waited for, after: " + met());
      }
      next(new FlowEvent.Key(key));
    }
  }

  private void back(String doing, Waits waits) {
    String status = doing.toUpperCase(Locale.ROOT).replace('-', '_');
    boolean queue = waits == Waits.QUEUE;
    if (queue && doing.matches("[0-9*#]")) {
      status = QueueReturn.LEFT_BY_KEY.name() + ":" + doing;
    } else if (queue ? QueueReturn.parse(status).isEmpty() : DialReturn.parse(status).isEmpty()) {
      throw cannot(doing, waits);
    }
    meet(interpreter.resume(resume(), status, caller));
  }

  private String resume() {
    return switch (step.last()) {
      case FlowAction.EnterQueue queue -> queue.resume();
      case FlowAction.Dial dial -> dial.resume();
      default -> throw new IllegalStateException("nothing to come back to");
    };
  }

  private void message(String doing) {
    switch (doing) {
      case SPEAK -> next(new FlowEvent.Recorded());
      case NOTHING -> next(new FlowEvent.NothingSaid());
      default -> throw cannot(doing, Waits.MESSAGE);
    }
  }

  private void word(String doing) {
    if (!doing.startsWith(WORD)) {
      throw cannot(doing, Waits.WORD);
    }
    next(new FlowEvent.Word(doing.substring(WORD.length())));
  }

  private IllegalArgumentException cannot(String doing, Waits waits) {
    return new IllegalArgumentException(
        "'" + doing + "' at node " + node() + ", expected " + waits.expected() + "; met: " + met());
  }

  private void next(FlowEvent event) {
    meet(interpreter.next(step.state(), event));
  }

  private void meet(Step next) {
    step = next;
    taken.addAll(next.taken());
    next.actions().forEach(action -> words(action).ifPresent(met::add));
  }

  private static Optional<String> words(FlowAction action) {
    return switch (action) {
      case FlowAction.Answer _, FlowAction.NoteKeys _ -> Optional.empty();
      case FlowAction.Say say -> Optional.of(String.join(" ", say.prompts()));
      case FlowAction.Play play -> Optional.of(String.join(" ", play.prompts()));
      // Between the digits of one answer nothing is played.
      case FlowAction.Ask ask ->
          ask.prompts().isEmpty()
              ? Optional.empty()
              : Optional.of(String.join(" ", ask.prompts()) + "?");
      case FlowAction.NoteCaller caller -> Optional.of("[caller " + caller.staff() + "]");
      case FlowAction.NoteSurvey survey -> Optional.of("[mark " + survey.mark() + "]");
      case FlowAction.NoteAffected affected -> Optional.of("[affected " + affected.notice() + "]");
      case FlowAction.RequestCallback callback ->
          Optional.of("[callback " + callback.desk().id() + " " + callback.number() + "]");
      case FlowAction.RecordMessage message ->
          Optional.of(
              String.join(" ", message.prompts()) + " [message " + message.desk().id() + "]");
      case FlowAction.CallWebhook webhook -> Optional.of("[webhook " + webhook.hook() + "]");
      case FlowAction.EnterQueue queue ->
          Optional.of("[queue " + queue.desk().id() + " by " + queue.rule() + "]");
      case FlowAction.Dial dial -> Optional.of("[dial " + dial.number() + "]");
      case FlowAction.HangUp _ -> Optional.of("[hung up]");
      case FlowAction.FallBack _ -> Optional.of("[static queue]");
      case FlowAction.Quit _ -> Optional.of("[gone]");
    };
  }
}
