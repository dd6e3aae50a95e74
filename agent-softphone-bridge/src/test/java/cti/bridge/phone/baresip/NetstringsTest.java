package cti.bridge.phone.baresip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.phone.baresip.Netstrings.GarbageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetstringsTest {
  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void severalInOneReadAndNoneAtTheEnd() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.write(Netstrings.frame("{\"a\":1}"));
    sent.write(Netstrings.frame(""));
    sent.write(Netstrings.frame("话机"));
    InputStream in = new ByteArrayInputStream(sent.toByteArray());
    assertEquals("{\"a\":1}", Netstrings.read(in));
    assertEquals("", Netstrings.read(in));
    assertEquals("话机", Netstrings.read(in));
    assertNull(Netstrings.read(in));
  }

  /** However the bytes come: one at a time here. */
  @Test
  void oneByteAtATime() throws IOException {
    byte[] all = Netstrings.frame("{\"event\":true}");
    InputStream slow =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at < all.length ? all[at++] & 0xff : -1;
          }

          @Override
          public int read(byte[] target, int from, int length) {
            if (length == 0) {
              return 0;
            }
            int next = read();
            if (next < 0) {
              return -1;
            }
            target[from] = (byte) next;
            return 1;
          }
        };
    assertEquals("{\"event\":true}", Netstrings.read(slow));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK | byte 'H' after 0 digits",
        ":, | byte ':' after 0 digits",
        "12345678:a, | byte '8' after 7 digits",
        "3:abcd, | byte 'd' behind a message",
        "9999999:a, | a message of 9999999 bytes",
        "3:abc | byte (end) behind a message",
      })
  void whatIsNoneSaysWhatCameAndWhatWasExpected(String text, String expected) {
    GarbageException fault =
        assertThrows(GarbageException.class, () -> Netstrings.read(bytes(text)));
    assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    assertTrue(fault.getMessage().contains("expected"), fault.getMessage());
  }

  @Test
  void anEndInTheMiddleIsALostConnection() {
    IOException fault = assertThrows(IOException.class, () -> Netstrings.read(bytes("10:abc")));
    assertEquals("the connection ended in the middle of a message", fault.getMessage());
  }
}
