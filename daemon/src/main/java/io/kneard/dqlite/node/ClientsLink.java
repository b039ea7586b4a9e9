package io.kneard.dqlite.node;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A link to the library, for a client that may begin a transaction on it. */
final class ClientsLink implements ByteLink {
  private final ByteLink library;
  private final Problems problems;
  private final OpenTransaction transaction = new OpenTransaction();

  ClientsLink(ByteLink library, Problems problems) {
    this.library = library;
    this.problems = problems;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = library.read(into);
    transaction.answered(System.nanoTime());
    return count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    transaction.sent(from, System.nanoTime());
    library.write(from);
  }

  @Override
  public boolean isToNobody(long now) {
    boolean abandoned = transaction.isAbandoned(now);
    if (abandoned) {
      problems.report("a client", "silent within a transaction, which is undone");
    }
    return abandoned;
  }

  @Override
  public void shutdown() {
    library.shutdown();
  }

  @Override
  public void close() throws IOException {
    library.close();
  }
}
