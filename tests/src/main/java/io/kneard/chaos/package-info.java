/**
 * Real processes under faults drawn from a seed: three hosts, each with a daemon, a stand-in for
 * neard and a server of one Consul cluster. The ledger's checker judges what came of it.
 */
package io.kneard.chaos;
