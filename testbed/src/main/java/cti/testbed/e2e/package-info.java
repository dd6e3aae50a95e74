/** End-to-end suites: real gateway, real callers, real phones, cti-server from its jar. */
package cti.testbed.e2e;
