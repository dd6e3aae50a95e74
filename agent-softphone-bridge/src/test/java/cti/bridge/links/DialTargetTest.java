package cti.bridge.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialTargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8005 | 8005",
        "0757-8888 1234 | 075788881234",
        "+86 (757) 8888.1234 | +8675788881234",
        "tel:+86-757-8888-1234;ext=12 | +8675788881234",
        "TEL:138%200000%200001 | 13800000001",
        "tel://8005 | 8005",
        "callto:8005/ | 8005",
        "callto://+8613800000001 | +8613800000001",
        "sip:8005@pbx.example;transport=tcp | 8005",
        "sips:8005:secret@pbx.example | 8005",
        "tel:*69 | *69",
      })
  void numbersAndLinks(String text, String number) {
    assertEquals(number, DialTarget.number(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tel:",
        "tel:nobody",
        "sip:8005",
        "sip:alice@example",
        "http://example/8005",
        "tel:8005\"; reboot",
        "tel:%zz",
        "tel:12345678901234567890123456789012345678901"
      })
  void whatHoldsNoNumberSaysWhatCame(String text) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> DialTarget.number(text));
    assertTrue(fault.getMessage().contains("'" + text + "'"), fault.getMessage());
  }
}
