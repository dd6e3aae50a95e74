/** What is wrong with something that was handed in, by codes. */
package cti.core.fault;
