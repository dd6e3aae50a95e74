package cti.core.missed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.id.StaffId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyKeysTest {
  private static final StaffId ONE = new StaffId("0001");
  private static final StaffId OTHER = new StaffId("0002");

  private final PartyKeys keys = new PartyKeys(Set.of("9"));

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "0757-8888 1234, 075788881234, true",
    "007578888 1234, 0757-88881234, true",
    "+8675788881234, 075788881234, true",
    "008675788881234, 075788881234, true",
    "8675788881234, 75788881234, true",
    "+86 (0)757 88881234, 075788881234, true",
    "013800000001, 13800000001, true",
    "+8613800000001, 9013800000001, true",
    "913800000001, 13800000001, true",
    "9075788881234, 075788881234, true",
    "02088881234, 8602088881234, true",
    "8001, 8001, true",
    "9001, 001, false",
    "8001, 8002, false",
    "13800000001, 13800000002, false",
    "+14155550000, 14155550000, false",
    "88881234, 075788881234, false"
  })
  void oneNumberInManyForms(String one, String other, boolean same) {
    assertEquals(same, !Collections.disjoint(keys.of(one, List.of()), keys.of(other, List.of())));
  }

  @ParameterizedTest
  @CsvSource({"''", "anonymous", "+", "' '", "unknown"})
  void aWithheldNumberIsNobodys(String number) {
    assertEquals(Set.of(), keys.of(number, List.of()));
  }

  @Test
  void onlyASingleMatchIsAPerson() {
    assertEquals(
        Set.of(new PartyKey("P:0001"), new PartyKey("N:8001")), keys.of("8001", List.of(ONE)));
    assertEquals(Set.of(new PartyKey("N:8001")), keys.of("8001", List.of(ONE, OTHER)));
    assertEquals(Set.of(new PartyKey("P:0001")), keys.of("", List.of(ONE)));
    assertEquals(Set.of(new PartyKey("N:000")), keys.of("000", List.of()));
  }
}
