package cti.server.web;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.port.AccountEditing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts by the plainest rules. */
final class AccountEditingInMemory implements AccountEditing {
  private static final OneTimePassword PASSWORD = new OneTimePassword("one-time password");

  final Map<String, Account> all = new TreeMap<>();

  AccountEditingInMemory() {
    all.put("admin", new Account("admin", "管理员0001", Role.ADMIN, Optional.empty(), false));
  }

  @Override
  public synchronized List<Listed> accounts() {
    return all.values().stream()
        .map(account -> new Listed(account, 0, Optional.empty(), Optional.empty()))
        .toList();
  }

  @Override
  public synchronized Edited add(Account account, String by) {
    return all.putIfAbsent(account.user(), account) == null
        ? new Edited.Made(account, PASSWORD)
        : new Edited.AlreadyThere(account.user());
  }

  @Override
  public synchronized Edited change(Account account, String by) {
    return all.replace(account.user(), account) == null
        ? new Edited.NoSuchUser(account.user())
        : new Edited.Done(account);
  }

  @Override
  public synchronized Edited reset(String user, String by) {
    return all.containsKey(user)
        ? new Edited.Made(all.get(user), PASSWORD)
        : new Edited.NoSuchUser(user);
  }

  @Override
  public synchronized Edited endSessions(String user, String by) {
    return all.containsKey(user) ? new Edited.Done(all.get(user)) : new Edited.NoSuchUser(user);
  }

  @Override
  public synchronized Edited remove(String user, String by) {
    if (user.equals("admin")) {
      return new Edited.LastAdmin(user);
    }
    Account gone = all.remove(user);
    return gone == null ? new Edited.NoSuchUser(user) : new Edited.Done(gone);
  }
}
