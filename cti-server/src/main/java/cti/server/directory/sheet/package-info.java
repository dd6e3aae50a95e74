/** Tables of texts in files: CSV and XLSX, read with limits and written so that they read back. */
package cti.server.directory.sheet;
