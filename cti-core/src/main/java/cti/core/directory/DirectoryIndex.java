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

  private final DialPlan dialPlan;
  private final Map<StaffId, StaffMember> byId;
  private final Map<String, List<StaffMember>> byKey;
  private final List<StaffMember> members;

  /**
   * @throws IllegalArgumentException where an employee number is there twice
   */
  public DirectoryIndex(DialPlan dialPlan, Collection<StaffMember> members) {
    this.dialPlan = dialPlan;
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

  private DirectoryIndex(
      DialPlan dialPlan,
      Map<StaffId, StaffMember> byId,
      Map<String, List<StaffMember>> byKey,
      List<StaffMember> members) {
    this.dialPlan = dialPlan;
    this.byId = byId;
    this.byKey = byKey;
    this.members = members;
  }

  /**
   * The index after one edit. The maps are copied, not made anew: about 20 ms for 100,000 people,
   * during which everybody looks up in this one.
   *
   * @param id whoever changes
   * @param after the person from now on; empty for one who is taken off
   */
  public DirectoryIndex with(StaffId id, Optional<StaffMember> after) {
    Map<StaffId, StaffMember> ids = new HashMap<>(byId);
    Map<String, List<StaffMember>> keys = new HashMap<>(byKey);
    List<StaffMember> all = new ArrayList<>(members);
    StaffMember before = ids.remove(id);
    if (before == null && after.isEmpty()) {
      return this;
    }
    int place =
        Collections.binarySearch(members, before == null ? after.orElseThrow() : before, BY_ID);
    if (before != null) {
      all.remove(place);
      keysOf(before)
          .forEach(
              key ->
                  keys.computeIfPresent(
                      key,
                      (any, owners) -> {
                        List<StaffMember> rest =
                            owners.stream().filter(owner -> !owner.id().equals(id)).toList();
                        return rest.isEmpty() ? null : rest;
                      }));
    }
    after.ifPresent(
        member -> {
          ids.put(id, member);
          all.add(place < 0 ? -place - 1 : place, member);
          keysOf(member)
              .forEach(
                  key ->
                      keys.merge(
                          key,
                          List.of(member),
                          (owners, one) ->
                              Stream.concat(owners.stream(), one.stream()).sorted(BY_ID).toList()));
        });
    return new DirectoryIndex(dialPlan, ids, keys, List.copyOf(all));
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
      List<StaffMember> owners = byKey.get(key);
      if (owners == null) {
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
    return Optional.ofNullable(byId.get(id));
  }

  /** Everybody, by employee number. */
  public List<StaffMember> all() {
    return members;
  }

  /** How many people it holds. */
  public int size() {
    return byId.size();
  }

  public DialPlan dialPlan() {
    return dialPlan;
  }
}
