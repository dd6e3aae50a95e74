package cti.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.desk.Site;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer.Normalized;
import cti.core.directory.PhoneNumber;
import cti.core.id.SiteId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibPhoneNumberNormalizerTest {
  private final LibPhoneNumberNormalizer normalizer = new LibPhoneNumberNormalizer();
  private final SampleCatalog sample = SampleCatalog.load();

  private String normal(String given, NumberKind kind, String siteId) {
    Site site =
        sample.sites().stream()
            .filter(known -> known.id().equals(new SiteId(siteId)))
            .findFirst()
            .orElseThrow();
    return switch (normalizer.normalize(given, kind, site)) {
      case Normalized.Valid valid -> {
        PhoneNumber number = valid.number();
        assertEquals(given, number.given());
        yield number.e164().orElse("-") + " " + number.extension().orElse("-");
      }
      case Normalized.Problem problem -> problem.what().text().split(";")[0];
    };
  }

  @ParameterizedTest(name = "{0} at {1} is {2}")
  @CsvSource({
    "0757-8888 1234, hq, +8675788881234 1234",
    "075788881234, hq, +8675788881234 1234",
    "（0757）88881234, hq, +8675788881234 1234",
    "０７５７－８８８８１２３４, hq, +8675788881234 1234",
    "+86 757 8888 1234, hq, +8675788881234 1234",
    "008675788881234, hq, +8675788881234 1234",
    "88881234, hq, +8675788881234 1234",
    "1234, hq, +8675788881234 1234",
    // nobody's extension behind another prefix, or outside the ranges
    "0757-8888 7777, hq, +8675788887777 -",
    "0757-2222 1234, hq, +8675722221234 -",
    "88881234, gz, +862088881234 -",
    "8661234, sg, +867518661234 -",
    "8663001, sg, +867518663001 3001",
    "5001, zj, - 5001",
    "4950, zj, - 4950",
    "4950, mz, +867532334950 4950",
    // an extension behind a shared number
    "0757-88880000-1234, hq, +8675788880000 1234",
    "0757-88880000转1234, hq, +8675788880000 1234",
    "0757-88880000 转 1234, hq, +8675788880000 1234",
    "88880000分机1234, hq, +8675788880000 1234",
    "88880000 ext. 1234, hq, +8675788880000 1234",
    "88880000-1234, hq, +8675788880000 1234",
    // other places
    "+852 2345 6789, hq, +85223456789 -",
    "13900000001, hq, +8613900000001 -",
  })
  void officeLines(String given, String site, String expected) {
    assertEquals(expected, normal(given, NumberKind.OFFICE_LINE, site));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "13900000001, +8613900000001 -",
    "139 0000 0001, +8613900000001 -",
    "139-0000-0001, +8613900000001 -",
    "+86 139 0000 0001, +8613900000001 -",
    "013900000001, +8613900000001 -",
    // blocks that tables do not know yet
    "14100000001, +8614100000001 -",
    "+85291234567, +85291234567 -",
  })
  void mobiles(String given, String expected) {
    assertEquals(expected, normal(given, NumberKind.MOBILE, "hq"));
  }

  @ParameterizedTest(name = "{0} is refused")
  @CsvSource({
    "abc, OFFICE_LINE, number 'abc' has something that is no part of a number",
    "12, OFFICE_LINE, 'number ''12'' is neither a number with area code, a local number, a mobile"
        + " nor an extension of site hq'",
    "9999, OFFICE_LINE, 'number ''9999'' is neither a number with area code, a local number, a"
        + " mobile nor an extension of site hq'",
    "0757-888812, OFFICE_LINE, 'number ''0757-888812'' is neither a number with area code, a local"
        + " number, a mobile nor an extension of site hq'",
    "12转1234, OFFICE_LINE, number '12转1234' has no valid number before extension 1234",
    "1234, MOBILE, 'number ''1234'' is an extension of site hq, expected a mobile'",
    "0757-88881234, MOBILE, number '0757-88881234' is no mobile",
    "1390000000, MOBILE, 'number ''1390000000'' is neither a number with area code, a local number,"
        + " a mobile nor an extension of site hq'",
  })
  void refusals(String given, NumberKind kind, String expected) {
    assertEquals(expected, normal(given, kind, "hq"));
  }
}
