/** Many consoles at once: WebSocket clients that only count what they are told. */
package cti.bench.console;
