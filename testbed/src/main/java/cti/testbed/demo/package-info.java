/** The service desk on one machine: real gateway, callers, phones, agents; until Ctrl-C. */
package cti.testbed.demo;
