/** Phones in browsers: who gets one, and the way of their SIP to the gateway. */
package cti.server.web.softphone;
