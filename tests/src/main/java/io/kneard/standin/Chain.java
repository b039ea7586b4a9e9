package io.kneard.standin;

import io.kneard.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chain that all stand-ins of one net see. Its height follows from the clock alone, so that
 * they agree without talking to each other.
 *
 * @param chainId name of the chain
 * @param genesisMillis {@code /proc/uptime} in milliseconds at the first block
 * @param blockMillis time between two blocks
 * @param epochBlocks blocks in an epoch
 * @param firstHeight height of the first block, and start of the first epoch
 * @param account the one validator whose duties are modelled
 * @param every the validator produces each block whose place in the epoch this divides, except in
 *     the quiet stretches
 * @param ledger file that every signature goes to
 */
public record Chain(
    String chainId,
    long genesisMillis,
    long blockMillis,
    long epochBlocks,
    long firstHeight,
    String account,
    int every,
    Path ledger) {

  /** Heights from {@code start} to before {@code end} without a duty. */
  public record Window(long start, long end) {}

  /** Refuses a chain that cannot advance. */
  public Chain {
    if (blockMillis < 20 || epochBlocks < 20 || every < 1) {
      throw new IllegalArgumentException(
          "block_ms = %d, epoch_blocks = %d, every = %d: at least 20, 20 and 1"
              .formatted(blockMillis, epochBlocks, every));
    }
  }

  /** A chain that starts now, at height 1000, in which {@code account} has every third block. */
  public static Chain startingNow(String account, long blockMillis, long epochBlocks, Path ledger) {
    return new Chain(
        "localnet", uptimeMillis(), blockMillis, epochBlocks, 1000, account, 3, ledger);
  }

  /** Milliseconds since the machine started: the clock of every chain and ledger. */
  public static long uptimeMillis() {
    try (UptimeClock clock = new UptimeClock()) {
      return clock.getAsLong();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if something is missing or wrong
   */
  public static Chain read(Path file) throws IOException {
    Map<String, Object> json = Json.readObject(Files.readString(file));
    return new Chain(
        (String) json.get("chain_id"),
        number(json, "genesis_uptime_ms"),
        number(json, "block_ms"),
        number(json, "epoch_length"),
        number(json, "genesis_height"),
        (String) json.get("account_id"),
        (int) number(json, "every"),
        Path.of((String) json.get("ledger")));
  }

  /** The text of a {@code genesis.json}. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("chain_id", chainId);
    json.put("genesis_uptime_ms", genesisMillis);
    json.put("block_ms", blockMillis);
    json.put("epoch_length", epochBlocks);
    json.put("genesis_height", firstHeight);
    json.put("account_id", account);
    json.put("every", every);
    json.put("ledger", ledger.toString());
    return Json.write(json) + "\n";
  }

  private static long number(Map<String, Object> json, String key) {
    if (json.get(key) instanceof Long value) {
      return value;
    }
    throw new IllegalArgumentException(key + " = " + json.get(key) + ": a number");
  }

  /** The newest block at that time. */
  public long heightAt(long uptimeMillis) {
    return firstHeight + Math.max(0, uptimeMillis - genesisMillis) / blockMillis;
  }

  /** When a block appears, on the clock of {@code /proc/uptime}. */
  public long timeOf(long height) {
    return genesisMillis + (height - firstHeight) * blockMillis;
  }

  /** First height of the epoch that a height is in. */
  public long epochStart(long height) {
    return height - Math.floorMod(height - firstHeight, epochBlocks);
  }

  /** Number of the epoch that a height is in, from 0. */
  public long epoch(long height) {
    return (epochStart(height) - firstHeight) / epochBlocks;
  }

  /**
   * Whether the validator has to produce this block. Each epoch has two quiet stretches, a sixth
   * and a quarter of its length, that move on by one block from epoch to epoch.
   */
  public boolean produces(long height) {
    long place = height - epochStart(height);
    long shift = epoch(height) % 5;
    long sixth = epochBlocks / 6;
    boolean quiet =
        within(place, sixth + shift, sixth)
            || within(place, epochBlocks / 2 + shift, epochBlocks / 4);
    return place % every == 0 && !quiet;
  }

  private static boolean within(long place, long start, long length) {
    return place >= start && place < start + length;
  }

  /** How many blocks the validator had to produce in the epoch, up to and with that height. */
  public long duties(long height) {
    long count = 0;
    for (long h = epochStart(height); h <= height; h++) {
      count += produces(h) ? 1 : 0;
    }
    return count;
  }

  /** From that height to the end of its epoch: every stretch without a duty. */
  public List<Window> windows(String of, long from) {
    long end = epochStart(from) + epochBlocks;
    if (!account.equals(of)) {
      return List.of(new Window(from, end));
    }
    List<Window> windows = new ArrayList<>();
    long start = from;
    for (long h = from; h <= end; h++) {
      if (h == end || produces(h)) {
        if (h > start) {
          windows.add(new Window(start, h));
        }
        start = h + 1;
      }
    }
    return windows;
  }
}
