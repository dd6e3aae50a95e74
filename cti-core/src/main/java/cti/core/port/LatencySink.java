package cti.core.port;

/** Where times go, from the bytes that told of an event to the frame on a screen's socket. */
@FunctionalInterface
public interface LatencySink {
  void record(long nanos);
}
