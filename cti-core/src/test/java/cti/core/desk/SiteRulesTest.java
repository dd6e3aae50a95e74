package cti.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Site.ExtensionRange;
import cti.core.id.SiteId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteRulesTest {
  private static final Site HQ = site("hq", "757", "8888", "9", "1000-1999;8000-8099");

  private static Site site(String id, String area, String direct, String outside, String ranges) {
    return new Site(
        new SiteId(id),
        "场所 " + id,
        SiteKind.FACTORY,
        area,
        Stream.of(ranges.split(";")).map(ExtensionRange::parse).toList(),
        direct,
        outside);
  }

  @Test
  void aGoodSiteHasNoFault() {
    assertEquals(List.of(), SiteRules.faults(HQ, List.of()));
    assertEquals(List.of(), SiteRules.faults(HQ, List.of(HQ)), "itself is no other one");
    Site sharing = site("gz", "20", "8888", "9", "1000-1999");
    assertEquals(List.of(), SiteRules.faults(sharing, List.of(HQ)), "extensions may be shared");
  }

  @ParameterizedTest
  @CsvSource({
    "gz, 0757, 8888, 9, 1000-1999, areaCode is '0757'",
    "gz, 757, 88x8, 9, 1000-1999, directPrefix is '88x8'",
    "gz, 20, 8888, 99999, 1000-1999, outsidePrefix is '99999'",
    "GZ, 20, 8888, 9, 1000-1999, id is 'GZ'",
    "gz, 20, 8888, 9, 1000-1999;1500-1600, extensions 1500-1600 overlap 1000-1999",
    "gz, 20, 88, 9, 1000-1999, makes a number of 6 digits",
    "gz, 20, 8888, 9, 9000-9999, begin with the outside prefix 9",
    "gz, 757, 8888, 9, 1900-2100, overlap 1000-1999 of site hq",
  })
  void everyFaultNamesTheValue(
      String id, String area, String direct, String outside, String ranges, String fault) {
    List<String> faults = SiteRules.faults(site(id, area, direct, outside, ranges), List.of(HQ));
    assertTrue(faults.stream().anyMatch(one -> one.contains(fault)), faults.toString());
    assertTrue(faults.stream().allMatch(one -> one.contains("expected")), faults.toString());
  }
}
