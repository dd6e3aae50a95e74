package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.directory.StaffMember;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.port.Accounts;
import cti.core.port.AgentPhones.Phone;
import cti.core.port.SessionStore;
import cti.core.port.StoreUnavailableException;
import cti.server.app.LastGoodCopy.AccountCopy;
import cti.server.app.LastGoodCopy.MasterCopy;
import cti.server.app.LastGoodCopy.PhonesCopy;
import cti.server.app.LastGoodCopy.SessionsCopy;
import cti.server.db.Database;
import cti.server.db.accounts.Passwords;
import cti.server.db.agents.AgentPhoneStore;
import cti.server.directory.SampleCatalog;
import cti.server.event.StateCodec;
import cti.server.runtime.CheckedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on our own disk of the database: master data, and who is signed in. */
class LastGoodCopyTest {
  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final Account AGENT =
      new Account("1001", "员工0101", Role.AGENT, Optional.of(new AgentId("1001")), false);
  @TempDir Path folder;

  @Test
  void masterDataComesBackAsItWas() {
    SampleCatalog sample = SampleCatalog.load();
    MasterCopy copy =
        new MasterCopy(sample.sites(), sample.desks(), sample.agents(), sample.staff());
    LastGoodCopy kept = LastGoodCopy.beside(folder.resolve("journal"));
    assertEquals(Optional.empty(), kept.masterData());
    kept.keep(copy);
    assertEquals(Optional.of(copy), LastGoodCopy.beside(folder.resolve("journal")).masterData());
  }

  @Test
  void aLargeDirectoryStandsOnSeveralLinesAndOneLineOfAnEarlierVersionIsRead() throws Exception {
    SampleCatalog sample = SampleCatalog.load();
    StaffMember one = sample.staff().getFirst();
    List<StaffMember> staff =
        IntStream.range(0, 1_201)
            .mapToObj(
                i ->
                    new StaffMember(
                        new StaffId("P%05d".formatted(i)),
                        one.name(),
                        one.department(),
                        one.site(),
                        one.officeAddress(),
                        one.numbers(),
                        one.email(),
                        one.status(),
                        one.vip(),
                        one.remark()))
            .toList();
    MasterCopy copy = new MasterCopy(sample.sites(), sample.desks(), sample.agents(), staff);
    LastGoodCopy kept = LastGoodCopy.beside(folder.resolve("journal"));
    assertTrue(kept.keep(copy));
    Path file = folder.resolve("last-good/master-data.copy");
    assertEquals(5, Files.readAllLines(file).size(), "head, three lines of people, end");
    assertEquals(Optional.of(copy), kept.masterData());

    String line = new StateCodec(List.of(MasterCopy.class)).encode(copy);
    CheckedFile.write(file, "cti-copy 1", new CheckedFile.Content("00000000", List.of(line)));
    assertEquals(Optional.of(copy), kept.masterData());
  }

  @Test
  void ownPhonesComeBackAsTheyWere() {
    List<Phone> phones =
        List.of(
            new Phone(new AgentId("1001"), Optional.of(new Extension("8001")), true),
            new Phone(new AgentId("1002"), Optional.empty(), true));
    LastGoodCopy.beside(folder.resolve("journal")).keep(new PhonesCopy(phones));
    LiveAgentPhones started =
        new LiveAgentPhones(
            new AgentPhoneStore(
                Database.awaited(), InstantSource.system(), new Passwords(new SecureRandom())),
            LastGoodCopy.beside(folder.resolve("journal")));
    started.begin();
    assertEquals(List.of(new AgentId("1001")), started.at(new Extension("8001")));
    assertEquals(List.of(), started.at(new Extension("8002")));
  }

  @Test
  void aDamagedCopyIsNoneAndNobodyElseMayReadAGoodOne() throws Exception {
    SampleCatalog sample = SampleCatalog.load();
    LastGoodCopy kept = LastGoodCopy.beside(folder.resolve("journal"));
    kept.keep(new MasterCopy(sample.sites(), sample.desks(), sample.agents(), sample.staff()));
    Path file = folder.resolve("last-good/master-data.copy");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertEquals(Optional.empty(), kept.masterData());
  }

  /** Stores that can go away. */
  private static final class Stores implements SessionStore {
    private final Map<String, StoredSession> sessions = new HashMap<>();
    private boolean away;

    private void reach() {
      if (away) {
        throw new StoreUnavailableException("connection refused", null);
      }
    }

    @Override
    public void save(StoredSession session) {
      reach();
      sessions.put(session.tokenHash(), session);
    }

    @Override
    public Optional<StoredSession> find(String tokenHash) {
      reach();
      return Optional.ofNullable(sessions.get(tokenHash));
    }

    @Override
    public boolean touch(String tokenHash, Instant lastUsedAt) {
      reach();
      return sessions.containsKey(tokenHash);
    }

    @Override
    public boolean delete(String tokenHash) {
      reach();
      return sessions.remove(tokenHash) != null;
    }

    @Override
    public List<StoredSession> deleteOlder(Instant createdBefore, Instant lastUsedBefore) {
      reach();
      return List.of();
    }

    Accounts accounts() {
      return new Accounts() {
        @Override
        public SignIn signIn(String user, String password) {
          reach();
          return new SignIn.Welcome(AGENT);
        }

        @Override
        public Optional<Account> find(String user) {
          reach();
          return Optional.of(AGENT).filter(account -> account.user().equals(user));
        }

        @Override
        public PasswordChange changePassword(String user, String current, String next) {
          reach();
          return new PasswordChange.Changed(AGENT);
        }
      };
    }
  }

  private KnownSessions open(Stores stores) {
    return new KnownSessions(
        stores, stores.accounts(), LastGoodCopy.beside(folder.resolve("journal")));
  }

  @Test
  void whoeverIsSignedInStaysSoOverARestartWithoutTheDatabase() throws Exception {
    Stores stores = new Stores();
    KnownSessions first = open(stores);
    first.accounts().signIn("1001", "correct horse");
    StoredSession session = new StoredSession("a".repeat(64), "1001", NOON, NOON);
    StoredSession ended = new StoredSession("b".repeat(64), "1001", NOON, NOON);
    first.save(session);
    first.save(ended);
    first.delete(ended.tokenHash());
    first.touch(session.tokenHash(), NOON.plusSeconds(60));
    first.close();
    String text = Files.readString(folder.resolve("last-good/sessions.copy"));
    assertFalse(text.contains("correct horse"), text);

    stores.away = true;
    KnownSessions second = open(stores);
    assertEquals(
        Optional.of(new StoredSession(session.tokenHash(), "1001", NOON, NOON.plusSeconds(60))),
        second.find(session.tokenHash()));
    assertEquals(Optional.of(AGENT), second.accounts().find("1001"));
    assertThrows(
        StoreUnavailableException.class,
        () -> second.find(ended.tokenHash()),
        "whether it lasts, nobody knows");
    assertThrows(
        StoreUnavailableException.class, () -> second.accounts().signIn("1001", "correct horse"));
    assertThrows(StoreUnavailableException.class, () -> second.accounts().find("1002"));

    stores.away = false;
    stores.sessions.clear();
    assertEquals(Optional.empty(), second.find(session.tokenHash()), "the database knows better");
    stores.away = true;
    assertThrows(StoreUnavailableException.class, () -> second.find(session.tokenHash()));
    second.close();
  }

  /** As DELETE /accounts/1001/sessions does: the store has ended them, and then it goes away. */
  @Test
  void sessionsThatWereEndedDoNotComeBackWithoutTheDatabase() throws Exception {
    Stores stores = new Stores();
    KnownSessions known = open(stores);
    known.accounts().signIn("1001", "one");
    known.save(new StoredSession("a".repeat(64), "1001", NOON, NOON));
    known.save(new StoredSession("b".repeat(64), "1002", NOON, NOON));
    stores.away = true;
    assertTrue(known.find("a".repeat(64)).isPresent());
    known.forgetAllOf("1001");
    assertThrows(StoreUnavailableException.class, () -> known.find("a".repeat(64)));
    assertThrows(StoreUnavailableException.class, () -> known.accounts().find("1001"));
    assertTrue(known.find("b".repeat(64)).isPresent(), "somebody else's");
    known.close();
    KnownSessions restarted = open(stores);
    assertThrows(StoreUnavailableException.class, () -> restarted.find("a".repeat(64)));
    assertTrue(restarted.find("b".repeat(64)).isPresent());
    restarted.close();
  }

  @Test
  void limitsComeBackAndACopyFromBeforeThereWereAnyIsRead() throws Exception {
    Account limited =
        new Account(
            "lead",
            "班长0001",
            Role.SUPERVISOR,
            Optional.empty(),
            false,
            new Limits(Set.of(new SiteId("gz")), Set.of()));
    LastGoodCopy kept = LastGoodCopy.beside(folder.resolve("journal"));
    StoredSession session = new StoredSession("a".repeat(64), "lead", NOON, NOON);
    kept.keep(new SessionsCopy(List.of(session), List.of(AccountCopy.of(limited))));
    assertEquals(limited, kept.sessions().accounts().getFirst().account());
    Path file = folder.resolve("last-good/sessions.copy");
    String old =
        "{\"sessions\":[{\"tokenHash\":\""
            + "a".repeat(64)
            + "\",\"user\":\"1001\",\"createdAt\":\"2026-11-23T04:00:00Z\","
            + "\"lastUsedAt\":\"2026-11-23T04:00:00Z\"}],\"accounts\":[{\"user\":\"1001\","
            + "\"name\":\"员工0101\",\"role\":\"AGENT\",\"agent\":\"1001\","
            + "\"mustChangePassword\":false}]}";
    CheckedFile.write(file, "cti-copy 1", new CheckedFile.Content("00000000", List.of(old)));
    assertEquals(AGENT, kept.sessions().accounts().getFirst().account());
    assertEquals("1001", kept.sessions().sessions().getFirst().user());
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheCopyToo() throws Exception {
    Stores stores = new Stores();
    KnownSessions known = open(stores);
    known.accounts().signIn("1001", "one");
    known.save(new StoredSession("a".repeat(64), "1001", NOON, NOON));
    known.accounts().changePassword("1001", "one", "another");
    known.close();
    assertTrue(LastGoodCopy.beside(folder.resolve("journal")).sessions().sessions().isEmpty());
  }
}
