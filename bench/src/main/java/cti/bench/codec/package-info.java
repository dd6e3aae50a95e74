/** How fast bytes of the gateway become messages, ours against asterisk-java's reader. */
package cti.bench.codec;
