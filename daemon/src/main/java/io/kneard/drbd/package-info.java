/**
 * One host's DRBD resources: what they are to be (from the datamesh) and what they are (from {@code
 * drbdsetup}) give the commands that bring them there. Deciding is pure; few classes run anything.
 */
package io.kneard.drbd;
