package cti.server.web.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells who a request comes from. */
public interface SessionGate {
  /** Never blocks; empty where there is no session or it is over. */
  CompletionStage<Optional<SignedIn>> find(HttpHeaders headers);
}
