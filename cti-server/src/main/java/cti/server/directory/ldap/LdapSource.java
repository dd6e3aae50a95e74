package cti.server.directory.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import cti.core.directory.StaffField;
import cti.server.config.LdapConfig;
import cti.server.directory.Course;
import cti.server.directory.PeopleSource;
import cti.server.directory.sheet.SheetException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everybody below a base of an LDAP directory who fits a filter, page by page (RFC 2696). */
public final class LdapSource implements PeopleSource {
  public static final String NAME = "ldap";

  private final LdapConfig config;
  private final EntryMapping mapping;
  private final Set<StaffField> keeps;

  public LdapSource(LdapConfig config) {
    this.config = config;
    this.mapping = new EntryMapping(config.mapping());
    this.keeps = keeps(config);
  }

  /** The facts that an LDAP directory of this configuration keeps. */
  public static Set<StaffField> keeps(LdapConfig config) {
    Set<StaffField> fields =
        EnumSet.of(StaffField.ID, StaffField.NAME, StaffField.SITE, StaffField.STATUS);
    fields.addAll(config.mapping().attributes().keySet());
    return fields;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<StaffField> keeps() {
    return keeps;
  }

  @Override
  public List<Entry> read(Course course) throws SheetException {
    try (LDAPConnection connection = LdapConnecting.open(config.server())) {
      return pages(connection, course);
    } catch (LDAPException e) {
      throw new SheetException(
          "LDAP " + where() + ": " + e.getResultCode().getName() + ": " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new SheetException("LDAP " + where() + ": " + e.getMessage(), e);
    }
  }

  private String where() {
    return config.server().host() + ":" + config.server().port();
  }

  private List<Entry> pages(LDAPConnection connection, Course course)
      throws LDAPException, SheetException {
    LdapConfig.Search search = config.search();
    SearchRequest request =
        new SearchRequest(
            search.base(),
            SearchScope.SUB,
            Filter.create(search.filter()),
            mapping.attributes().toArray(String[]::new));
    List<Entry> entries = new ArrayList<>();
    ASN1OctetString cookie = null;
    do {
      course.check();
      request.setControls(new SimplePagedResultsControl(search.pageSize(), cookie));
      SearchResult page = connection.search(request);
      for (SearchResultEntry entry : page.getSearchEntries()) {
        entries.add(mapping.entry(entry));
      }
      if (entries.size() > search.mostEntries()) {
        throw new SheetException(
            "LDAP "
                + where()
                + " gives more than "
                + search.mostEntries()
                + " entries, expected a narrower filter or a greater most-entries");
      }
      course.done(entries.size());
      SimplePagedResultsControl next = SimplePagedResultsControl.get(page);
      cookie = next != null && next.moreResultsToReturn() ? next.getCookie() : null;
    } while (cookie != null);
    return entries;
  }
}
