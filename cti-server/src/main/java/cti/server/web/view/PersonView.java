package cti.server.web.view;

import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.server.web.http.Words;
import java.util.List;
import java.util.Optional;

/** All that the directory knows of a person. Texts that are not known are empty. */
public record PersonView(
    String staff,
    String name,
    String department,
    String site,
    String siteName,
    String office,
    List<NumberView> numbers,
    String email,
    String status,
    boolean vip,
    String remark) {

  /** A number as given; {@code e164} and {@code extension} where it has them. */
  public record NumberView(
      String given, String kind, Optional<String> e164, Optional<String> extension) {
    static NumberView of(PhoneNumber number) {
      return new NumberView(
          number.given(), Words.of(number.kind()), number.e164(), number.extension());
    }
  }

  static PersonView of(StaffMember member, String siteName) {
    return new PersonView(
        member.id().value(),
        member.name(),
        member.department().toString(),
        member.site().value(),
        siteName,
        member.officeAddress(),
        member.numbers().stream().map(NumberView::of).toList(),
        member.email(),
        Words.of(member.status()),
        member.vip(),
        member.remark());
  }
}
