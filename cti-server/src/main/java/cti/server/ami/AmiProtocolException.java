package cti.server.ami;

import io.netty.handler.codec.DecoderException;

/**
 * The gateway sent what is not the manager protocol, or went past a bound. The stream cannot be
 * read on after it: the connection must be closed.
 */
public final class AmiProtocolException extends DecoderException {
  private static final long serialVersionUID = 1L;

  AmiProtocolException(String message) {
    super(message);
  }
}
