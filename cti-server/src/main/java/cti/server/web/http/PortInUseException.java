package cti.server.web.http;

import java.net.BindException;

/** The port cannot be listened on; the message is for whoever started the server. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortInUseException(String address, int port, Throwable cause) {
    super(message(address, port, cause), cause);
  }

  private static String message(String address, int port, Throwable cause) {
    if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
      return "web.port " + port + " on " + address + " is in use, expected a free port";
    }
    return "web.port " + port + " on " + address + " cannot be listened on: " + cause.getMessage();
  }
}
