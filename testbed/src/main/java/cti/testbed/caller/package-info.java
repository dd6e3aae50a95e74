/** Callers of the outside world: one SIPp process each, which does what its script says. */
package cti.testbed.caller;
