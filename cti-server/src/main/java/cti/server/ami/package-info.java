/**
 * The link to a gateway's manager interface (AMI), on Netty.
 *
 * <p>Bytes become {@link cti.server.ami.AmiMessage}s in {@link cti.server.ami.AmiDecoder}; {@link
 * cti.server.ami.AmiLink} holds the connection, matches answers with actions and hands on
 * everything else, in order, to its {@link cti.server.ami.AmiLinkListener}. What events mean is not
 * known here.
 */
package cti.server.ami;
