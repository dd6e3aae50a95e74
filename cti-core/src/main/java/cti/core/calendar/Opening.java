package cti.core.calendar;

import java.util.Optional;

/**
 * Whether a desk works at a moment.
 *
 * @param why for people: the time, the day, the hours
 * @param special the holiday or make-up day that it is there; empty on any other day
 */
public record Opening(boolean open, String why, Optional<SpecialDay> special) {}
