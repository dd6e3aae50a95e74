/** How fast callers are found among a hundred thousand people. */
package cti.bench.directory;
