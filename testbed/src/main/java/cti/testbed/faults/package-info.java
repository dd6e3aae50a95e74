/**
 * The suite {@code faults}: a load of calls on the real gateway, a fault in the middle of it, and
 * the records held against Asterisk's own logs, call by call.
 */
package cti.testbed.faults;
