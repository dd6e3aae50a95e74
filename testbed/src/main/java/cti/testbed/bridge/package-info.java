/** The bridge beside an agent's phone, as a process, and what it is asked. */
package cti.testbed.bridge;
