package cti.server.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Optional;

/** What a request leads to: an answer, or a change of protocol. */
public sealed interface Reaction permits Answer, FileAnswer, Reaction.Upgrade, Reaction.Passage {
  /**
   * The connection becomes a stream.
   *
   * @param who is signed in; empty for a stream that is open to everybody and asks for itself
   */
  record Upgrade(Optional<SignedIn> who) implements Reaction {}

  /** The connection becomes a WebSocket of another kind. */
  record Passage(Opening opening) implements Reaction {}

  /** What makes a WebSocket of a connection; told one of the two, once, on its I/O thread. */
  interface Opening {
    /** Answers the handshake; takes over the request. */
    void open(ChannelHandlerContext ctx, FullHttpRequest request);

    /** The client has left meanwhile. */
    void abandon();
  }
}
