package io.kneard.standin;

import io.kneard.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers to {@code GET /status} and {@code GET /metrics}. */
record StatusPage(Chain chain, String rpcAddress, SignerKey nodeKey, View view, long nowMillis) {
  static final String VERSION = "2.6.3";
  private static final int PROTOCOL = 77;

  String status(boolean withSyncInfo) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", Map.of("version", VERSION, "build", "stand-in", "rustc_version", "1.82.0"));
    json.put("chain_id", chain.chainId());
    json.put("protocol_version", PROTOCOL);
    json.put("latest_protocol_version", PROTOCOL);
    json.put("rpc_addr", rpcAddress);
    json.put("validators", List.of(Map.of("account_id", chain.account(), "is_slashed", false)));
    if (withSyncInfo) {
      json.put("sync_info", syncInfo());
    }
    json.put("validator_account_id", view.key() == null ? null : view.key().accountId());
    json.put("validator_public_key", view.key() == null ? null : view.key().publicKey());
    json.put("node_public_key", nodeKey.publicKey());
    json.put("node_key", null);
    json.put("uptime_sec", (nowMillis - view.startedAt()) / 1000);
    json.put("genesis_hash", hash(chain.firstHeight()));
    json.put("detailed_debug_status", null);
    return Json.write(json);
  }

  private Map<String, Object> syncInfo() {
    long start = chain.epochStart(view.height());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("latest_block_hash", hash(view.height()));
    json.put("latest_block_height", view.height());
    json.put("latest_state_root", hash(-view.height()));
    json.put("latest_block_time", timeOf(view.height()));
    json.put("syncing", view.syncing());
    json.put("earliest_block_hash", hash(chain.firstHeight()));
    json.put("earliest_block_height", chain.firstHeight());
    json.put("earliest_block_time", timeOf(chain.firstHeight()));
    json.put("epoch_id", hash(start));
    json.put("epoch_start_height", start);
    return json;
  }

  private String timeOf(long height) {
    long ago = nowMillis - chain.timeOf(height);
    return Instant.now().minusMillis(ago).toString();
  }

  /** Looks like a block's hash and is the same in every process. */
  static String hash(long height) {
    byte[] bytes = new byte[32];
    new java.util.Random(height).nextBytes(bytes);
    return Base58.encode(bytes);
  }

  String metrics(Faults faults) {
    long expected = chain.duties(view.height());
    long produced = expected * faults.producedPercent() / 100;
    int signer = view.key() == null ? 0 : 1;
    String account = "{account_id=\"" + chain.account() + "\"}";
    return gauge("near_block_height_head", "", view.height())
        + gauge("near_final_block_height", "", finalHeight())
        + gauge("near_sync_status", "", view.syncing() ? 4 : 0)
        + gauge("near_is_validator", "", signer)
        + gauge("near_is_block_producer", "", signer)
        + gauge("near_validators_blocks_produced", account, produced)
        + gauge("near_validators_blocks_expected", account, expected)
        + gauge("near_validators_chunks_produced", account, produced * 4)
        + gauge("near_validators_chunks_expected", account, expected * 4)
        + reloads(faults.dynConfig())
        + gauge("near_config_reload_timestamp_seconds", "", view.reloadedAt() / 1000);
  }

  /** The start counts as the first reload; a late 2022 build counts none, and shows no 0. */
  private String reloads(boolean old) {
    if (old) {
      return view.reloads() == 1 ? "" : counter("near_dynamic_config_changes", view.reloads() - 1);
    }
    return counter("near_config_reloads_total", view.reloads());
  }

  private static String counter(String name, long value) {
    return "# TYPE " + name + " counter\n" + name + " " + value + "\n";
  }

  private static String gauge(String name, String labels, long value) {
    return "# TYPE " + name + " gauge\n" + name + labels + " " + value + "\n";
  }

  long finalHeight() {
    return Math.max(chain.firstHeight(), view.height() - 2);
  }
}
