package cti.server.web.stream;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.engine.AgentCommand;
import cti.core.engine.Command;
import cti.core.engine.Reply;
import cti.core.engine.Reply.Refusal;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.port.Mailbox;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Words;
import cti.server.web.view.Views;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The commands of agents, however they come: who may give them, and what becomes of them. */
public final class AgentCommands {
  private static final String NO_REPLY = "no-reply";

  private final Mailbox mailbox;
  private final Duration limit;
  private final Guard guard;

  /** Refuses commands for what the engine does not know. */
  @FunctionalInterface
  public interface Guard {
    /** Empty where the command may be given; never fails. */
    CompletionStage<Optional<Refusal>> look(Command command);
  }

  /**
   * Gives commands to the loop.
   *
   * @param limit how long a reply may take; then it is a refusal {@code no-reply}
   * @param guard looks at every command first
   */
  public AgentCommands(Mailbox mailbox, Duration limit, Guard guard) {
    this.mailbox = mailbox;
    this.limit = limit;
    this.guard = guard;
  }

  /** Never fails: what goes wrong is a refusal. */
  public CompletableFuture<Reply> give(Command command) {
    return guard
        .look(command)
        .thenCompose(
            refusal ->
                refusal
                    .<CompletionStage<Reply>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> mailbox.ask(command)))
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(
            new Refusal(
                NO_REPLY,
                "no reply within " + limit.toSeconds() + " s; the command may still take effect"),
            limit.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(
            failure -> new Refusal("failed", "the command failed: " + failure.getMessage()));
  }

  /**
   * The agent whom somebody acts for.
   *
   * @param named empty for oneself
   * @throws Fault forbidden where an agent acts for another one, or somebody for one outside of
   *     their limits
   */
  public static AgentId agent(Account account, Optional<AgentId> named, Views views) {
    if (!account.role().mayDo(Role.AGENT)) {
      throw new Fault(
          Problem.forbidden(
              "role "
                  + Words.of(account.role())
                  + ", expected agent or higher; auditors change nothing"));
    }
    if (named.isPresent()) {
      if (!account.agent().equals(named) && !views.within(account.limits(), named.get())) {
        throw new Fault(
            Problem.forbidden(
                "agent "
                    + named.get()
                    + ", expected one with a seat at a desk that you are limited to"));
      }
      if (!account.agent().equals(named) && !account.role().mayDo(Role.SUPERVISOR)) {
        throw new Fault(
            Problem.forbidden(
                "agent "
                    + named.get()
                    + ", expected "
                    + account.agent().map(AgentId::value).orElse("nobody: you are no agent")
                    + "; supervisors may act for others"));
      }
      return named.get();
    }
    return account
        .agent()
        .orElseThrow(
            () ->
                new Fault(
                    Problem.forbidden(
                        "user " + account.user() + " is no agent, expected the field agent")));
  }

  public static AgentCommand logOn(AgentId agent, Body body) {
    Extension extension = Request.id("extension", body.text("extension", 1, 20), Extension::new);
    Set<DeskId> desks = desks(body);
    if (desks.isEmpty()) {
      throw new Fault(Problem.invalid("desks is empty, expected at least one desk"));
    }
    return new AgentCommand.LogOn(agent, extension, desks, body.flag("takeOver"));
  }

  private static Set<DeskId> desks(Body body) {
    return body.texts("desks", 50, 32).stream()
        .map(text -> Request.id("desks", text, DeskId::new))
        .collect(Collectors.toSet());
  }

  /** With desks: ready at those again. */
  public static AgentCommand ready(AgentId agent, Body body) {
    return new AgentCommand.BecomeReady(agent, desks(body));
  }

  /** With desks: not ready at those, and no reason is needed. */
  public static AgentCommand notReady(AgentId agent, Body body) {
    Set<DeskId> desks = desks(body);
    String reason =
        desks.isEmpty()
            ? body.text("reason", 1, 60)
            : body.optionalText("reason", 0, 60).orElse("");
    return new AgentCommand.BecomeNotReady(agent, reason, desks);
  }

  public static AgentCommand logOff(AgentId agent, Body body) {
    return new AgentCommand.LogOff(agent, body.optionalText("reason", 0, 60).orElse(""));
  }
}
