package cti.core.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who has a number, as two arrays: 300,000 numbers take some 12 bytes each and leave no garbage
 * when the table is made, so that a directory that is loaded anew stops nobody. Open addressing
 * with linear probing; never changed once it is made.
 */
final class NumberTable {
  /** Of numbers that nobody has, and of a slot that is free: no reading has this key. */
  private static final int NOBODY = Integer.MIN_VALUE;

  private final long[] keys;
  private final int[] owners;
  private final List<int[]> shared = new ArrayList<>();
  private final int shift;

  /**
   * @param most keys that will be put in
   */
  NumberTable(int most) {
    int bits = Math.max(4, 32 - Integer.numberOfLeadingZeros(most + most / 2));
    keys = new long[1 << bits];
    owners = new int[1 << bits];
    shift = Long.SIZE - bits;
  }

  /**
   * Notes an owner. Owners come in their order.
   *
   * @param key of a reading ({@link DialPlan}); {@link DialPlan#NO_KEY} is passed over
   * @param owner not negative
   */
  void put(long key, int owner) {
    if (key == DialPlan.NO_KEY) {
      return;
    }
    int slot = slot(key);
    if (keys[slot] == DialPlan.NO_KEY) {
      keys[slot] = key;
      owners[slot] = owner;
    } else if (owners[slot] < 0) {
      int place = ~owners[slot];
      int[] all = shared.get(place);
      if (all[all[0]] != owner) {
        shared.set(place, appended(all, owner));
      }
    } else if (owners[slot] != owner) {
      shared.add(new int[] {2, owners[slot], owner});
      owners[slot] = ~(shared.size() - 1);
    }
  }

  /** How many there are stands first. */
  private static int[] appended(int[] all, int owner) {
    int count = all[0] + 1;
    int[] room = count < all.length ? all : Arrays.copyOf(all, count * 2);
    room[count] = owner;
    room[0] = count;
    return room;
  }

  /** Everybody who has it, in the order in which they came. */
  List<StaffMember> owners(long key, List<StaffMember> members) {
    int owner = owner(key);
    if (owner == NOBODY) {
      return List.of();
    }
    if (owner >= 0) {
      return List.of(members.get(owner));
    }
    int[] all = shared.get(~owner);
    List<StaffMember> found = new ArrayList<>(all[0]);
    for (int i = 1; i <= all[0]; i++) {
      found.add(members.get(all[i]));
    }
    return found;
  }

  private int owner(long key) {
    if (key == DialPlan.NO_KEY) {
      return NOBODY;
    }
    int slot = slot(key);
    return keys[slot] == key ? owners[slot] : NOBODY;
  }

  /** Where it is, or the free slot where it would be. */
  private int slot(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> shift);
    while (keys[slot] != key && keys[slot] != DialPlan.NO_KEY) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
