/**
 * What Prometheus is told: the names of all metrics, where they are counted, and the page they are
 * written on. Knows plain values only; {@code daemon} translates.
 */
package io.kneard.metrics;
