package io.kneard.ledger;

/**
 * A process that can sign.
 *
 * @param node the host's name
 * @param pid the process on that host
 */
public record Signer(String node, long pid) {
  @Override
  public String toString() {
    return node + "/" + pid;
  }
}
