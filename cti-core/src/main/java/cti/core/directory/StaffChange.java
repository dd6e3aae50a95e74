package cti.core.directory;

import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of one person.
 *
 * @param before empty for somebody new
 * @param after empty for somebody who is taken off the directory
 */
public record StaffChange(Kind kind, Optional<StaffMember> before, Optional<StaffMember> after) {
  /** Whether somebody comes, changes, or is not in the source any more. */
  public enum Kind {
    ADDED,
    CHANGED,
    GONE
  }

  /** One fact that differs, as texts. */
  public record FieldChange(StaffField field, String before, String after) {}

  public StaffChange {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a change without before and after, expected one of them");
    }
  }

  public static StaffChange added(StaffMember member) {
    return new StaffChange(Kind.ADDED, Optional.empty(), Optional.of(member));
  }

  public static StaffChange changed(StaffMember before, StaffMember after) {
    return new StaffChange(Kind.CHANGED, Optional.of(before), Optional.of(after));
  }

  public static StaffChange removed(StaffMember member) {
    return new StaffChange(Kind.GONE, Optional.of(member), Optional.empty());
  }

  /** Not in the source any more: retired, and their office lines are free. */
  public static StaffChange retired(StaffMember member) {
    return new StaffChange(
        Kind.GONE, Optional.of(member), Optional.of(member.with(StaffStatus.RETIRED)));
  }

  public StaffId staff() {
    return after.or(() -> before).orElseThrow().id();
  }

  /** The facts that differ; numbers whose text stays show their normal forms. */
  public List<FieldChange> fields() {
    List<FieldChange> changes = new ArrayList<>();
    for (StaffField field : StaffField.values()) {
      String old = before.map(field::text).orElse("");
      String next = after.map(field::text).orElse("");
      if (old.equals(next) && before.isPresent() && after.isPresent()) {
        old = detailed(field, before.get());
        next = detailed(field, after.get());
      }
      if (!old.equals(next)) {
        changes.add(new FieldChange(field, old, next));
      }
    }
    return changes;
  }

  private static String detailed(StaffField field, StaffMember member) {
    NumberKind kind =
        switch (field) {
          case OFFICE -> NumberKind.OFFICE_LINE;
          case MOBILE -> NumberKind.MOBILE;
          case ID, NAME, DEPARTMENT, SITE, ADDRESS, EMAIL, STATUS, VIP, REMARK -> null;
        };
    return member.numbers().stream()
        .filter(number -> number.kind() == kind)
        .map(
            number ->
                number.given()
                    + " = "
                    + number.e164().orElse("-")
                    + number.extension().map(digits -> " x" + digits).orElse(""))
        .collect(Collectors.joining("; "));
  }
}
