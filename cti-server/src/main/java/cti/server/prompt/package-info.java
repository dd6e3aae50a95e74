/** What callers hear: recordings of prompts, their files on the gateway, and who plays them. */
package cti.server.prompt;
