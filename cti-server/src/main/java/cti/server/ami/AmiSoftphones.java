package cti.server.ami;

import cti.core.port.GatewaySoftphones;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Accounts of phones in browsers, written by the dialplan: [cti-softphone-account] of
 * extensions_cti.conf, which a channel of ours passes through. AMI itself may not write into astdb:
 * the function DB is dangerous to it (pbx_functions.c), the action DBPut takes {@code system}, and
 * with it a shell.
 */
public final class AmiSoftphones implements GatewaySoftphones {
  /** What a gateway that takes such phones has set. */
  private static final String CODECS = "CTI_SOFTPHONE_CODECS";

  private static final String CONTEXT = "cti-softphone-account";

  /** Where the dialplan says that it is done, by account. */
  private static final String DONE = "CTI_SOFTPHONE_DONE_";

  private static final String FAMILY = "cti-softphone";
  private static final int LOOKS = 40;
  private static final long LOOK_MILLIS = 75;

  private final Supplier<Optional<AmiLink>> link;

  /**
   * @param link empty before it was made
   */
  public AmiSoftphones(Supplier<Optional<AmiLink>> link) {
    this.link = link;
  }

  @Override
  public CompletionStage<Void> write(Account account) {
    String mark = UUID.randomUUID().toString();
    return value(CODECS)
        .thenCompose(
            codecs -> {
              if (codecs.isEmpty()) {
                throw new NotTaken(CODECS + " is not set on the gateway", false);
              }
              return send(
                  AmiAction.of("Originate")
                      .with("Channel", "Local/put@" + CONTEXT + "/n")
                      .with("Context", CONTEXT)
                      .with("Exten", "done")
                      .with("Priority", 1)
                      .with("Timeout", 5_000)
                      .with("Async", true)
                      // No call: nothing of it belongs among the records.
                      .withVariable("CDR_PROP(disable)", "1")
                      .withVariable("__CTI_ACCOUNT", account.name())
                      .withVariable("__CTI_ACCOUNT_NUMBER", account.number())
                      .withVariable("__CTI_ACCOUNT_CONTEXT", account.context())
                      .withVariable("__CTI_ACCOUNT_PASSWORD", account.password())
                      .withVariable("__CTI_ACCOUNT_MARK", mark));
            })
        .thenCompose(queued -> done(account.name(), mark, LOOKS));
  }

  private CompletionStage<Void> done(String account, String mark, int looks) {
    return value(DONE + account)
        .thenCompose(
            seen -> {
              if (seen.equals(Optional.of(mark))) {
                return CompletableFuture.completedFuture(null);
              }
              if (looks == 0) {
                throw new NotTaken("[" + CONTEXT + "] of the gateway did not answer in time", true);
              }
              return CompletableFuture.supplyAsync(
                      () -> looks,
                      CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                  .thenCompose(more -> done(account, mark, more - 1));
            });
  }

  /** DB_DELETE is no danger to AMI, but for what it reads. */
  @Override
  public CompletionStage<Void> remove(String name) {
    return CompletableFuture.allOf(
        Stream.of("auth", "aor", "endpoint")
            .map(
                type ->
                    send(AmiAction.of("Setvar")
                            .with("Variable", "DB_DELETE(" + FAMILY + "/" + type + "/" + name + ")")
                            .with("Value", ""))
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<List<String>> names() {
    return value("DB_KEYS(" + FAMILY + "/auth)")
        .thenApply(
            keys ->
                keys.stream()
                    .flatMap(all -> Stream.of(all.split(",")))
                    .filter(key -> !key.isBlank())
                    .toList());
  }

  private CompletionStage<Optional<String>> value(String variable) {
    return send(AmiAction.of("Getvar").with("Variable", variable))
        .thenApply(
            reply ->
                Optional.ofNullable(reply.response().get("Value")).filter(text -> !text.isEmpty()));
  }

  private CompletionStage<AmiReply> send(AmiAction action) {
    Optional<AmiLink> now = link.get();
    if (now.isEmpty()) {
      return CompletableFuture.failedFuture(new NotTaken("the gateway was not linked yet", true));
    }
    return now.get()
        .send(action)
        .handle(
            (reply, thrown) -> {
              if (thrown != null) {
                throw new NotTaken(LinkLoss.innermost(thrown), true);
              }
              if (!reply.success()) {
                throw new NotTaken(action.name() + " was refused: " + reply.message(), true);
              }
              return reply;
            });
  }
}
