package cti.server.config;

import cti.core.directory.StaffField;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An LDAP directory (Active Directory, OpenLDAP) that people come from. */
public record LdapConfig(Server server, Search search, Mapping mapping, Schedule schedule) {
  /**
   * @param bindDn empty to ask without signing in
   */
  public record Server(
      String host,
      int port,
      Tls tls,
      Optional<Path> trustCertificate,
      String bindDn,
      Optional<Secret> password) {}

  /** How the connection is protected. */
  public enum Tls {
    NONE,
    /** RFC 4511, 4.14: begins in the clear. */
    START_TLS,
    LDAPS
  }

  /**
   * @param pageSize entries a page (RFC 2696)
   * @param mostEntries more are a fault: the search is too wide then
   */
  public record Search(String base, String filter, int pageSize, int mostEntries) {}

  /**
   * Where facts are found. Facts without an attribute are kept by hand.
   *
   * @param attributes one name, or several with | between, of which the first with a value counts;
   *     for the department also several with > between, one a level
   * @param sites ids of sites by the values of the site's attribute; others are ids themselves
   * @param otherSite of people without a value; empty for none
   * @param statuses by the values of the status's attribute; others are active
   */
  public record Mapping(
      Map<StaffField, String> attributes,
      Map<String, String> sites,
      String otherSite,
      Map<String, String> statuses) {
    public Mapping {
      attributes = Map.copyOf(attributes);
      sites = Map.copyOf(sites);
      statuses = Map.copyOf(statuses);
    }
  }

  /**
   * @param mostGonePercent of the people of this source; a look by which more are gone waits for an
   *     administrator
   */
  public record Schedule(Duration every, int mostGonePercent) {}
}
