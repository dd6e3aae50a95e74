package cti.core.directory;

import cti.core.desk.Site;
import cti.core.fault.FaultText;
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
import java.util.stream.Collectors;

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

  /** The sentence goes on where the field's name stops: "is 'x', expected …". */
  public record FieldFault(StaffField field, FaultText what) {
    static FieldFault of(StaffField field, String code, String sentence, Object... values) {
      return new FieldFault(field, FaultText.of(code, sentence, values));
    }

    public String message() {
      return what.text();
    }
  }

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
            FieldFault.of(
                field,
                "text-too-long",
                "has {0} characters, expected at most {1}: '{2}…'",
                text.length(),
                field.longest(),
                text.substring(0, 20)));
      }
      texts.put(field, text);
    }
    String id = texts.get(StaffField.ID);
    if (id.isEmpty() || id.length() > 32 || id.chars().anyMatch(Character::isISOControl)) {
      faults.add(badId(id));
    }
    if (texts.get(StaffField.NAME).isEmpty()) {
      faults.add(FieldFault.of(StaffField.NAME, "empty", "is empty"));
    }
    DepartmentPath department = department(texts.get(StaffField.DEPARTMENT), faults);
    String siteText = texts.get(StaffField.SITE);
    Site site = siteText.isEmpty() ? null : site(siteText);
    if (site == null) {
      faults.add(
          FieldFault.of(
              StaffField.SITE,
              "not-one-of",
              "is '{0}', expected one of {1}",
              siteText,
              sites.keySet().stream()
                  .sorted()
                  .map(SiteId::value)
                  .collect(Collectors.joining(", "))));
      return new Read.Faulty(faults);
    }
    List<PhoneNumber> numbers = new ArrayList<>();
    numbers(StaffField.OFFICE, NumberKind.OFFICE_LINE, texts, site, numbers, faults);
    numbers(StaffField.MOBILE, NumberKind.MOBILE, texts, site, numbers, faults);
    String email = texts.get(StaffField.EMAIL);
    if (!email.isEmpty() && !email.matches("[^\\s@]+@[^\\s@]+")) {
      faults.add(
          FieldFault.of(
              StaffField.EMAIL,
              "not-like",
              "is '{0}', expected like {1}",
              email,
              "name@example.com"));
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

  /** What is no employee number. */
  public static FieldFault badId(String text) {
    return FieldFault.of(
        StaffField.ID, "length", "is '{0}', expected 1 to {1} characters", text, 32);
  }

  private Site site(String text) {
    return text.length() > 32 ? null : sites.get(new SiteId(text));
  }

  private static DepartmentPath department(String text, List<FieldFault> faults) {
    try {
      return DepartmentPath.parse(text);
    } catch (IllegalArgumentException e) {
      faults.add(
          FieldFault.of(
              StaffField.DEPARTMENT,
              "blank-part",
              "is '{0}' and has a blank part, expected {1}",
              text,
              "公司>部门>科室"));
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
          FieldFault.of(
              field,
              "too-many-numbers",
              "has {0} numbers, expected at most {1}",
              given.length,
              MOST_NUMBERS));
      return;
    }
    for (String one : given) {
      if (one.isBlank()) {
        continue;
      }
      if (one.strip().length() > LONGEST_NUMBER) {
        faults.add(
            FieldFault.of(
                field,
                "number-too-long",
                "number '{0}…' has {1} characters, expected at most {2}",
                one.strip().substring(0, 20),
                one.strip().length(),
                LONGEST_NUMBER));
        continue;
      }
      switch (normalizer.normalize(one.strip(), kind, site)) {
        case NumberNormalizer.Normalized.Valid valid -> numbers.add(valid.number());
        case NumberNormalizer.Normalized.Problem problem ->
            faults.add(new FieldFault(field, problem.what()));
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
        FieldFault.of(
            StaffField.STATUS,
            "not-one-of",
            "is '{0}', expected one of {1}",
            text,
            "active, retired, external"));
    return StaffStatus.ACTIVE;
  }

  private static boolean vip(String text, List<FieldFault> faults) {
    if (!text.equals("yes") && !text.isEmpty()) {
      faults.add(
          FieldFault.of(
              StaffField.VIP, "yes-or-nothing", "is '{0}', expected yes or nothing", text));
    }
    return text.equals("yes");
  }
}
