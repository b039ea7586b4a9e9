/**
 * Settings: file, environment and flags in one place, as validated immutable records.
 *
 * <p>{@link io.kneard.config.Keys} is the one table of what can be set. The readers, {@code
 * --print-config}, {@code --help}, {@code config/kneard.toml} and the page of the documentation all
 * come from it. {@link io.kneard.config.SettingsLoader} is the way in.
 */
package io.kneard.config;
