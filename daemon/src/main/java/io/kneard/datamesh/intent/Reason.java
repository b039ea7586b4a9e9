package io.kneard.datamesh.intent;

/**
 * What is wanted of a replica, and why.
 *
 * @param text a sentence
 */
public record Reason(int replica, String text) {}
