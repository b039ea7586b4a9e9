package io.kneard.datamesh.control;

/**
 * How far somebody has read what changes, in the order of the changes.
 *
 * @param number of the last change that was read
 * @param name of the last volume that was read of that change; several may share it
 */
public record Position(long number, String name) {
  /** Before everything. */
  public static final Position START = new Position(-1, "");
}
