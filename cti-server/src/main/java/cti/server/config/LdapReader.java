package cti.server.config;

import cti.core.directory.StaffField;
import cti.core.directory.StaffStatus;
import cti.server.config.LdapConfig.Mapping;
import cti.server.config.LdapConfig.Schedule;
import cti.server.config.LdapConfig.Search;
import cti.server.config.LdapConfig.Server;
import cti.server.config.LdapConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The section directory.ldap. */
final class LdapReader {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
  private static final Pattern DN = Pattern.compile(".{0,500}");
  private static final Pattern FILTER = Pattern.compile("\\(.{1,1000}\\)");
  private static final Pattern SITE = Pattern.compile("[a-z0-9-]{1,32}");

  /** Names of attributes (RFC 4512, 2.5), with | or > between. */
  private static final Pattern ATTRIBUTES =
      Pattern.compile("[A-Za-z][A-Za-z0-9-]*( ?[|>] ?[A-Za-z][A-Za-z0-9-]*){0,7}");

  private static final Pattern STATUS =
      Pattern.compile(
          Stream.of(StaffStatus.values())
              .map(status -> status.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining("|")));

  private LdapReader() {}

  /** Empty where the section does not stand there. */
  static Optional<LdapConfig> read(Section directory) {
    if (!directory.has("ldap")) {
      return Optional.empty();
    }
    Section ldap = directory.section("ldap");
    return Optional.of(
        new LdapConfig(
            server(ldap),
            new Search(
                ldap.text("base", "a distinguished name such as ou=people,dc=example,dc=com", DN),
                ldap.text("filter", "(objectClass=person)", "a filter in parentheses", FILTER),
                ldap.number("page-size", 500, 1, 10_000),
                ldap.number("most-entries", 200_000, 1, 1_000_000)),
            mapping(ldap),
            new Schedule(
                ldap.duration("every", "1h", "1s", "7d"),
                ldap.number("most-gone-percent", 5, 0, 100))));
  }

  private static Server server(Section ldap) {
    Tls tls =
        Tls.valueOf(
            Optional.of(ldap.choice("tls", List.of("none", "start-tls", "ldaps")))
                .filter(word -> !word.isEmpty())
                .orElse("none")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_'));
    Optional<Path> certificate = ldap.optionalPath("trust-certificate");
    ldap.mustHold(
        certificate.isEmpty() || Files.isReadable(certificate.get()),
        "trust-certificate",
        "'" + certificate.map(Path::toString).orElse("") + "' cannot be read",
        "a readable file with a certificate in PEM");
    String bindDn = ldap.text("bind-dn", "", "a distinguished name", DN);
    return new Server(
        ldap.text("host", "a host name or an IP address", HOST),
        ldap.number("port", tls == Tls.LDAPS ? 636 : 389, 1, 65535),
        tls,
        certificate,
        bindDn,
        bindDn.isEmpty() && !ldap.has("password")
            ? Optional.empty()
            : Optional.of(ldap.secret("password")));
  }

  private static Mapping mapping(Section ldap) {
    Section section = ldap.section("attributes");
    Map<StaffField, String> attributes = new EnumMap<>(StaffField.class);
    for (StaffField field : StaffField.values()) {
      String expected = "a name of an attribute, or several with | between";
      boolean needed = field == StaffField.ID || field == StaffField.NAME;
      String name =
          needed
              ? section.text(field.column(), expected, ATTRIBUTES)
              : section.text(field.column(), "", expected, ATTRIBUTES);
      if (!name.isEmpty()) {
        attributes.put(field, name);
      }
    }
    Mapping mapping =
        new Mapping(
            attributes,
            ldap.words("sites", "the id of a site", SITE),
            ldap.text("other-site", "", "the id of a site", SITE),
            ldap.words("statuses", "active, retired or external", STATUS));
    ldap.mustHold(
        attributes.containsKey(StaffField.SITE) || !mapping.otherSite().isEmpty(),
        "other-site",
        "missing, nor is there attributes.site",
        "the id of the site that everybody belongs to");
    return mapping;
  }
}
