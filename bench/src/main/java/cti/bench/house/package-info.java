/** The processes of a measurement: database with a catalogue, cti-server, gateway, consoles. */
package cti.bench.house;
