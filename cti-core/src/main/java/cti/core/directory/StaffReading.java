package cti.core.directory;

import cti.core.desk.Site;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a person of texts, wherever they come from: a row of a file, an entry of an LDAP directory,
 * a form. Every fault is told, each with the offending text and what was expected.
 */
public final class StaffReading {
  private static final int MOST_NUMBERS = 20;

  /** Of the others whatever is too long is no word or id that is known. */
  private static final Set<StaffField> FREE_TEXTS =
      EnumSet.complementOf(
          EnumSet.of(StaffField.ID, StaffField.SITE, StaffField.STATUS, StaffField.VIP));

  private static final int LONGEST_NUMBER = 64;

  private final Map<SiteId, Site> sites = new HashMap<>();
  private final NumberNormalizer normalizer;

  /**
   * @param sites those that a person may belong to; their dial plans read the numbers
   */
  public StaffReading(List<Site> sites, NumberNormalizer normalizer) {
    sites.forEach(site -> this.sites.put(site.id(), site));
    this.normalizer = normalizer;
  }

  /** A person, or what is wrong. */
  public sealed interface Read {
    record Good(StaffMember member) implements Read {}

    record Faulty(List<FieldFault> faults) implements Read {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /** {@code message} goes on where the field's name stops: "is 'x', expected …". */
  public record FieldFault(StaffField field, String message) {}

  /**
   * @param cells gives the text of a field; blanks around it are cut off, missing is empty
   */
  public Read read(Function<StaffField, String> cells) {
    List<FieldFault> faults = new ArrayList<>();
    Map<StaffField, String> texts = new HashMap<>();
    for (StaffField field : StaffField.values()) {
      String text = cells.apply(field);
      text = text == null ? "" : text.strip();
      if (FREE_TEXTS.contains(field) && text.length() > field.longest()) {
        faults.add(
            new FieldFault(
                field,
                "has "
                    + text.length()
                    + " characters, expected at most "
                    + field.longest()
                    + ": '"
                    + text.substring(0, 20)
                    + "…'"));
      }
      texts.put(field, text);
    }
    String id = texts.get(StaffField.ID);
    if (id.isEmpty() || id.length() > 32 || id.chars().anyMatch(Character::isISOControl)) {
      faults.add(new FieldFault(StaffField.ID, "is '" + id + "', expected 1 to 32 characters"));
    }
    if (texts.get(StaffField.NAME).isEmpty()) {
      faults.add(new FieldFault(StaffField.NAME, "is empty"));
    }
    DepartmentPath department = department(texts.get(StaffField.DEPARTMENT), faults);
    String siteText = texts.get(StaffField.SITE);
    Site site = siteText.isEmpty() ? null : site(siteText);
    if (site == null) {
      faults.add(
          new FieldFault(
              StaffField.SITE,
              "is '"
                  + siteText
                  + "', expected one of "
                  + sites.keySet().stream().sorted().toList()));
      return new Read.Faulty(faults);
    }
    List<PhoneNumber> numbers = new ArrayList<>();
    numbers(StaffField.OFFICE, NumberKind.OFFICE_LINE, texts, site, numbers, faults);
    numbers(StaffField.MOBILE, NumberKind.MOBILE, texts, site, numbers, faults);
    String email = texts.get(StaffField.EMAIL);
    if (!email.isEmpty() && !email.matches("[^\\s@]+@[^\\s@]+")) {
      faults.add(
          new FieldFault(StaffField.EMAIL, "is '" + email + "', expected like name@example.com"));
    }
    StaffStatus status = status(texts.get(StaffField.STATUS), faults);
    boolean vip = vip(texts.get(StaffField.VIP), faults);
    if (!faults.isEmpty()) {
      return new Read.Faulty(faults);
    }
    return new Read.Good(
        new StaffMember(
            new StaffId(id),
            texts.get(StaffField.NAME),
            department,
            site.id(),
            texts.get(StaffField.ADDRESS),
            numbers,
            email,
            status,
            vip,
            texts.get(StaffField.REMARK)));
  }

  private Site site(String text) {
    return text.length() > 32 ? null : sites.get(new SiteId(text));
  }

  private static DepartmentPath department(String text, List<FieldFault> faults) {
    try {
      return DepartmentPath.parse(text);
    } catch (IllegalArgumentException e) {
      faults.add(new FieldFault(StaffField.DEPARTMENT, e.getMessage()));
      return new DepartmentPath(List.of());
    }
  }

  private void numbers(
      StaffField field,
      NumberKind kind,
      Map<StaffField, String> texts,
      Site site,
      List<PhoneNumber> numbers,
      List<FieldFault> faults) {
    String[] given = texts.get(field).split(";");
    if (given.length > MOST_NUMBERS) {
      faults.add(
          new FieldFault(
              field, "has " + given.length + " numbers, expected at most " + MOST_NUMBERS));
      return;
    }
    for (String one : given) {
      if (one.isBlank()) {
        continue;
      }
      if (one.strip().length() > LONGEST_NUMBER) {
        faults.add(
            new FieldFault(
                field,
                "number '"
                    + one.strip().substring(0, 20)
                    + "…' has "
                    + one.strip().length()
                    + " characters, expected at most "
                    + LONGEST_NUMBER));
        continue;
      }
      switch (normalizer.normalize(one.strip(), kind, site)) {
        case NumberNormalizer.Normalized.Valid valid -> numbers.add(valid.number());
        case NumberNormalizer.Normalized.Problem problem ->
            faults.add(new FieldFault(field, problem.message()));
      }
    }
  }

  private static StaffStatus status(String text, List<FieldFault> faults) {
    for (StaffStatus status : StaffStatus.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
        return status;
      }
    }
    faults.add(
        new FieldFault(
            StaffField.STATUS, "is '" + text + "', expected active, retired or external"));
    return StaffStatus.ACTIVE;
  }

  private static boolean vip(String text, List<FieldFault> faults) {
    if (!text.equals("yes") && !text.isEmpty()) {
      faults.add(new FieldFault(StaffField.VIP, "is '" + text + "', expected yes or nothing"));
    }
    return text.equals("yes");
  }
}
