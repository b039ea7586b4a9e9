/** Judges what was signed; shares no code with the daemon or the stand-in. */
package io.kneard.ledger;
