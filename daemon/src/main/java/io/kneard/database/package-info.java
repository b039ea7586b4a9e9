/**
 * The cluster's database as the rest of the daemon sees it: its state, the versions of its schema,
 * and transactions that are refused with the state's own words while it is not available.
 */
package io.kneard.database;
