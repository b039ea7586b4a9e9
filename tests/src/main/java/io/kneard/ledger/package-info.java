/**
 * Judges a ledger of signatures: did two processes ever hold or use one key at the same time, and
 * how long was nobody signing at each handover. It shares no code with what it judges.
 */
package io.kneard.ledger;
