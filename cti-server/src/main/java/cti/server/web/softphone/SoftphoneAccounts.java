package cti.server.web.softphone;

import cti.core.port.GatewaySoftphones;
import cti.core.port.GatewaySoftphones.NotTaken;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Phones in browsers as the gateway knows them. */
final class SoftphoneAccounts {
  private static final Logger log = LoggerFactory.getLogger(SoftphoneAccounts.class);

  /** Of every account, so that nothing else of the gateway's can be meant. */
  static final String AGENTS = "cti-web-";

  static final String CALLERS = "cti-try-";

  /** As [cti-softphone-account] of extensions_cti.conf has it. */
  static final int REGISTER_SECONDS = 60;

  private static final String AGENTS_CONTEXT = "cti-softphone";
  private static final String CALLERS_CONTEXT = "cti-hotline";

  private final GatewaySoftphones gateway;

  SoftphoneAccounts(GatewaySoftphones gateway) {
    this.gateway = gateway;
  }

  /** Writes the account of a phone, with its present password. */
  CompletionStage<Void> write(Softphone phone) {
    return gateway
        .write(
            new GatewaySoftphones.Account(
                phone.account(),
                phone.number(),
                phone.agent().isPresent() ? AGENTS_CONTEXT : CALLERS_CONTEXT,
                phone.password()))
        .exceptionally(
            failure -> {
              throw asFault(phone.account(), failure);
            });
  }

  private static RuntimeException asFault(String account, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof NotTaken refused)) {
      return new CompletionException(cause);
    }
    log.warn("web: account {} was not taken by the gateway: {}", account, refused.getMessage());
    return new Fault(
        refused.away()
            ? Problem.of(503, "gateway-away", "The gateway cannot be asked", refused.getMessage())
            : Problem.of(
                409,
                "no-softphones",
                "The gateway takes no phones in browsers",
                refused.getMessage() + ", expected what extensions_cti.conf says"));
  }

  /** Takes an account away: nobody registers with it any more, and nobody is reached by it. */
  CompletionStage<Void> remove(String account) {
    return gateway.remove(account);
  }

  /**
   * Takes away what an earlier run left.
   *
   * @param kept accounts that are in use
   * @return what was taken away
   */
  CompletionStage<List<String>> sweep(Set<String> kept) {
    return gateway
        .names()
        .thenCompose(
            found -> {
              List<String> stale =
                  found.stream()
                      .filter(name -> name.startsWith(AGENTS) || name.startsWith(CALLERS))
                      .filter(name -> !kept.contains(name))
                      .toList();
              return CompletableFuture.allOf(
                      stale.stream()
                          .map(name -> remove(name).toCompletableFuture())
                          .toArray(CompletableFuture[]::new))
                  .thenApply(done -> stale);
            });
  }
}
