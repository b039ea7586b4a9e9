/**
 * A mesh to try the datamesh engine on: hosts that apply what is published when they get to it,
 * die, come back and are cut off from each other, with DRBD 9's rules for quorum.
 */
package io.kneard.mesh;
