package cti.server.directory.ldap;

import com.unboundid.ldap.sdk.Entry;
import cti.core.directory.StaffField;
import cti.server.config.LdapConfig.Mapping;
import cti.server.directory.PeopleSource;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts of a person from the attributes of an entry. */
final class EntryMapping {
  private final Mapping mapping;

  EntryMapping(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The names of all attributes that are looked at. */
  Set<String> attributes() {
    Set<String> names = new LinkedHashSet<>();
    mapping.attributes().values().forEach(text -> names.addAll(List.of(text.split(" ?[|>] ?"))));
    return names;
  }

  PeopleSource.Entry entry(Entry entry) {
    Map<StaffField, String> texts = new EnumMap<>(StaffField.class);
    mapping.attributes().forEach((field, names) -> texts.put(field, text(entry, field, names)));
    String site = texts.getOrDefault(StaffField.SITE, "");
    texts.put(
        StaffField.SITE,
        site.isEmpty() ? mapping.otherSite() : mapping.sites().getOrDefault(site, site));
    String status = texts.getOrDefault(StaffField.STATUS, "");
    texts.put(StaffField.STATUS, mapping.statuses().getOrDefault(status, "active"));
    return new PeopleSource.Entry(entry.getDN(), texts);
  }

  private static String text(Entry entry, StaffField field, String names) {
    return switch (field) {
      case OFFICE, MOBILE -> String.join(";", all(entry, names));
      case DEPARTMENT ->
          Stream.of(names.split(" ?> ?"))
              .map(level -> first(entry, level))
              .filter(level -> !level.isBlank())
              .collect(Collectors.joining(">"));
      case VIP -> yes(first(entry, names)) ? "yes" : "";
      case ID, NAME, SITE, ADDRESS, EMAIL, STATUS, REMARK -> first(entry, names);
    };
  }

  private static boolean yes(String value) {
    return Set.of("TRUE", "YES", "1").contains(value.toUpperCase(Locale.ROOT));
  }

  /** Every value of every attribute, for numbers. */
  private static Set<String> all(Entry entry, String names) {
    Set<String> values = new LinkedHashSet<>();
    for (String name : names.split(" ?[|>] ?")) {
      String[] found = entry.getAttributeValues(name);
      if (found != null) {
        Stream.of(found).map(String::strip).filter(text -> !text.isEmpty()).forEach(values::add);
      }
    }
    return values;
  }

  /** The first value of the first attribute that has one. */
  private static String first(Entry entry, String names) {
    for (String name : names.split(" ?\\| ?")) {
      String value = entry.getAttributeValue(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return "";
  }
}
