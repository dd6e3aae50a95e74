/** Measurements of the whole server under the synthetic gateway's load. */
package cti.bench.load;
