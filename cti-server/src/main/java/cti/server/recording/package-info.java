/** The files of recordings, where the gateway writes them: found, looked at, deleted in time. */
package cti.server.recording;
