package io.kneard.http;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * One request, complete.
 *
 * @param method in upper case; HEAD arrives as GET, its answer is sent without the body
 * @param path without the query
 * @param query what follows the question mark, as it came; empty if there is none
 * @param peer the certificate whose key the caller has shown to have; only over TLS
 * @param body empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, read once
public record Call(
    String method, String path, String query, Optional<X509Certificate> peer, byte[] body) {}
