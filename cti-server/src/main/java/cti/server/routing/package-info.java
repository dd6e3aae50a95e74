/**
 * Versions of the rules, how they differ, what they say of a call that is thought of and of calls
 * of the past, and calendars read from iCalendar files. No sockets, no database.
 */
package cti.server.routing;
