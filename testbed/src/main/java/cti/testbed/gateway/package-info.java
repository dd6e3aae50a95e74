/** The testbed seen from Java: what {@code testbed.sh} does, and the gateway's own logs. */
package cti.testbed.gateway;
