package io.kneard.chaos;

import io.kneard.testbed.ConsulServer;
import java.io.IOException;

/** What joins the hosts, which are numbered from 0, and can be cut. */
interface Lan extends AutoCloseable {

  /** Where a host stands. */
  ConsulServer.Place place(int host);

  /** Whether it can be cut between hosts. */
  boolean cuts();

  /** Whether it can be slow and lose packets. */
  boolean slows();

  /** Lets nothing pass from one host to another any more; the way back stays open. */
  void cut(int from, int to) throws IOException, InterruptedException;

  /** Undoes that. */
  void heal(int from, int to) throws IOException, InterruptedException;

  /** What a host is sent comes late, and some of it never. */
  void slow(int host, int millis, int lossPercent) throws IOException, InterruptedException;

  /** Undoes that. */
  void hasten(int host) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
