/** A client of our own REST, for the command line. */
package cti.server.web.client;
