package cti.server.ami;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asteriskjava.manager.internal.ManagerReaderImpl;
import org.asteriskjava.util.SocketConnectionFacade;

/**
 * asterisk-java's AMI reader as a reference: runs its real read loop over a stream and keeps the
 * attributes of each message as its parser made them, before they become event objects.
 */
final class ReferenceReader {
  private static final String PACKAGE = "org.asteriskjava.manager.internal.";

  private ReferenceReader() {}

  /** Messages in order: lower-case names, each with its stripped values in order. */
  static List<Map<String, List<String>>> read(byte[] stream) throws ReflectiveOperationException {
    List<Map<String, List<String>>> messages = new ArrayList<>();
    ManagerReaderImpl reader =
        ManagerReaderImpl.class
            .getConstructor(Class.forName(PACKAGE + "Dispatcher"), Object.class)
            .newInstance(proxy("Dispatcher", (self, method, arguments) -> null), new Object());
    InvocationHandler keep =
        (self, method, arguments) -> {
          if (method.getName().startsWith("build")) {
            for (Object argument : arguments) {
              if (argument instanceof Map<?, ?> attributes) {
                messages.add(copy(attributes));
              }
            }
          }
          return null;
        };
    replace(reader, "eventBuilder", proxy("EventBuilder", keep));
    replace(reader, "responseBuilder", proxy("ResponseBuilder", keep));
    Iterator<String> lines =
        List.of(new String(stream, StandardCharsets.UTF_8).split("\r\n", -1)).iterator();
    reader.setSocket(socket(lines));
    reader.run();
    Optional.ofNullable(reader.getTerminationException())
        .ifPresent(
            failure -> {
              throw new AssertionError("the reference reader failed", failure);
            });
    return messages;
  }

  private static Map<String, List<String>> copy(Map<?, ?> attributes) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          List<String> values = new ArrayList<>();
          if (value instanceof List<?> several) {
            several.forEach(one -> values.add(one.toString()));
          } else {
            values.add(value.toString());
          }
          copy.put(name.toString(), values);
        });
    return copy;
  }

  private static SocketConnectionFacade socket(Iterator<String> lines) {
    return (SocketConnectionFacade)
        Proxy.newProxyInstance(
            SocketConnectionFacade.class.getClassLoader(),
            new Class<?>[] {SocketConnectionFacade.class},
            (self, method, arguments) ->
                method.getName().equals("readLine") && lines.hasNext() ? lines.next() : null);
  }

  private static Object proxy(String type, InvocationHandler handler)
      throws ClassNotFoundException {
    Class<?> kind = Class.forName(PACKAGE + type);
    return Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, handler);
  }

  private static void replace(Object target, String field, Object value)
      throws ReflectiveOperationException {
    Field known = target.getClass().getDeclaredField(field);
    known.setAccessible(true);
    known.set(target, value);
  }
}
