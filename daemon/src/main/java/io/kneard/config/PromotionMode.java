package io.kneard.config;

/** How a host becomes the signer. */
public enum PromotionMode {
  /** The running neard is given the key; if that is not confirmed in time, by restart. */
  HOT,
  /** neard is stopped and started with the key in place. */
  RESTART,
  /** {@link #RESTART} if a validator node key is configured, else {@link #HOT}. */
  AUTO
}
