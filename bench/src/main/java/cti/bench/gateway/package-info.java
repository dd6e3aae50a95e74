/**
 * A gateway without phones: speaks AMI and FastAGI over sockets, in a process of its own, and plays
 * calls the way the real one was recorded. Its limits are printed, its honesty is tested.
 */
package cti.bench.gateway;
