package cti.bench.codec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.asteriskjava.manager.internal.ManagerReaderImpl;
import org.asteriskjava.util.internal.SocketConnectionFacadeImpl;

/**
 * asterisk-java's reader as its connection runs it: its own line scanner, its own event objects.
 * Only the socket is one that has its bytes in memory, and the dispatcher one that counts.
 */
final class ReferenceReader {
  private static final String PACKAGE = "org.asteriskjava.manager.internal.";

  private final ManagerReaderImpl reader;
  private int events;

  ReferenceReader() throws ReflectiveOperationException {
    Class<?> dispatcher = Class.forName(PACKAGE + "Dispatcher");
    InvocationHandler count =
        (self, method, arguments) -> {
          if (method.getName().equals("dispatchEvent")) {
            events++;
          }
          return null;
        };
    reader =
        ManagerReaderImpl.class
            .getConstructor(dispatcher, Object.class)
            .newInstance(
                Proxy.newProxyInstance(
                    dispatcher.getClassLoader(), new Class<?>[] {dispatcher}, count),
                new Object());
  }

  /**
   * Reads a stream to its end.
   *
   * @return events built and dispatched; two of them are asterisk-java's own, for greeting and end
   */
  int read(byte[] stream) throws ReflectiveOperationException {
    events = 0;
    reader.setSocket(facade(new MemorySocket(stream)));
    reader.run();
    return events;
  }

  /** The facade of a manager connection: the public constructors would open a socket. */
  private static SocketConnectionFacadeImpl facade(Socket socket)
      throws ReflectiveOperationException {
    Constructor<SocketConnectionFacadeImpl> constructor =
        SocketConnectionFacadeImpl.class.getDeclaredConstructor(Socket.class);
    constructor.setAccessible(true);
    SocketConnectionFacadeImpl facade = constructor.newInstance(socket);
    Method initialize =
        SocketConnectionFacadeImpl.class.getDeclaredMethod(
            "initialize", Socket.class, Charset.class, Pattern.class);
    initialize.setAccessible(true);
    initialize.invoke(
        facade, socket, StandardCharsets.UTF_8, SocketConnectionFacadeImpl.CRNL_PATTERN);
    return facade;
  }

  private static final class MemorySocket extends Socket {
    private final byte[] bytes;

    MemorySocket(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }
}
