/**
 * One host's part in the datamesh: hands what the database wants of the host's replicas to its DRBD
 * agent, and what the agent reports back to the database.
 */
package io.kneard.datamesh.agent;
