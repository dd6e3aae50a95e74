/** The desk at work where no testbed can run: the server beside the synthetic gateway. */
package cti.bench.demo;
