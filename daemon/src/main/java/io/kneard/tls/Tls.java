package io.kneard.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** What a TLS client needs. */
public record Tls(SSLContext context, X509TrustManager trust) {}
