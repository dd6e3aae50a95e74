package cti.core.directory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fact about a person, in the order of the columns of a file; each has a form as text. */
public enum StaffField {
  ID(32),
  NAME(100),
  DEPARTMENT(500),
  SITE(32),
  ADDRESS(200),
  OFFICE(600),
  MOBILE(600),
  EMAIL(254),
  STATUS(16),
  VIP(3),
  REMARK(500);

  private final int longest;

  StaffField(int longest) {
    this.longest = longest;
  }

  /** Its name in files, requests and audit lines. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The most characters that its text may have. */
  public int longest() {
    return longest;
  }

  /** The field of a column, where there is one. */
  public static Optional<StaffField> of(String column) {
    return Stream.of(values()).filter(field -> field.column().equals(column)).findFirst();
  }

  /** The names of all columns, in their order. */
  public static List<String> columns() {
    return Stream.of(values()).map(StaffField::column).toList();
  }

  /** The text of this fact; several numbers of a kind stand with ; between, as given. */
  public String text(StaffMember member) {
    return switch (this) {
      case ID -> member.id().value();
      case NAME -> member.name();
      case DEPARTMENT -> member.department().toString();
      case SITE -> member.site().value();
      case ADDRESS -> member.officeAddress();
      case OFFICE -> numbers(member, NumberKind.OFFICE_LINE);
      case MOBILE -> numbers(member, NumberKind.MOBILE);
      case EMAIL -> member.email();
      case STATUS -> member.status().name().toLowerCase(Locale.ROOT);
      case VIP -> member.vip() ? "yes" : "";
      case REMARK -> member.remark();
    };
  }

  /** All facts as texts, by column, in order. */
  public static SequencedMap<String, String> texts(StaffMember member) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (StaffField field : values()) {
      texts.put(field.column(), field.text(member));
    }
    return texts;
  }

  private static String numbers(StaffMember member, NumberKind kind) {
    return member.numbers().stream()
        .filter(number -> number.kind() == kind)
        .map(PhoneNumber::given)
        .collect(Collectors.joining(";"));
  }
}
