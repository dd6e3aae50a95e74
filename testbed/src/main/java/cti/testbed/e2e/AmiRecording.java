package cti.testbed.e2e;

import cti.testbed.client.Unexpected;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway tells the user of conf/asterisk/manager_cti.conf meanwhile, byte for byte, from
 * the greeting to the log-off: a second session beside that of cti-server.
 */
final class AmiRecording implements AutoCloseable {
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 4 << 20;

  private final Socket socket;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final Thread reader;

  private AmiRecording(Socket socket) {
    this.socket = socket;
    this.reader = Thread.ofVirtual().name("ami-recording").start(this::read);
  }

  /** Logs in and waits until events are being told. */
  static AmiRecording begin(TestbedEnvironment gateway) throws IOException, InterruptedException {
    AmiRecording recording = new AmiRecording(new Socket(gateway.amiHost(), gateway.amiPort()));
    recording.say(
        "Action: Login\r\nUsername: %s\r\nSecret: %s\r\n\r\n"
            .formatted(gateway.amiUser(), gateway.amiSecret()));
    recording.await("Event: FullyBooted");
    return recording;
  }

  /** Logs off, unless the gateway has ended the session; everything that was heard. */
  byte[] end() throws IOException, InterruptedException {
    if (reader.isAlive()) {
      say("Action: Logoff\r\n\r\n");
    }
    if (!reader.join(TO_ANSWER)) {
      throw Unexpected.instead("the end of an AMI session", "open after " + TO_ANSWER);
    }
    return heard.toByteArray();
  }

  private void say(String action) throws IOException {
    // Nothing behind it: to a log-off the gateway may have closed the connection by then.
    socket.getOutputStream().write(action.getBytes(StandardCharsets.US_ASCII));
  }

  private void await(String words) throws InterruptedException {
    long end = System.nanoTime() + TO_ANSWER.toNanos();
    synchronized (heard) {
      while (!heard.toString(StandardCharsets.UTF_8).contains(words)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !reader.isAlive()) {
          throw Unexpected.instead("'" + words + "' of the AMI", heard.size() + " other bytes");
        }
        heard.wait(left);
      }
    }
  }

  private void read() {
    byte[] some = new byte[8192];
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        synchronized (heard) {
          if (heard.size() + count > MOST_BYTES) {
            throw new IOException("a scenario of more than " + MOST_BYTES + " bytes of AMI");
          }
          heard.write(some, 0, count);
          heard.notifyAll();
        }
      }
    } catch (IOException broken) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(broken);
      }
    } finally {
      synchronized (heard) {
        heard.notifyAll();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
