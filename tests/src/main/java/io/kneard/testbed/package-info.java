/** What tests, benchmarks and the localnet start: homes, processes, whole nets of hosts. */
package io.kneard.testbed;
