/** People from an LDAP directory, by the UnboundID LDAP SDK. */
package cti.server.directory.ldap;
