/**
 * The gateway's own logs (queue_log, call detail records): read as they grow, held against our
 * records, and what is missing or not whole handed to the engine.
 */
package cti.server.gatewaylog;
