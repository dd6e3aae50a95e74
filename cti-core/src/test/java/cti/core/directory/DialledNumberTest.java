package cti.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.id.SiteId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is dialled for a number of the directory, by the dial plan of the site that dials. */
class DialledNumberTest {
  @ParameterizedTest(name = "{0} ({1}) from a site with prefix {4} in area {3} is {5}")
  @CsvSource(
      value = {
        // given, E.164, extension, area and prefix of the site, dialled
        "13900000028, +8613900000028, '', 20, 9, 913900000028",
        "13900000028, +8613900000028, '', 20, 0, 013900000028",
        "13900000028, +8613900000028, '', 20, '', 13900000028",
        "+86 139 0000 0028, +8613900000028, '', 20, '', 13900000028",
        "88881234, +862088881234, '', 20, 9, 988881234",
        "88881234, +862088881234, '', 757, 9, 902088881234",
        "88881234, +862088881234, '', 757, '', 02088881234",
        "+852 2345 6789, +85223456789, '', 20, 9, 90085223456789",
        "95000, '', '', 20, 9, 995000",
        "86662950, +862086662950, 2950, 20, 9, 2950",
        "86662950, +862086662950, 2950, 20, '', 2950"
      })
  void isOfTheDiallingSite(
      String given, String e164, String extension, String area, String prefix, String dialled) {
    PhoneNumber number =
        new PhoneNumber(
            given,
            NumberKind.OFFICE_LINE,
            Optional.of(e164).filter(text -> !text.isEmpty()),
            Optional.of(extension).filter(text -> !text.isEmpty()));
    Site from = new Site(new SiteId("gz"), "", SiteKind.FACTORY, area, List.of(), "", prefix);
    assertEquals(dialled, DialPlan.dialled(number, from));
  }
}
