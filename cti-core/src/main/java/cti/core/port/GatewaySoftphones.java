package cti.core.port;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The accounts of phones in browsers, as the gateway keeps them in its own database. Never blocks.
 * What cannot be done fails with a {@link NotTaken}.
 */
public interface GatewaySoftphones {
  /** A gateway that takes none. */
  GatewaySoftphones NONE =
      new GatewaySoftphones() {
        @Override
        public CompletionStage<Void> write(Account account) {
          return CompletableFuture.failedFuture(new NotTaken("there is no gateway", true));
        }

        @Override
        public CompletionStage<Void> remove(String name) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<String>> names() {
          return CompletableFuture.completedFuture(List.of());
        }
      };

  /**
   * How the gateway knows a phone.
   *
   * @param name letters, digits and dashes
   * @param number that it shows to others, digits
   * @param context of the dialplan in which it calls
   * @param password letters, digits, dashes and underscores
   */
  record Account(String name, String number, String context, String password) {}

  /** Makes an account known, in the place of an earlier one of the same name. */
  CompletionStage<Void> write(Account account);

  /**
   * Nobody registers by that name any more, nor is reached by it; no fault where it is not there.
   */
  CompletionStage<Void> remove(String name);

  /** Names of accounts that the gateway has; the first ones where there are many. */
  CompletionStage<List<String>> names();

  /** Why the gateway did not do it. */
  final class NotTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean away;

    /**
     * @param away it may do it later; else it takes no such phones
     */
    public NotTaken(String message, boolean away) {
      super(message);
      this.away = away;
    }

    public boolean away() {
      return away;
    }
  }
}
