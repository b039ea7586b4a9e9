package io.kneard.http;

/**
 * One request, complete.
 *
 * @param method in upper case; HEAD arrives as GET, its answer is sent without the body
 * @param path without the query
 * @param body empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read once
public record Call(String method, String path, byte[] body) {}
