/**
 * The desk's metrics: counts of stays in queues and what is made of them; docs/domain.md, Metrics.
 */
package cti.core.stats;
