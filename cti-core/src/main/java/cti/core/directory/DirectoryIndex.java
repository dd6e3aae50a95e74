package cti.core.directory;

import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private final Map<StaffId, StaffMember> byId;
  private final Map<String, List<StaffMember>> byKey;
  private final Edits edits;
  private final List<StaffMember> members;

  /**
   * @throws IllegalArgumentException where an employee number is there twice
   */
  public DirectoryIndex(DialPlan dialPlan, Collection<StaffMember> members) {
    this.dialPlan = dialPlan;
    this.edits = Edits.NONE;
    this.members = members.stream().sorted(BY_ID).toList();
    this.byId = HashMap.newHashMap(members.size());
    Map<String, Set<StaffMember>> found = HashMap.newHashMap(members.size() * 4);
    for (StaffMember member : members) {
      if (byId.put(member.id(), member) != null) {
        throw new IllegalArgumentException(
            "employee number " + member.id() + " is there twice, expected once");
      }
      for (PhoneNumber number : member.numbersInUse()) {
        addKeys(number, member, found);
      }
    }
    this.byKey = HashMap.newHashMap(found.size());
    found.forEach((key, owners) -> byKey.put(key, List.copyOf(owners)));
  }

  private DirectoryIndex(DirectoryIndex base, Edits edits, List<StaffMember> members) {
    this.dialPlan = base.dialPlan;
    this.byId = base.byId;
    this.byKey = base.byKey;
    this.edits = edits;
    this.members = members;
  }

  /**
   * What single edits have changed since the index was made. Small, for it is copied with each of
   * them; the large maps below it are not.
   *
   * @param byId empty for people who were taken off
   * @param byKey every owner of a number now; none where it has no owner any more
   */
  private record Edits(
      Map<StaffId, Optional<StaffMember>> byId, Map<String, List<StaffMember>> byKey) {
    static final Edits NONE = new Edits(Map.of(), Map.of());
  }

  /**
   * The index after one edit. Everybody goes on to look up in this one until the other stands in
   * its place. The maps are not copied: after a thousand edits or so a new index is made whole.
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
    Map<String, List<StaffMember>> keys = new HashMap<>(edits.byKey());
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

  private List<StaffMember> owners(String key) {
    List<StaffMember> edited = edits.byKey().get(key);
    return edited == null ? byKey.getOrDefault(key, List.of()) : edited;
  }

  private static Set<String> keysOf(StaffMember member) {
    Map<String, Set<StaffMember>> keys = new HashMap<>();
    member.numbersInUse().forEach(number -> addKeys(number, member, keys));
    return keys.keySet();
  }

  /** An index of nobody. */
  public static DirectoryIndex empty() {
    return new DirectoryIndex(new DialPlan(List.of()), List.of());
  }

  private static void addKeys(
      PhoneNumber number, StaffMember member, Map<String, Set<StaffMember>> found) {
    number.e164().ifPresent(e164 -> add(DialPlan.e164Key(e164.substring(1)), member, found));
    number.extension().ifPresent(digits -> add(DialPlan.extensionKey(digits), member, found));
    if (number.e164().isEmpty() && number.extension().isEmpty()) {
      String digits = DialPlan.digitsOf(number.given());
      if (!digits.isEmpty()) {
        add(DialPlan.plainKey(digits), member, found);
      }
    }
  }

  private static void add(String key, StaffMember member, Map<String, Set<StaffMember>> found) {
    found.computeIfAbsent(key, any -> new TreeSet<>(BY_ID)).add(member);
  }

  /**
   * Everybody whose number this may be, ordered by employee number; none picked. A text that is no
   * telephone number (empty, anonymous) matches nobody.
   */
  public List<StaffMember> lookup(String presented) {
    List<StaffMember> only = List.of();
    TreeSet<StaffMember> several = null;
    for (String key : dialPlan.readings(presented)) {
      List<StaffMember> owners = owners(key);
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
    return edited == null ? Optional.ofNullable(byId.get(id)) : edited;
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
