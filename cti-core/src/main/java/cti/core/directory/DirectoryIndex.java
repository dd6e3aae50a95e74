package cti.core.directory;

import cti.core.desk.Site;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A snapshot of the directory, by number and by employee number. Immutable: an edit makes a new
 * index, and calls that hold the old one are not disturbed.
 */
public final class DirectoryIndex {
  private static final Comparator<StaffMember> BY_ID = Comparator.comparing(StaffMember::id);

  /** Of numbers that single edits have changed. */
  private static final int MOST_EDITED_KEYS = 2_000;

  private final DialPlan dialPlan;
  private final List<StaffMember> base;
  private final NumberTable byKey;
  private final Edits edits;
  private final List<StaffMember> members;

  /**
   * @throws IllegalArgumentException where an employee number is there twice
   */
  public DirectoryIndex(DialPlan dialPlan, Collection<StaffMember> members) {
    this.dialPlan = dialPlan;
    this.edits = Edits.NONE;
    this.members = members.stream().sorted(BY_ID).toList();
    this.base = this.members;
    int most = 0;
    for (int i = 0; i < base.size(); i++) {
      StaffId id = base.get(i).id();
      if (i > 0 && id.equals(base.get(i - 1).id())) {
        throw new IllegalArgumentException(
            "employee number " + id + " is there twice, expected once");
      }
      for (PhoneNumber number : base.get(i).numbers()) {
        most += number.e164().isPresent() && number.extension().isPresent() ? 2 : 1;
      }
    }
    this.byKey = new NumberTable(most);
    for (int i = 0; i < base.size(); i++) {
      int owner = i;
      for (PhoneNumber number : base.get(i).numbersInUse()) {
        forEachKey(number, key -> byKey.put(key, owner));
      }
    }
  }

  private DirectoryIndex(DirectoryIndex before, Edits edits, List<StaffMember> members) {
    this.dialPlan = before.dialPlan;
    this.base = before.base;
    this.byKey = before.byKey;
    this.edits = edits;
    this.members = members;
  }

  /**
   * What single edits have changed since the index was made. Small, for it is copied with each of
   * them; the people and the table below it are not.
   *
   * @param byId empty for people who were taken off
   * @param byKey every owner of a number now; none where it has no owner any more
   */
  private record Edits(
      Map<StaffId, Optional<StaffMember>> byId, Map<Long, List<StaffMember>> byKey) {
    static final Edits NONE = new Edits(Map.of(), Map.of());
  }

  /**
   * The index after one edit. Everybody goes on to look up in this one until the other stands in
   * its place. The table is not copied: after a thousand edits or so a new index is made whole.
   *
   * @param id whoever changes
   * @param after the person from now on; empty for one who is taken off
   */
  public DirectoryIndex with(StaffId id, Optional<StaffMember> after) {
    Optional<StaffMember> before = byId(id);
    if (before.isEmpty() && after.isEmpty()) {
      return this;
    }
    List<StaffMember> all = new ArrayList<>(members);
    int place = Collections.binarySearch(members, before.or(() -> after).orElseThrow(), BY_ID);
    if (before.isPresent()) {
      all.remove(place);
    }
    after.ifPresent(member -> all.add(place < 0 ? -place - 1 : place, member));
    List<StaffMember> next = Collections.unmodifiableList(all);
    if (edits.byKey().size() >= MOST_EDITED_KEYS) {
      return new DirectoryIndex(dialPlan, next);
    }
    Map<StaffId, Optional<StaffMember>> ids = new HashMap<>(edits.byId());
    ids.put(id, after);
    Map<Long, List<StaffMember>> keys = new HashMap<>(edits.byKey());
    before.ifPresent(
        old ->
            keysOf(old)
                .forEach(
                    key ->
                        keys.put(
                            key,
                            owners(key).stream()
                                .filter(owner -> !owner.id().equals(id))
                                .toList())));
    after.ifPresent(
        member ->
            keysOf(member)
                .forEach(
                    key ->
                        keys.put(
                            key,
                            Stream.concat(
                                    keys.getOrDefault(key, owners(key)).stream(), Stream.of(member))
                                .sorted(BY_ID)
                                .toList())));
    return new DirectoryIndex(this, new Edits(ids, keys), next);
  }

  private List<StaffMember> owners(long key) {
    List<StaffMember> edited = edits.byKey().isEmpty() ? null : edits.byKey().get(key);
    return edited == null ? byKey.owners(key, base) : edited;
  }

  private static Set<Long> keysOf(StaffMember member) {
    Set<Long> keys = new HashSet<>();
    member.numbersInUse().forEach(number -> forEachKey(number, keys::add));
    keys.remove(DialPlan.NO_KEY);
    return keys;
  }

  /**
   * The index of people who were loaded anew; this one where nothing has changed.
   *
   * @throws IllegalArgumentException where an employee number is there twice
   */
  public DirectoryIndex loaded(List<Site> sites, Collection<StaffMember> people) {
    List<StaffMember> sorted = people.stream().sorted(BY_ID).toList();
    return sorted.equals(members) && sites.equals(dialPlan.sites())
        ? this
        : new DirectoryIndex(new DialPlan(sites), sorted);
  }

  /** An index of nobody. */
  public static DirectoryIndex empty() {
    return new DirectoryIndex(new DialPlan(List.of()), List.of());
  }

  /** Every way in which it may be presented to us: {@link DialPlan#NO_KEY} for none. */
  private static void forEachKey(PhoneNumber number, LongConsumer found) {
    number.e164().ifPresent(e164 -> found.accept(DialPlan.e164KeyOf(e164)));
    number.extension().ifPresent(digits -> found.accept(DialPlan.extensionKey(digits)));
    if (number.e164().isEmpty() && number.extension().isEmpty()) {
      found.accept(DialPlan.plainKey(DialPlan.digitsOf(number.given())));
    }
  }

  /**
   * Everybody whose number this may be, ordered by employee number; none picked. A text that is no
   * telephone number (empty, anonymous) matches nobody.
   */
  public List<StaffMember> lookup(String presented) {
    List<StaffMember> only = List.of();
    TreeSet<StaffMember> several = null;
    DialPlan.Readings readings = dialPlan.readings(presented);
    for (int i = 0; i < readings.count(); i++) {
      List<StaffMember> owners = owners(readings.at(i));
      if (owners.isEmpty()) {
        continue;
      }
      if (only.isEmpty()) {
        only = owners;
        continue;
      }
      if (several == null) {
        several = new TreeSet<>(BY_ID);
        several.addAll(only);
      }
      several.addAll(owners);
    }
    return several == null ? only : List.copyOf(several);
  }

  public Optional<StaffMember> byId(StaffId id) {
    Optional<StaffMember> edited = edits.byId().get(id);
    return edited == null ? inBase(id) : edited;
  }

  private Optional<StaffMember> inBase(StaffId id) {
    int low = 0;
    int high = base.size() - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = base.get(middle).id().compareTo(id);
      if (order == 0) {
        return Optional.of(base.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Everybody, by employee number. */
  public List<StaffMember> all() {
    return members;
  }

  /** How many people it holds. */
  public int size() {
    return members.size();
  }

  public DialPlan dialPlan() {
    return dialPlan;
  }
}
