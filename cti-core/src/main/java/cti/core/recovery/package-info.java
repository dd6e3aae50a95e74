/**
 * What the gateway's own logs (queue_log, call detail records) tell of a call, and how that differs
 * from what is on record. Pure: lines in, facts out.
 */
package cti.core.recovery;
