/** The sign of the bridge on a desktop. */
package cti.bridge.tray;
