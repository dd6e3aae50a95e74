/**
 * Clients of cti-server's web side as its users have them: REST, the stream, an agent at the desk.
 * The views are written after docs/api, not after the server's classes, so that they hold its word.
 */
package cti.testbed.client;
