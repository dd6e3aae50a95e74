package cti.core.missed;

import cti.core.id.StaffId;

/**
 * By what two calls are known to be of the same party: a person, or a number.
 *
 * @param value at most 80 characters
 */
public record PartyKey(String value) {
  static PartyKey person(StaffId staff) {
    return new PartyKey("P:" + staff.value());
  }

  static PartyKey number(String digits) {
    return new PartyKey("N:" + digits);
  }
}
