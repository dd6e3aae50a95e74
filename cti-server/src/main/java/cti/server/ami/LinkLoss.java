package cti.server.ami;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Why an attempt or a link ended. */
public sealed interface LinkLoss {
  /** One sentence for logs and health pages; no secrets. */
  String message();

  /** True where trying again cannot help until somebody changes a setting. */
  default boolean permanent() {
    return false;
  }

  /** No TCP connection: refused, unreachable, unknown name, or not within the time limit. */
  record Refused(AmiEndpoint endpoint, String detail) implements LinkLoss {
    @Override
    public String message() {
      return "no connection to " + endpoint + ": " + detail;
    }
  }

  /**
   * The encrypted connection could not be agreed on.
   *
   * @param untrusted the gateway's certificate is not trusted, or names another host
   */
  record TlsFailed(AmiEndpoint endpoint, String detail, boolean untrusted) implements LinkLoss {
    @Override
    public boolean permanent() {
      return untrusted;
    }

    @Override
    public String message() {
      return "no TLS with " + endpoint + ": " + detail;
    }
  }

  /** The gateway refused the login. */
  record LoginRejected(String user, String gatewayMessage) implements LinkLoss {
    /** Asterisk's words for a wrong user, secret or address (main/manager.c, action_login). */
    private static final String WRONG_CREDENTIALS = "Authentication failed";

    @Override
    public boolean permanent() {
      return gatewayMessage.equalsIgnoreCase(WRONG_CREDENTIALS);
    }

    @Override
    public String message() {
      String expected =
          permanent() ? "; expected user, secret and permitted address as in manager.conf" : "";
      return "the gateway rejected the login of user '" + user + "': " + gatewayMessage + expected;
    }
  }

  /** Connected, but the gateway did not get to the next step in time. */
  record NoProgress(AmiLinkState during, Duration limit) implements LinkLoss {
    @Override
    public String message() {
      String hint =
          during == AmiLinkState.AWAITING_BOOT
              ? "; is it still starting, or does the user lack 'read = system'?"
              : "";
      return "the gateway kept the link in %s for %d ms%s"
          .formatted(during, limit.toMillis(), hint);
    }
  }

  /** The gateway, or something on the way, ended the connection. */
  record ClosedByGateway(AmiLinkState during, String detail) implements LinkLoss {
    @Override
    public String message() {
      return "the gateway closed the connection in " + during + ": " + detail;
    }
  }

  /** The connection stands but nobody answers: half-open. */
  record PingLost(int misses, Duration interval) implements LinkLoss {
    @Override
    public String message() {
      return "%d pings, one every %d ms, without any answer".formatted(misses, interval.toMillis());
    }
  }

  /** The gateway sent what the protocol does not allow, or went past a bound. */
  record ProtocolError(String detail) implements LinkLoss {
    @Override
    public String message() {
      return "protocol error: " + detail;
    }
  }

  /** A fault of this product while it read; the log has its stack. */
  record Defect(String detail) implements LinkLoss {
    @Override
    public String message() {
      return "defect: " + detail;
    }
  }

  /** We ended it. */
  record Stopped() implements LinkLoss {
    @Override
    public String message() {
      return "the link was stopped";
    }
  }

  /** Why a connection to the endpoint failed with that exception. */
  static LinkLoss of(Throwable cause, AmiLinkState during, AmiEndpoint endpoint) {
    if (cause instanceof AmiProtocolException protocol) {
      return new ProtocolError(protocol.getMessage());
    }
    if (during == AmiLinkState.AWAITING_BANNER && has(cause, SSLException.class)) {
      return new TlsFailed(endpoint, innermost(cause), has(cause, CertificateException.class));
    }
    if (has(cause, IOException.class)) {
      return new ClosedByGateway(during, innermost(cause));
    }
    return new Defect(innermost(cause));
  }

  /** The words of the cause at the bottom. */
  static String innermost(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static boolean has(Throwable cause, Class<? extends Throwable> kind) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
