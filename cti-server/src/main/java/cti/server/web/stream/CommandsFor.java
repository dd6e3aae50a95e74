package cti.server.web.stream;

import cti.core.account.Account;
import cti.core.engine.AgentCommand;
import cti.core.engine.CallCommand;
import cti.core.engine.CallbackCommand;
import cti.core.engine.Command;
import cti.core.engine.Reply;
import cti.core.engine.Reply.Accepted;
import cti.core.engine.Reply.Refusal;
import cti.core.engine.SupervisorCommand;
import cti.core.id.AgentId;
import cti.core.port.StoreUnavailableException;
import cti.core.port.SupervisorActs;
import cti.server.web.http.Fault;
import cti.server.web.http.StoreThreads;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Commands of somebody, for themselves or for another agent. What is done to another stands in the
 * audit log before it is done, and that agent is told.
 */
public final class CommandsFor {
  private final AgentCommands commands;
  private final SupervisorActs acts;
  private final StoreThreads stores;
  private final LiveFeed feed;

  public CommandsFor(
      AgentCommands commands, SupervisorActs acts, StoreThreads stores, LiveFeed feed) {
    this.commands = commands;
    this.acts = acts;
    this.stores = stores;
    this.feed = feed;
  }

  /**
   * Never fails: what goes wrong is a refusal.
   *
   * @param note what the one who commands has to say about it
   */
  public CompletableFuture<Reply> give(Account by, Command command, Optional<String> note) {
    Optional<AgentId> other =
        agent(command).filter(agent -> !by.agent().equals(Optional.of(agent)));
    if (other.isEmpty()) {
      return commands.give(command);
    }
    Map<String, Object> facts = CommandFacts.of(command);
    note.ifPresent(text -> facts.put("note", text));
    return audited(by, word(command), "agent " + other.get(), facts, command)
        .thenApply(
            reply -> {
              if (reply instanceof Accepted) {
                set(by, command, note).ifPresent(feed::tellAgent);
              }
              return reply;
            });
  }

  /** The same for what supervisors alone may do. */
  public CompletableFuture<Reply> audited(
      Account by, String action, String subject, Map<String, ?> facts, Command command) {
    return stores
        .run(
            () -> {
              acts.note(by.user(), action, subject, facts);
              return Optional.<Reply>empty();
            })
        .exceptionally(failure -> Optional.of(refusal(failure)))
        .thenCompose(
            refused ->
                refused
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> commands.give(command)));
  }

  private static Reply refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case StoreUnavailableException _ ->
          new Refusal(
              "database-away",
              "the audit log cannot be written, and nothing is done without a line in it");
      case Fault fault -> new Refusal(fault.problem().type(), fault.problem().detail());
      default -> new Refusal("failed", "the command failed: " + cause.getMessage());
    };
  }

  private static Optional<AgentId> agent(Command command) {
    return switch (command) {
      case AgentCommand of -> Optional.of(of.agent());
      case CallCommand of -> Optional.of(of.agent());
      case CallbackCommand _, SupervisorCommand _ -> Optional.empty();
    };
  }

  /** Such as agent-become-ready. */
  private static String word(Command command) {
    String dashed = command.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2");
    return "agent-" + dashed.toLowerCase(Locale.ROOT);
  }

  private static Optional<Notices.SetBy> set(Account by, Command command, Optional<String> note) {
    return switch (command) {
      case AgentCommand.BecomeReady e ->
          Optional.of(new Notices.SetBy(e.agent(), "set-ready", by.name(), "", note));
      case AgentCommand.BecomeNotReady e ->
          Optional.of(new Notices.SetBy(e.agent(), "set-not-ready", by.name(), e.reason(), note));
      case AgentCommand.LogOff e ->
          Optional.of(new Notices.SetBy(e.agent(), "set-logged-off", by.name(), e.reason(), note));
      case Command _ -> Optional.empty();
    };
  }
}
