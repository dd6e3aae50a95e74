/**
 * Bridges beside agents' phones: paired by a code, known by a token, telling how the phone does.
 */
package cti.server.web.bridge;
