/** cti-server as a process of its own: its configuration, start, end and accounts. */
package cti.testbed.server;
