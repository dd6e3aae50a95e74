/**
 * When a desk works and who is on duty when it does not: working hours, holidays and make-up
 * working days (调休), duty rosters. Pure: the moment is an argument.
 */
package cti.core.calendar;
