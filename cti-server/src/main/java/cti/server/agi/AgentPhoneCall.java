package cti.server.agi;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.PauseReason;
import cti.core.engine.AgentCommand;
import cti.core.engine.Reply;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.ivr.PhonePrompt;
import cti.core.port.AgentPhones;
import cti.core.port.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asteriskjava.fastagi.AgiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent at a desk phone without a PC. Who is logged on at the phone is known by it. Who logs on
 * is known by it too where it is their own phone and nobody else's; at any other they give their
 * agent number and PIN.
 */
final class AgentPhoneCall {
  private static final Logger LOG = LoggerFactory.getLogger(AgentPhoneCall.class);
  private static final Duration KEY_WAIT = Duration.ofSeconds(6);
  private static final Duration REPLY_WAIT = Duration.ofSeconds(3);
  private static final int LONGEST_NUMBER = 12;

  private final PhoneDesk desk;
  private final CallerLine line;
  private final String language;
  private final String caller;

  AgentPhoneCall(PhoneDesk desk, CallerLine line, String language, String caller) {
    this.desk = desk;
    this.line = line;
    this.language = language;
    this.caller = caller;
  }

  /** A step that ends the dialogue with what is to be said. */
  private static final class Said extends Exception {
    private static final long serialVersionUID = 1L;
    private final PhonePrompt prompt;

    Said(PhonePrompt prompt) {
      super(prompt.id(), null, false, false);
      this.prompt = prompt;
    }
  }

  /**
   * @param code the two digits of the feature code: 61 log on, 62 log off, 63 ready, 64 not ready,
   *     65 more time for the wrap-up
   * @param key what was dialled behind it: with 64 the key of the reason; may be empty
   * @return what is to be said at the end
   */
  PhonePrompt run(String code, String key) throws AgiException {
    try {
      return switch (code) {
        case "61" -> logOn();
        case "62" -> logOff();
        case "63" -> ready();
        case "64" -> notReady(key);
        case "65" ->
            give(
                new AgentCommand.ExtendWrapUp(atThisPhone().agent()), PhonePrompt.WRAP_UP_EXTENDED);
        default -> {
          LOG.warn("Feature code '{}' is not known, expected 61 to 65", code);
          yield PhonePrompt.REFUSED;
        }
      };
    } catch (Said said) {
      return said.prompt;
    } catch (StoreUnavailableException e) {
      LOG.warn("A feature code needs the database, which is away: {}", e.getMessage());
      return PhonePrompt.AWAY;
    }
  }

  private Extension extension() throws Said {
    if (!caller.matches("[0-9]{2,20}")) {
      throw new Said(PhonePrompt.NO_EXTENSION);
    }
    return new Extension(caller);
  }

  private PhonePrompt logOff() throws Said {
    AgentStatus status = atThisPhone();
    return give(
        new AgentCommand.LogOff(status.agent(), "by-phone"),
        unlessInCall(status, PhonePrompt.LOGGED_OFF));
  }

  private PhonePrompt ready() throws Said {
    AgentStatus status = atThisPhone();
    return give(
        new AgentCommand.BecomeReady(status.agent()), unlessInCall(status, PhonePrompt.READY));
  }

  /** On a second line during a call: what is asked for waits for its end. */
  private static PhonePrompt unlessInCall(AgentStatus status, PhonePrompt atOnce) {
    return status.state() == AgentState.BUSY ? PhonePrompt.AFTER_THE_CALL : atOnce;
  }

  private AgentStatus atThisPhone() throws Said {
    return within(desk.loggedOnAt().apply(extension()))
        .orElseThrow(() -> new Said(PhonePrompt.NOT_LOGGED_ON));
  }

  private PhonePrompt notReady(String dialled) throws AgiException, Said {
    AgentStatus status = atThisPhone();
    String key = dialled.isEmpty() ? asked(PhonePrompt.ASK_PAUSE_REASON, 1) : dialled;
    PauseReason reason =
        desk.reasons().get().stream()
            .filter(PauseReason::active)
            .filter(known -> known.key().map(String::valueOf).equals(Optional.of(key)))
            .findFirst()
            .orElseThrow(() -> new Said(PhonePrompt.UNKNOWN_REASON));
    return give(
        new AgentCommand.BecomeNotReady(status.agent(), reason.id()),
        unlessInCall(status, PhonePrompt.NOT_READY));
  }

  private PhonePrompt logOn() throws AgiException, Said {
    Extension extension = extension();
    AgentId agent = whoLogsOn(extension);
    Set<DeskId> desks = desk.seats().apply(agent);
    if (desks.isEmpty()) {
      throw new Said(PhonePrompt.UNKNOWN_AGENT);
    }
    Reply reply = ask(new AgentCommand.LogOn(agent, extension, desks));
    if (reply instanceof Reply.Refusal refusal) {
      PhonePrompt question =
          switch (refusal.id()) {
            case "extension-taken" -> PhonePrompt.ASK_TAKE_OVER;
            case "already-logged-on" -> PhonePrompt.LOGGED_ON_ELSEWHERE;
            default -> throw new Said(prompt(refusal));
          };
      if (!asked(question, 1).equals("1")) {
        throw new Said(PhonePrompt.REFUSED);
      }
      reply = ask(new AgentCommand.LogOn(agent, extension, desks, true));
      if (reply instanceof Reply.Refusal again) {
        throw new Said(prompt(again));
      }
    }
    return give(new AgentCommand.BecomeReady(agent), PhonePrompt.LOGGED_ON);
  }

  private AgentId whoLogsOn(Extension extension) throws AgiException, Said {
    List<AgentId> owners = desk.phones().at(extension);
    if (owners.size() == 1) {
      return owners.getFirst();
    }
    String number = asked(PhonePrompt.ASK_AGENT_NUMBER, LONGEST_NUMBER);
    String pin = asked(PhonePrompt.ASK_PIN, AgentPhones.MOST_DIGITS);
    AgentId agent = new AgentId(number);
    if (desk.seats().apply(agent).isEmpty()) {
      throw new Said(PhonePrompt.UNKNOWN_AGENT);
    }
    return switch (desk.phones().check(agent, pin)) {
      case RIGHT -> agent;
      case WRONG -> throw new Said(PhonePrompt.WRONG_PIN);
      case LOCKED -> throw new Said(PhonePrompt.PIN_LOCKED);
      case NONE_SET -> throw new Said(PhonePrompt.NO_PIN);
    };
  }

  /** Keys up to the hash, or as many as there may be. */
  private String asked(PhonePrompt question, int most) throws AgiException, Said {
    StringBuilder keys = new StringBuilder();
    Optional<String> key = line.ask(language, List.of(question.id()), KEY_WAIT);
    while (key.isPresent() && !key.get().equals("#")) {
      keys.append(key.get());
      if (keys.length() == most) {
        break;
      }
      key = line.ask(language, List.of(), KEY_WAIT);
    }
    if (keys.isEmpty()) {
      throw new Said(PhonePrompt.NO_INPUT);
    }
    return keys.toString();
  }

  private PhonePrompt give(AgentCommand command, PhonePrompt done) throws Said {
    return switch (ask(command)) {
      case Reply.Accepted() -> done;
      case Reply.Refusal refusal -> prompt(refusal);
    };
  }

  private Reply ask(AgentCommand command) throws Said {
    return within(desk.mailbox().ask(command));
  }

  private static PhonePrompt prompt(Reply.Refusal refusal) {
    LOG.info("Refused: {}", refusal.message());
    return switch (refusal.id()) {
      case "no-such-agent" -> PhonePrompt.UNKNOWN_AGENT;
      case "not-logged-on" -> PhonePrompt.NOT_LOGGED_ON;
      case "extension-in-call", "busy" -> PhonePrompt.EXTENSION_IN_CALL;
      case "unknown-reason" -> PhonePrompt.UNKNOWN_REASON;
      case "not-in-wrap-up" -> PhonePrompt.NO_WRAP_UP;
      case "no-more-extensions" -> PhonePrompt.NO_MORE_WRAP_UP;
      case "overloaded", "stopping", "journal-away" -> PhonePrompt.AWAY;
      default -> PhonePrompt.REFUSED;
    };
  }

  private static <T> T within(CompletionStage<T> stage) throws Said {
    try {
      return stage.toCompletableFuture().get(REPLY_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("No answer for a feature code: {}", e.toString());
      throw new Said(PhonePrompt.AWAY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Said(PhonePrompt.AWAY);
    }
  }
}
