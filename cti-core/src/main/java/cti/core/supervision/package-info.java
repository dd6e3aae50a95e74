/** What supervisors do in the calls of others: listen, whisper, barge in, move who waits. */
package cti.core.supervision;
