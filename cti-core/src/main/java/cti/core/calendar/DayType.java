package cti.core.calendar;

/** What a calendar says of a day that is not like every other. */
public enum DayType {
  /** Nobody works, whatever day of the week it is. */
  HOLIDAY,
  /** A day off, usually of a weekend, that is worked to make up for a holiday (调休). */
  MAKE_UP
}
