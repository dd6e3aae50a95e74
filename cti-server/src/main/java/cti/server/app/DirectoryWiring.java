package cti.server.app;

import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffField;
import cti.core.port.DirectoryRecords;
import cti.core.port.Readiness.Reason;
import cti.server.config.LdapConfig;
import cti.server.db.Database;
import cti.server.db.accounts.AccountEditor;
import cti.server.db.accounts.SignInStore;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import cti.server.db.directory.DirectoryRecordStore;
import cti.server.db.directory.MasterRecordStore;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.directory.Previews;
import cti.server.directory.SourceSync;
import cti.server.directory.StaffEditing;
import cti.server.directory.StaffSheets;
import cti.server.directory.ldap.LdapSource;
import cti.server.web.WebPorts;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What administrators change: the directory, by hand and from elsewhere, and master data. */
final class DirectoryWiring {
  private static final Duration LONGEST_PREVIEW = Duration.ofMinutes(5);

  private final LiveCatalog catalog;
  private final Previews previews;
  private final Optional<SourceSync> sync;
  private final WebPorts.Administration ports;

  DirectoryWiring(
      Optional<LdapConfig> ldap,
      MasterData masterData,
      Database database,
      MasterReload reload,
      LiveCatalog catalog,
      Clock clock) {
    this.catalog = catalog;
    AuditWriter audit = new AuditWriter(clock);
    NumberNormalizer normalizer = new LibPhoneNumberNormalizer();
    DirectoryRecords records = new DirectoryRecordStore(database, audit);
    Function<String, Set<StaffField>> keptBySource = source -> keptBy(source, ldap);
    this.previews =
        new Previews(
            records,
            (change, written) -> reload.apply(records, change, written),
            normalizer,
            keptBySource,
            clock,
            LONGEST_PREVIEW);
    this.sync =
        ldap.map(
            config ->
                new SourceSync(
                    new LdapSource(config),
                    previews,
                    config.schedule().every(),
                    config.schedule().mostGonePercent()));
    this.ports =
        new WebPorts.Administration(
            reload,
            new LiveMasterEditing(
                new MasterRecordStore(database, audit), reload, masterData, catalog),
            new StaffEditing(
                records,
                change -> reload.edit(records, change),
                catalog::sites,
                normalizer,
                keptBySource),
            previews,
            new StaffSheets(records),
            sync.map(one -> one),
            new AuditStore(database),
            new SignInStore(database, audit),
            new AccountEditor(database, clock, audit));
  }

  /** What the LDAP directory keeps is changed there. */
  private static Set<StaffField> keptBy(String source, Optional<LdapConfig> ldap) {
    return source.equals(LdapSource.NAME) ? ldap.map(LdapSource::keeps).orElse(Set.of()) : Set.of();
  }

  WebPorts.Administration ports() {
    return ports;
  }

  void start(Lifecycle lifecycle) {
    lifecycle.started("directory previews", previews::close);
    sync.ifPresent(
        looking -> {
          looking.start();
          lifecycle.started("directory sync", looking::close);
        });
  }

  /** Callers are not led by the call flow while desks are missing that it names. */
  Optional<Reason> problem() {
    return catalog.planFault().map(reason -> new Reason("call-flow", reason));
  }
}
