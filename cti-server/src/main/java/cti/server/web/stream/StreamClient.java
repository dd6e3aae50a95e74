package cti.server.web.stream;

import cti.server.web.http.SignedIn;

/** A subscriber, as the feed sees it. Methods never block. */
interface StreamClient {
  SignedIn who();

  /** Queues what is to be written. */
  void send(Parcel parcel);
}
