/**
 * A stand-in for DRBD: the kernels of several hosts in one process, with disks, connections,
 * quorum, resync and refusals, behind the command line of {@code drbdsetup} and {@code drbdmeta}.
 * What it does is compared with what was recorded of the real one.
 */
package io.kneard.drbdstandin;
