/** Benchmarks: how fast the product is, each figure as one JSON line. */
package cti.bench;
